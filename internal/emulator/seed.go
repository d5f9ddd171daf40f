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

// Seed is what the emulated app holds at first. As JSON:
//
//	{
//	  "accounts": {
//	    "xiaoming": {"attributes": {"sex": "male"}, "tags": ["GoldMember"]},
//	    "xiaohua": {},
//	    "379C2F0D-290D-47AE-94D1-919058C39C77": {"type": "registration_id", "attributes": {"country": "China"}}
//	  },
//	  "attribute_names": {"0": {"name": "sex"}, "2": {"name": "country", "type": "registration_id"}}
//	}
//
// Only "accounts" is required.
type Seed struct {
	Accounts map[string]Account `json:"accounts"` // by UserID or RegistrationID

	// AttributeNames are the app's attribute names by index, "0" to "9"; accounts can use no others. Where there are none,
	// the app has the names that accounts use: by alphabet, from index "0" on, each of the type of the accounts that use
	// it.
	AttributeNames map[string]AttributeName `json:"attribute_names"`
}

// Account is one known account.
type Account struct {
	Attributes map[string]string `json:"attributes"` // name to value; may be empty
	Tags       []string          `json:"tags"`       // may be empty
	Type       string            `json:"type"`       // "user_id", also where empty, or "registration_id"
}

// AttributeName is one attribute name of the app.
type AttributeName struct {
	Name string `json:"name"`
	Type string `json:"type"` // of the accounts that may have it: "user_id", also where empty, or "registration_id"
}

// SampleSeed is the app of the API pages' samples. Of accounts those of get_attr (60564): xiaoming has two attributes,
// and tags as in get_tag (60567), xiaohua none, and Mary does not exist. The attribute names are those of get_attr_name
// (67815).
func SampleSeed() Seed {
	return Seed{
		Accounts: map[string]Account{
			"xiaoming": {
				Attributes: map[string]string{"sex": "male", "city": "ShenZhen"},
				Tags:       []string{"GoldMember", "WeekPassUser"},
			},
			"xiaohua": {},
		},
		AttributeNames: map[string]AttributeName{
			"0": {Name: "sex", Type: "user_id"},
			"1": {Name: "city", Type: "user_id"},
			"2": {Name: "country", Type: "registration_id"},
		},
	}
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
	// Account by account and name by name, so that errors can name them: the decoder would not.
	var raw struct {
		Accounts       map[string]json.RawMessage `json:"accounts"`
		AttributeNames map[string]json.RawMessage `json:"attribute_names"`
	}
	if err := decode(data, &raw); err != nil {
		return Seed{}, fmt.Errorf("seed: %w", err)
	}
	if raw.Accounts == nil {
		return Seed{}, errors.New(`seed: field "accounts" is missing; the least is {"accounts": {}}`)
	}
	s := Seed{
		Accounts:       make(map[string]Account, len(raw.Accounts)),
		AttributeNames: make(map[string]AttributeName, len(raw.AttributeNames)),
	}
	for _, name := range slices.Sorted(maps.Keys(raw.Accounts)) {
		account, err := readAccount(raw.Accounts[name])
		if err != nil {
			return Seed{}, fmt.Errorf("seed: account %q: %w", name, err)
		}
		s.Accounts[name] = account
	}
	for _, index := range slices.Sorted(maps.Keys(raw.AttributeNames)) {
		var name *AttributeName
		err := decode(raw.AttributeNames[index], &name)
		if err == nil && name == nil {
			err = errors.New(`is null; write {"name": "..."} or leave the index out`)
		}
		if err != nil {
			return Seed{}, fmt.Errorf("seed: attribute name %q: %w", index, err)
		}
		s.AttributeNames[index] = *name
	}
	if _, err := s.state(); err != nil {
		return Seed{}, err
	}
	return s, nil
}

