package conformance

import (
	"context"
	"fmt"
	"strings"
)

// attributes are questions about set_attr, get_attr, and remove_attr.
var attributes = []Question{
	rowOrder("attributes-account-order", "get_attr"),
	{
		ID: "attributes-unknown-account", Text: "How does set_attr reject an account that does not exist?", Source: "60565", Expected: "error code 70107 for the account",
		How: "set_attr for such an account: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			name, err := s.attributeFor(userIDs, 0)
			if err != nil {
				return "", err
			}
			response, err := s.setAttributes(ctx, s.absent, map[string]string{name: s.mark})
			return response.outcomeFor(s.absent), err
		},
	},
	{
		ID: "attributes-kept", Text: "Does set_attr keep the account's other attributes?", Source: "60565; 37165", Expected: "yes",
		How: "set_attr of one name, and of another; get_attr",
		ask: func(ctx context.Context, s *session) (string, error) {
			first, err := s.attributeFor(userIDs, 0)
			if err != nil {
				return "", err
			}
			second, err := s.attributeFor(userIDs, 1)
			if err != nil {
				return "", err
			}
			for _, name := range []string{first, second} {
				if err := must(s.setAttributes(ctx, s.setup.Accounts[0], map[string]string{name: s.mark})); err != nil {
					return "", err
				}
			}
			_, found, err := s.attributeText(ctx, s.setup.Accounts[0], first)
			return yes(found), err
		},
	},
	stored("attributes-empty", "Can a value be empty?", "accepted, stored as sent", "an empty value", func(*session) any { return "" }),
	stored("attributes-spaces", "Are spaces around a value kept?", "accepted, stored as sent", "a value with spaces around it", func(s *session) any { return " " + s.mark + " " }),
	stored("attributes-number", "Is a value that is a number accepted?", "error code 90001 for the request", "a number", func(*session) any { return 5 }),
	stored("attributes-long", "Which code has a value of 51 bytes?", "error code 90033 for the request", "such a value", func(s *session) any { return s.padded(51) }),
	{
		ID: "attributes-bytes", Text: "Is the limit of 50 for a value in bytes, or in characters?", Source: "60565", Expected: "bytes",
		How: "set_attr of 12 Chinese characters, and of 25, which have 75 bytes: whether the second is accepted",
		ask: func(ctx context.Context, s *session) (string, error) {
			name, err := s.attributeFor(userIDs, 0)
			if err != nil {
				return "", err
			}
			return s.bytesOrCharacters(func(text string) (string, error) {
				response, err := s.setAttributes(ctx, s.setup.Accounts[0], map[string]string{name: text})
				return response.outcomeFor(s.setup.Accounts[0]), err
			})
		},
	},
	{
		ID: "attributes-unset-name", Text: "Which code has a name that the app does not have?", Source: "60565", Expected: "error code 90033 for the request",
		How: "set_attr of such a name: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			response, err := s.setAttributes(ctx, s.setup.Accounts[0], map[string]string{s.text("name"): s.mark})
			return response.outcomeFor(s.setup.Accounts[0]), err
		},
	},
	{
		ID: "attributes-partial", Text: "What is set if one of an account's values is too long?", Source: "60565", Expected: "nothing, for no account",
		How: "set_attr of a long and a valid value for account 1, and of a valid value for account 2; get_attr",
		ask: askPartial,
	},
	{
		ID: "attributes-remove-missing", Text: "Is it an error to remove an attribute that the user lacks?", Source: "60566", Expected: "accepted",
		How: "remove_attr, twice: the code of the second",
		ask: func(ctx context.Context, s *session) (string, error) {
			name, err := s.attributeFor(userIDs, 0)
			if err != nil {
				return "", err
			}
			if _, err := s.removeAttributes(ctx, s.setup.Accounts[0], name); err != nil {
				return "", err
			}
			response, err := s.removeAttributes(ctx, s.setup.Accounts[0], name)
			return response.outcomeFor(s.setup.Accounts[0]), err
		},
	},
	{
		ID: "attributes-remove-unset-name", Text: "Which code has remove_attr of a name that the app does not have?", Source: "60566", Expected: "error code 90033 for the request",
		How: "remove_attr of such a name: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			response, err := s.removeAttributes(ctx, s.setup.Accounts[0], s.text("name"))
			return response.outcomeFor(s.setup.Accounts[0]), err
		},
	},
	{
		ID: "attributes-both-types", Text: "What is set if an account gets attributes of both account types?", Source: "60565", Expected: "error code 90035 for the account, nothing is set",
		How: "set_attr of a name of each type for an account: the code; get_attr",
		ask: func(ctx context.Context, s *session) (string, error) {
			name, err := s.attributeFor(userIDs, 0)
			if err != nil {
				return "", err
			}
			other, err := s.attributeFor(registrationIDs, 0)
			if err != nil {
				return "", err
			}
			if _, err := s.removeAttributes(ctx, s.setup.Accounts[0], name); err != nil {
				return "", err
			}
			response, err := s.setAttributes(ctx, s.setup.Accounts[0], map[string]string{name: s.mark, other: s.mark})
			if err != nil {
				return "", err
			}
			_, found, err := s.attributeText(ctx, s.setup.Accounts[0], name)
			if found {
				return response.outcomeFor(s.setup.Accounts[0]) + ", the account's own is set", err
			}
			return response.outcomeFor(s.setup.Accounts[0]) + ", nothing is set", err
		},
	},
	closed("attributes-size", "Is a request of 100 accounts with 10 attributes each, over 100 KB, accepted?", "60565", "yes", "needs 100 accounts"),
}

