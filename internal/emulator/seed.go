package emulator

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"
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

// ReadSeed reads a seed from JSON. It refuses what it does not know, what stands there twice, what follows the JSON, and
// what the service could not hold; the error names line, column and field. The field "$schema", by which editors find
// the schema of seeds, is ignored.
func ReadSeed(from io.Reader) (Seed, error) {
	data, err := io.ReadAll(from)
	if err != nil {
		return Seed{}, fmt.Errorf("cannot read the seed: %w", err)
	}
	r, err := newSeedReader(data)
	if err != nil {
		return Seed{}, err
	}
	s := Seed{Accounts: map[string]Account{}, AttributeNames: map[string]AttributeName{}}
	err = r.object("", fields{
		"$schema": r.textInto(new(string)),
		"accounts": func(at fieldPath) error {
			return r.entries(at, func(name string, field fieldPath) (err error) {
				s.Accounts[name], err = r.account(field)
				return err
			})
		},
		"attribute_names": func(at fieldPath) error {
			return r.entries(at, func(index string, field fieldPath) error {
				var a AttributeName
				err := r.object(field, fields{"name": r.textInto(&a.Name), "type": r.textInto(&a.Type)}, "name")
				s.AttributeNames[index] = a
				return err
			})
		},
	}, "accounts")
	if err != nil {
		return Seed{}, err
	}
	if _, err := s.state(); err != nil {
		return Seed{}, r.locate(err)
	}
	return s, nil
}

// account reads an account of a seed.
func (r *seedReader) account(at fieldPath) (Account, error) {
	a := Account{Attributes: map[string]string{}}
	err := r.object(at, fields{
		"attributes": func(at fieldPath) error {
			return r.entries(at, func(name string, field fieldPath) (err error) {
				a.Attributes[name], err = r.text(field)
				return err
			})
		},
		"tags": func(at fieldPath) error {
			return r.list(at, func(field fieldPath) error {
				tag, err := r.text(field)
				a.Tags = append(a.Tags, tag)
				return err
			})
		},
		"type": r.textInto(&a.Type),
	})
	return a, err
}

// accountField is the field of an account.
func accountField(name string) fieldPath { return fieldPath("accounts").key(name) }

// state is the app that the seed describes, sharing nothing with it; or an error that tells what the service could not
// hold.
func (s Seed) state() (*state, *seedError) {
	app := &state{accounts: make(map[string]*account, len(s.Accounts)), tags: map[string]tag{}}
	names := slices.Sorted(maps.Keys(s.Accounts)) // so that the same seed always gives the same error
	for _, name := range names {
		if name == "" {
			return nil, wrong(accountField(name), "the account's name is empty; give it a UserID or RegistrationID")
		}
		if strings.TrimSpace(name) != name || strings.ContainsFunc(name, unicode.IsControl) {
			return nil, wrong(accountField(name), "the account's name has white space around it or a control character in it, and could not be asked for; remove that")
		}
		seeded := s.Accounts[name]
		kind, err := readKind(seeded.Type)
		if err != nil {
			return nil, wrong(accountField(name).key("type"), "%v", err)
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
				return nil, wrong(accountField(name).key("attributes").key(attribute), "%v", err)
			}
		}
		for i, tag := range seeded.Tags {
			if err := app.seedTag(app.accounts[name], tag); err != nil {
				return nil, wrong(accountField(name).key("tags").element(i), "%v", err)
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
		return 0, fmt.Errorf("%q is neither %q nor %q", text, userID, registrationID)
	}
}

// listedNames gives the app the attribute names that the seed lists.
func (s Seed) listedNames(app *state) *seedError {
	for _, index := range slices.Sorted(maps.Keys(s.AttributeNames)) {
		seeded, field := s.AttributeNames[index], fieldPath("attribute_names").key(index)
		i, good := readIndex(index)
		if !good {
			return wrong(field, `there is no such index; give one from "0" to "9"`)
		}
		kind, err := readKind(seeded.Type)
		if err != nil {
			return wrong(field.key("type"), "%v", err)
		}
		if err := checkName(seeded.Name); err != nil {
			return wrong(field.key("name"), "%v", err)
		}
		if other, taken := app.index(seeded.Name); taken {
			return wrong(field.key("name"), "index %q has the name %q already; give another", indexes[other], seeded.Name)
		}
		app.attributes[i] = attribute{seeded.Name, kind}
	}
	return nil
}

// usedNames gives the app the attribute names that accounts use, where the seed does not list names.
func (s Seed) usedNames(app *state, accounts []string) *seedError {
	used := map[string]kind{}
	for _, account := range accounts {
		for _, name := range slices.Sorted(maps.Keys(s.Accounts[account].Attributes)) {
			field := accountField(account).key("attributes").key(name)
			if err := checkName(name); err != nil {
				return wrong(field, "%v", err)
			}
			_, listed := app.index(name)
			if _, noted := used[name]; listed || noted {
				continue
			}
			if len(s.AttributeNames) > 0 {
				return wrong(field, "the name is not among attribute_names; add it there")
			}
			if len(used) == maxNames {
				return wrong(field, "an attribute name too many; an app has at most %d", maxNames)
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
		return errors.New("the name is empty; give one")
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
		return errors.New("the tag is empty; remove it")
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