func readAccount(data []byte) (Account, error) {
	var raw *struct {
		Attributes map[string]any `json:"attributes"`
		Tags       []any          `json:"tags"`
		Type       string         `json:"type"`
	}
	if err := decode(data, &raw); err != nil {
		return Account{}, err
	}
	if raw == nil {
		return Account{}, errors.New("is null; write {} for an account without attributes")
	}
	a := Account{Attributes: make(map[string]string, len(raw.Attributes)), Type: raw.Type}
	for _, name := range slices.Sorted(maps.Keys(raw.Attributes)) {
		value, isString := raw.Attributes[name].(string)
		if !isString {
			return Account{}, fmt.Errorf("attribute %q: the value is not a string; put it in quotes", name)
		}
		a.Attributes[name] = value
	}
	for i, tag := range raw.Tags {
		text, isString := tag.(string)
		if !isString {
			return Account{}, fmt.Errorf("tag %d of %d: it is not a string; put it in quotes", i+1, len(raw.Tags))
		}
		a.Tags = append(a.Tags, text)
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

// state is the app that the seed describes, sharing nothing with it; or an error that tells what the service could not
// hold.
func (s Seed) state() (*state, error) {
	app := &state{accounts: make(map[string]*account, len(s.Accounts)), tags: map[string]tag{}}
	names := slices.Sorted(maps.Keys(s.Accounts)) // so that the same seed always gives the same error
	for _, name := range names {
		if name == "" {
			return nil, errors.New("seed: an account's name is empty; give it a UserID or RegistrationID")
		}
		seeded := s.Accounts[name]
		kind, err := readKind(seeded.Type)
		if err != nil {
			return nil, fmt.Errorf("seed: account %q, %w", name, err)
		}
		app.accounts[name] = &account{kind: kind, values: make(map[int]string, len(seeded.Attributes)), tags: []string{}}
	}
	if err := s.listedNames(app); err != nil {
		return nil, err
	}
	if err := s.usedNames(app, names); err != nil {
		return nil, err
	}
	for _, name := range names {
		seeded := s.Accounts[name]
		for _, attribute := range slices.Sorted(maps.Keys(seeded.Attributes)) {
			if err := app.seedValue(app.accounts[name], attribute, seeded.Attributes[attribute]); err != nil {
				return nil, fmt.Errorf("seed: account %q, attribute %q: %w", name, attribute, err)
			}
		}
		for _, tag := range seeded.Tags {
			if err := app.seedTag(app.accounts[name], tag); err != nil {
				return nil, fmt.Errorf("seed: account %q, tag %q: %w", name, tag, err)
			}
		}
	}
	return app, nil
}

// readKind reads a type as seeds write it.
func readKind(text string) (kind, error) {
	switch text {
	case "", userID.String():
		return userID, nil
	case registrationID.String():
		return registrationID, nil
	default:
		return 0, fmt.Errorf("type %q: it is neither %q nor %q", text, userID, registrationID)
	}
}

// listedNames gives the app the attribute names that the seed lists.
func (s Seed) listedNames(app *state) error {
	for _, index := range slices.Sorted(maps.Keys(s.AttributeNames)) {
		seeded := s.AttributeNames[index]
		i, good := readIndex(index)
		if !good {
			return fmt.Errorf(`seed: attribute name %q: there is no such index; give one from "0" to "9"`, index)
		}
		kind, err := readKind(seeded.Type)
		if err != nil {
			return fmt.Errorf("seed: attribute name %q, %w", index, err)
		}
		if err := checkName(seeded.Name); err != nil {
			return fmt.Errorf("seed: attribute name %q: %w", index, err)
		}
		if other, taken := app.index(seeded.Name); taken {
			return fmt.Errorf("seed: attribute name %q: index %q has the name %q already", index, indexes[other], seeded.Name)
		}
		app.attributes[i] = attribute{seeded.Name, kind}
	}
	return nil
}

// usedNames gives the app the attribute names that accounts use, where the seed does not list names.
func (s Seed) usedNames(app *state, accounts []string) error {
	used := map[string]kind{}
	for _, account := range accounts {
		for _, name := range slices.Sorted(maps.Keys(s.Accounts[account].Attributes)) {
			where := fmt.Sprintf("seed: account %q, attribute %q", account, name)
			if err := checkName(name); err != nil {
				return fmt.Errorf("%s: %w", where, err)
			}
			_, listed := app.index(name)
			if _, noted := used[name]; listed || noted {
				continue
			}
			if len(s.AttributeNames) > 0 {
				return fmt.Errorf("%s: it is not among attribute_names; add it there", where)
			}
			if len(used) == maxNames {
				return fmt.Errorf("%s: an attribute name too many; an app has at most %d", where, maxNames)
			}
			used[name] = app.accounts[account].kind
		}
	}
	for i, name := range slices.Sorted(maps.Keys(used)) {
		app.attributes[i] = attribute{name, used[name]}
	}
	return nil
}

// checkName tells why the service would not take the name of an attribute.
func checkName(name string) error {
	if name == "" {
		return errors.New("the name is empty")
	}
	if len(name) > maxName {
		return fmt.Errorf("the name has %d bytes; the service takes at most %d", len(name), maxName)
	}
	return nil
}

// seedValue gives an account the value of an attribute that the app has.
func (s *state) seedValue(a *account, name, value string) error {
	if len(value) > maxValue {
		return fmt.Errorf("the value has %d bytes; the service takes at most %d", len(value), maxValue)
	}
	index, _ := s.index(name)
	if kind := s.attributes[index].kind; kind != a.kind {
		return fmt.Errorf("it is for accounts of type %q, and this one is %q", kind, a.kind)
	}
	a.values[index] = value
	return nil
}

// seedTag gives an account one more tag.
func (s *state) seedTag(a *account, name string) error {
	if name == "" {
		return errors.New("the tag is empty")
	}
	if len(name) > maxTag {
		return fmt.Errorf("the tag has %d bytes; the service takes at most %d", len(name), maxTag)
	}
	if slices.Contains(a.tags, name) {
		return errors.New("the account has it twice; remove one")
	}
	t, used := s.tags[name]
	if used && t.kind != a.kind {
		return fmt.Errorf("an account of type %q has it, and this one is %q; a tag serves one type", t.kind, a.kind)
	}
	if len(a.tags) == maxTags {
		return fmt.Errorf("a tag too many; an account has at most %d", maxTags)
	}
	if !used && len(s.tags) == maxAppTags {
		return fmt.Errorf("a tag too many; an app has at most %d different ones", maxAppTags)
	}
	s.hold(a, name)
	return nil
}