// stored returns a question about what set_attr does with a value.
func stored(id, text, expected, what string, value func(*session) any) Question {
	return Question{
		ID: id, Text: text, Source: "60565", Expected: expected, How: "set_attr of " + what + ": the code; get_attr",
		ask: func(ctx context.Context, s *session) (string, error) {
			name, err := s.attributeFor(userIDs, 0)
			if err != nil {
				return "", err
			}
			sent, account := value(s), s.setup.Accounts[0]
			if _, err := s.removeAttributes(ctx, account, name); err != nil {
				return "", err
			}
			response, err := s.setAttributes(ctx, account, map[string]any{name: sent})
			if err != nil || response.outcomeFor(account) != "accepted" {
				return response.outcomeFor(account), err
			}
			got, found, err := s.attributeText(ctx, account, name)
			switch {
			case err != nil:
				return "", err
			case !found:
				return "accepted, not stored", nil
			case got == fmt.Sprint(sent):
				return "accepted, stored as sent", nil
			case got == strings.TrimSpace(fmt.Sprint(sent)):
				return "accepted, stored trimmed", nil
			}
			return "accepted, stored in another way", nil
		},
	}
}

// askPartial answers what a request with one invalid value sets.
func askPartial(ctx context.Context, s *session) (string, error) {
	bad, err := s.attributeFor(userIDs, 0)
	if err != nil {
		return "", err
	}
	good, err := s.attributeFor(userIDs, 1)
	if err != nil {
		return "", err
	}
	first, second := s.setup.Accounts[0], s.setup.Accounts[1]
	for _, account := range []string{first, second} {
		if _, err := s.removeAttributes(ctx, account, bad, good); err != nil {
			return "", err
		}
	}
	response, err := s.send(ctx, "set_attr", body{"UserAttrs": []body{
		item(first, "Attrs", map[string]string{bad: s.padded(51), good: s.mark}),
		item(second, "Attrs", map[string]string{good: s.mark}),
	}})
	if err != nil {
		return "", err
	}
	if response.code == 0 && len(response.failures()) == 0 {
		return "", unclear("a value of 51 bytes is accepted")
	}
	_, own, err := s.attributeText(ctx, first, good)
	if err != nil {
		return "", err
	}
	_, other, err := s.attributeText(ctx, second, good)
	switch {
	case own:
		return "everything but the value", err
	case other:
		return "nothing for that account", err
	}
	return "nothing, for no account", err
}

// removeAttributes sends remove_attr for one account.
func (s *session) removeAttributes(ctx context.Context, account string, names ...string) (reply, error) {
	return s.send(ctx, "remove_attr", body{"UserAttrs": []body{item(account, "Attrs", names)}})
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}
