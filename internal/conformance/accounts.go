package conformance

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// item returns the item of a request that writes to an account.
func item(account, field string, content any) body {
	return body{"To_Account": account, field: content}
}

// addTags sends add_tag for one account.
func (s *session) addTags(ctx context.Context, account string, tags ...string) (reply, error) {
	return s.send(ctx, "add_tag", body{"UserTags": []body{item(account, "Tags", tags)}})
}

// removeTags sends remove_tag for one account.
func (s *session) removeTags(ctx context.Context, account string, tags ...string) (reply, error) {
	return s.send(ctx, "remove_tag", body{"UserTags": []body{item(account, "Tags", tags)}})
}

// setAttributes sends set_attr for one account.
func (s *session) setAttributes(ctx context.Context, account string, values any) (reply, error) {
	return s.send(ctx, "set_attr", body{"UserAttrs": []body{item(account, "Attrs", values)}})
}

// row is an account in a response of get_tag or get_attr.
type row struct {
	Account string          `json:"To_Account"`
	Tags    json.RawMessage `json:"Tags"`
	Attrs   json.RawMessage `json:"Attrs"`
}

// rows reads accounts with get_tag or get_attr.
func (s *session) rows(ctx context.Context, api string, accounts ...string) ([]row, error) {
	response, err := s.send(ctx, api, body{"To_Account": accounts})
	if err := must(response, err); err != nil {
		return nil, err
	}
	return response.rows()
}

// rows returns the accounts in a response of get_tag or get_attr, which has one of the lists.
func (r reply) rows() (found []row, err error) {
	for _, list := range []string{"UserTags", "UserAttrs"} {
		if raw := r.fields[list]; raw != nil && json.Unmarshal(raw, &found) != nil {
			return nil, unclear("%s is not a list of accounts", list)
		}
	}
	return found, nil
}

// tagsOf reads the tags of an account.
func (s *session) tagsOf(ctx context.Context, account string) (tags []string, err error) {
	found, err := s.rows(ctx, "get_tag", account)
	for _, row := range found {
		if row.Account == account && row.Tags != nil && json.Unmarshal(row.Tags, &tags) != nil {
			return nil, unclear("get_tag responds with tags that are not a list of texts")
		}
	}
	return tags, err
}

// attributesOf reads the attributes of an account, as JSON by name.
func (s *session) attributesOf(ctx context.Context, account string) (attributes fields, err error) {
	found, err := s.rows(ctx, "get_attr", account)
	for _, row := range found {
		// An account without attributes may have an empty list.
		if row.Account == account && kind(row.Attrs) == "an object" && json.Unmarshal(row.Attrs, &attributes) != nil {
			return nil, unclear("get_attr responds with attributes that are not an object")
		}
	}
	return attributes, err
}

// attributeText reads one attribute of an account; found is false if the account lacks it.
func (s *session) attributeText(ctx context.Context, account, name string) (value string, found bool, err error) {
	attributes, err := s.attributesOf(ctx, account)
	raw, found := attributes[name]
	if err == nil && found && json.Unmarshal(raw, &value) != nil {
		value = string(raw)
	}
	return value, found, err
}

// checkEmpty returns an error unless the run's accounts exist and are empty, so that nothing of anybody is overwritten.
func (s *session) checkEmpty(ctx context.Context) error {
	for i, account := range s.existing() {
		label := fmt.Sprintf("account %d", i+1)
		if account == s.setup.RegistrationID {
			label = "the RegistrationID"
		}
		for _, api := range []string{"get_attr", "get_tag"} {
			response, err := s.send(ctx, api, body{"To_Account": []string{account}})
			if err != nil {
				return err
			}
			if response.code != 0 {
				return fmt.Errorf("%s is rejected with error code %d (%s), so nothing can be asked: check the app, the identifier, and its credentials",
					api, response.code, timpush.Meaning(response.code))
			}
			if failures := response.failures(); len(failures) > 0 {
				return fmt.Errorf("%s cannot be read (error code %d): use accounts that exist", label, failures[0].Code)
			}
			found, err := response.rows()
			if err != nil {
				return err
			}
			for _, row := range found {
				if !empty(row.Tags) || !empty(row.Attrs) {
					return errors.New(label + " has attributes or tags, which a run would change: use throw-away accounts that have neither, or remove them")
				}
			}
		}
	}
	return nil
}

// empty reports whether a value is a list or an object without elements, null, or absent.
func empty(raw json.RawMessage) bool {
	var list []json.RawMessage
	var object fields
	return raw == nil || json.Unmarshal(raw, &list) == nil && len(list) == 0 || json.Unmarshal(raw, &object) == nil && len(object) == 0
}

// untouched are questions about accounts that have nothing, so they come first.
var untouched = []Question{
	{
		ID: "tags-none", Text: "How does get_tag show a user without tags?", Source: "60567", Expected: "Tags is an empty list",
		How: "get_tag of an account without tags: the account's row",
		ask: func(ctx context.Context, s *session) (string, error) { return s.emptyRow(ctx, "get_tag", "Tags") },
	},
	{
		ID: "attributes-none", Text: "How does get_attr show a user without attributes?", Source: "60564", Expected: "Attrs is an empty object",
		How: "get_attr of an account without attributes: the account's row",
		ask: func(ctx context.Context, s *session) (string, error) { return s.emptyRow(ctx, "get_attr", "Attrs") },
	},
}

// emptyRow answers how a command shows an account without content.
func (s *session) emptyRow(ctx context.Context, api, field string) (string, error) {
	response, err := s.send(ctx, api, body{"To_Account": s.setup.Accounts[:1]})
	if err := must(response, err); err != nil {
		return "", err
	}
	found, err := response.rows()
	if err != nil || len(found) == 0 {
		return "there is no row", err
	}
	content := found[0].Tags
	if api == "get_attr" {
		content = found[0].Attrs
	}
	switch kind(content) {
	case "an object", "a list":
		if !empty(content) {
			return "", unclear("the account has %s", field)
		}
		return field + " is an empty " + strings.Fields(kind(content))[1], nil
	}
	return field + " is " + kind(content), nil
}

// rowOrder returns a question about the rows of a command that reads accounts.
func rowOrder(id, api string) Question {
	return Question{
		ID: id, Text: "In which order does " + api + " show accounts, and one that is there twice?", Source: "60564; 60567", Expected: "as requested, once",
		How: api + " of the accounts 2, 1, and 2: the order of the rows",
		ask: func(ctx context.Context, s *session) (string, error) {
			first, second := s.setup.Accounts[0], s.setup.Accounts[1]
			found, err := s.rows(ctx, api, second, first, second)
			var order []string
			for _, row := range found {
				order = append(order, row.Account)
			}
			switch {
			case err != nil:
				return "", err
			case slices.Equal(order, []string{second, first}):
				return "as requested, once", nil
			case slices.Equal(order, []string{second, first, second}):
				return "as requested, twice", nil
			}
			return fmt.Sprintf("another order, %d rows", len(order)), nil
		},
	}
}
