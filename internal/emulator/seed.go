package emulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
)

// Limits on what an app may hold, of which the lengths are in bytes.
const (
	maxNames = 10 // attribute names per app (60563)
	maxName  = 50 // (60563)
	maxValue = 50 // (60564, 60565)
)

// Seed is what the emulated app holds. As JSON:
//
//	{"accounts": {"xiaoming": {"attributes": {"sex": "male"}}, "xiaohua": {}}}
type Seed struct {
	Accounts map[string]Account `json:"accounts"` // by UserID or RegistrationID
}

// Account is one known account.
type Account struct {
	Attributes map[string]string `json:"attributes"` // name to value; may be empty
}

// SampleSeed is the app of the API page's sample (60564): xiaoming has two attributes, xiaohua none, and Mary does not
// exist.
func SampleSeed() Seed {
	return Seed{Accounts: map[string]Account{
		"xiaoming": {Attributes: map[string]string{"sex": "male", "city": "ShenZhen"}},
		"xiaohua":  {},
	}}
}

// ReadSeed reads a seed from JSON. It refuses what it does not know, what follows the JSON, and what the service could
// not hold; the error names the account and field.
func ReadSeed(r io.Reader) (Seed, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return Seed{}, fmt.Errorf("read seed: %w", err)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return Seed{}, errors.New(`seed is empty; the least is {"accounts": {}}`)
	}
	// Account by account, so that errors can name it: the decoder would not.
	var raw struct {
		Accounts map[string]json.RawMessage `json:"accounts"`
	}
	if err := decode(data, &raw); err != nil {
		return Seed{}, fmt.Errorf("seed: %w", err)
	}
	if raw.Accounts == nil {
		return Seed{}, errors.New(`seed: field "accounts" is missing; the least is {"accounts": {}}`)
	}
	s := Seed{Accounts: make(map[string]Account, len(raw.Accounts))}
	for _, name := range slices.Sorted(maps.Keys(raw.Accounts)) {
		account, err := readAccount(raw.Accounts[name])
		if err != nil {
			return Seed{}, fmt.Errorf("seed: account %q: %w", name, err)
		}
		s.Accounts[name] = account
	}
	if err := s.check(); err != nil {
		return Seed{}, err
	}
	return s, nil
}

func readAccount(data []byte) (Account, error) {
	var raw *struct {
		Attributes map[string]any `json:"attributes"`
	}
	if err := decode(data, &raw); err != nil {
		return Account{}, err
	}
	if raw == nil {
		return Account{}, errors.New("is null; write {} for an account without attributes")
	}
	a := Account{Attributes: make(map[string]string, len(raw.Attributes))}
	for _, name := range slices.Sorted(maps.Keys(raw.Attributes)) {
		value, isString := raw.Attributes[name].(string)
		if !isString {
			return Account{}, fmt.Errorf("attribute %q: the value is not a string; put it in quotes", name)
		}
		a.Attributes[name] = value
	}
	return a, nil
}

// decode takes one JSON value with known fields only and nothing after it.
func decode(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the end of the JSON object; remove it")
	}
	return nil
}

// check tells what the service could not hold.
func (s Seed) check() error {
	names := map[string]bool{}
	for _, account := range slices.Sorted(maps.Keys(s.Accounts)) {
		if account == "" {
			return errors.New("seed: an account's name is empty; give it a UserID or RegistrationID")
		}
		attributes := s.Accounts[account].Attributes
		for _, name := range slices.Sorted(maps.Keys(attributes)) {
			where := fmt.Sprintf("seed: account %q, attribute %q", account, name)
			if name == "" {
				return fmt.Errorf("%s: the name is empty", where)
			}
			if len(name) > maxName {
				return fmt.Errorf("%s: the name has %d bytes; the service takes at most %d", where, len(name), maxName)
			}
			if n := len(attributes[name]); n > maxValue {
				return fmt.Errorf("%s: the value has %d bytes; the service takes at most %d", where, n, maxValue)
			}
			names[name] = true
			if len(names) > maxNames {
				return fmt.Errorf("%s: an attribute name too many; an app has at most %d", where, maxNames)
			}
		}
	}
	return nil
}

// clone is a deep copy.
func (s Seed) clone() Seed {
	c := Seed{Accounts: make(map[string]Account, len(s.Accounts))}
	for name, account := range s.Accounts {
		c.Accounts[name] = Account{Attributes: maps.Clone(account.Attributes)}
	}
	return c
}
