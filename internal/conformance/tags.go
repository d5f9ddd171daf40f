package conformance

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// tags are questions about add_tag, get_tag, remove_tag, and clear_all_tags.
var tags = []Question{
	{
		ID: "tags-unknown-account", Text: "How does add_tag reject an account that does not exist?", Source: "67821", Expected: "error code 70107 for the account",
		How: "add_tag for such an account: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			response, err := s.addTags(ctx, s.absent, s.text("t"))
			return response.outcomeFor(s.absent), err
		},
	},
	{
		ID: "tags-all-failed", Text: "Is a request rejected if all its accounts fail?", Source: "60564", Expected: "no",
		How: "get_tag of an account that does not exist: whether it is OK with an ErrorList",
		ask: func(ctx context.Context, s *session) (string, error) {
			response, err := s.send(ctx, "get_tag", body{"To_Account": []string{s.absent}})
			if err == nil && response.code == 0 {
				return "no", nil
			}
			return "yes, with " + response.outcome(), err
		},
	},
	{
		ID: "tags-at-once", Text: "Does a read show a write at once?", Source: "67821", Expected: "yes",
		How: "add_tag, and at once get_tag",
		ask: func(ctx context.Context, s *session) (string, error) {
			tag := s.text("now")
			if err := must(s.addTags(ctx, s.setup.Accounts[0], tag)); err != nil {
				return "", err
			}
			s.unsettled = false // other questions wait here
			got, err := s.tagsOf(ctx, s.setup.Accounts[0])
			return yes(slices.Contains(got, tag)), err
		},
	},
	{
		ID: "tags-order", Text: "In which order does get_tag show tags?", Source: "60567", Expected: "as added",
		How: "add_tag of b, a, and c; get_tag",
		ask: func(ctx context.Context, s *session) (string, error) {
			added := []string{s.text("b"), s.text("a"), s.text("c")}
			got, err := s.added(ctx, added)
			sorted := slices.Sorted(slices.Values(added))
			switch {
			case err != nil:
				return "", err
			case slices.Equal(got, added):
				return "as added", nil
			case slices.Equal(got, sorted):
				return "sorted", nil
			}
			return "another order", nil
		},
	},
	rowOrder("tags-account-order", "get_tag"),
	{
		ID: "tags-repeated-account", Text: "Are two items for one account in a request both executed?", Source: "67821", Expected: "accepted, both",
		How: "add_tag with two items for an account; get_tag",
		ask: func(ctx context.Context, s *session) (string, error) {
			if err := s.clearTags(ctx); err != nil {
				return "", err
			}
			account := s.setup.Accounts[0]
			response, err := s.send(ctx, "add_tag", body{"UserTags": []body{
				item(account, "Tags", []string{s.text("i1")}), item(account, "Tags", []string{s.text("i2")}),
			}})
			if err != nil || response.outcomeFor(account) != "accepted" {
				return response.outcomeFor(account), err
			}
			got, err := s.tagsOf(ctx, account)
			if len(got) == 2 {
				return "accepted, both", err
			}
			return fmt.Sprintf("accepted, %d of 2", len(got)), err
		},
	},
	{
		ID: "tags-duplicate", Text: "Is a tag that is in a request twice accepted?", Source: "67821", Expected: "accepted, stored once",
		How: "add_tag with it; get_tag",
		ask: func(ctx context.Context, s *session) (string, error) {
			tag := s.text("twice")
			return s.storedTags(ctx, []string{tag, tag}, func(got []string) string {
				if slices.Equal(got, []string{tag}) {
					return "once"
				}
				return fmt.Sprintf("%d times", len(got))
			})
		},
	},
	{
		ID: "tags-spaces", Text: "Are spaces around a tag kept?", Source: "67821", Expected: "accepted, stored as sent",
		How: "add_tag of such a tag; get_tag",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.storedAsSent(ctx, " "+s.text("space")+" ")
		},
	},
	{
		ID: "tags-characters", Text: "Can a tag have any characters?", Source: "67821", Expected: "accepted, stored as sent",
		How: "add_tag of a tag with an emoji, quotes, a slash, and Chinese; get_tag",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.storedAsSent(ctx, s.mark+"\U0001f600\"'/\\&<\u4e2d")
		},
	},
	{
		ID: "tags-normalization", Text: "Are tags that differ in Unicode normalization the same tag?", Source: "67821", Expected: "accepted, stored as two tags",
		How: "add_tag of é in both forms; get_tag",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.storedTags(ctx, []string{s.text("\u00e9"), s.text("e\u0301")}, func(got []string) string {
				if len(got) == 2 {
					return "as two tags"
				}
				return "as one tag"
			})
		},
	},
	{
		ID: "tags-empty", Text: "Which code has an empty tag?", Source: "67821", Expected: "error code 90040 for the request",
		How: "add_tag of it: the code",
		ask: func(ctx context.Context, s *session) (string, error) { return s.tagOutcome(ctx, "") },
	},
	{
		ID: "tags-long", Text: "Which code has a tag of 51 bytes?", Source: "74196; 34348", Expected: "error code 90020 for the request",
		How: "add_tag of it: the code",
		ask: func(ctx context.Context, s *session) (string, error) { return s.tagOutcome(ctx, s.padded(51)) },
	},
	{
		ID: "tags-bytes", Text: "Is the limit of 50 for a tag in bytes, or in characters?", Source: "67821", Expected: "bytes",
		How: "add_tag of 12 Chinese characters, and of 25, which have 75 bytes: whether the second is accepted",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.bytesOrCharacters(func(text string) (string, error) { return s.tagOutcome(ctx, text) })
		},
	},
	{
		ID: "tags-eleven", Text: "Which code has an eleventh tag in a request?", Source: "67821", Expected: "error code 90032 for the request",
		How: "add_tag of 11 tags: the code",
		ask: func(ctx context.Context, s *session) (string, error) { return s.tagOutcome(ctx, s.many(11)...) },
	},
	{
		ID: "tags-hundred-first", Text: "Which code has a user's 101st tag?", Source: "67821", Expected: "error code 90032 for the account",
		How: "add_tag with Replace 1 of 100 tags, and of another: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			if err := must(s.replaceTags(ctx, s.many(100))); err != nil {
				return "", err
			}
			answer, err := s.tagOutcome(ctx, s.text("more"))
			if clearErr := s.clearTags(ctx); err == nil {
				err = clearErr
			}
			return answer, err
		},
	},
	{
		ID: "tags-replace-empty", Text: "Does Replace 1 with no tags remove all tags?", Source: "67821", Expected: "yes",
		How: "add_tag with Replace 1 and []; get_tag",
		ask: func(ctx context.Context, s *session) (string, error) {
			if _, err := s.added(ctx, []string{s.text("r")}); err != nil {
				return "", err
			}
			response, err := s.replaceTags(ctx, []string{})
			if err != nil || response.outcomeFor(s.setup.Accounts[0]) != "accepted" {
				return response.outcomeFor(s.setup.Accounts[0]), err
			}
			got, err := s.tagsOf(ctx, s.setup.Accounts[0])
			if len(got) > 0 {
				return "no, it changes nothing", err
			}
			return "yes", err
		},
	},
	{
		ID: "tags-remove-missing", Text: "Is it an error to remove a tag that the user lacks?", Source: "60569", Expected: "accepted",
		How: "remove_tag of such a tag: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			response, err := s.removeTags(ctx, s.setup.Accounts[0], s.text("lacks"))
			return response.outcomeFor(s.setup.Accounts[0]), err
		},
	},
	{
		ID: "tags-other-type", Text: "Is a tag freed for the other type of account when nobody has it?", Source: "67821", Expected: "accepted",
		How: "add_tag and remove_tag for an account, add_tag for the RegistrationID: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			registrationID, err := s.registrationID()
			if err != nil {
				return "", err
			}
			tag := s.text("free")
			if err := must(s.addTags(ctx, s.setup.Accounts[0], tag)); err != nil {
				return "", err
			}
			if err := must(s.removeTags(ctx, s.setup.Accounts[0], tag)); err != nil {
				return "", err
			}
			response, err := s.addTags(ctx, registrationID, tag)
			return response.outcomeFor(registrationID), err
		},
	},
	closed("tags-app-limit", "Which code has the app's 1001st tag?", "67821", "error code 90032 for the account",
		"would use up the app's 1000 different tags, so that nobody else could add any"),
}

// clearTags removes all tags of the first account.
func (s *session) clearTags(ctx context.Context) error {
	return must(s.send(ctx, "clear_all_tags", body{"To_Account": s.setup.Accounts[:1]}))
}

// added adds tags to the first account, which then has no others, and returns its tags.
func (s *session) added(ctx context.Context, tags []string) ([]string, error) {
	if err := s.clearTags(ctx); err != nil {
		return nil, err
	}
	if err := must(s.addTags(ctx, s.setup.Accounts[0], tags...)); err != nil {
		return nil, err
	}
	return s.tagsOf(ctx, s.setup.Accounts[0])
}

// tagOutcome answers whether tags can be added.
func (s *session) tagOutcome(ctx context.Context, tags ...string) (string, error) {
	response, err := s.addTags(ctx, s.setup.Accounts[0], tags...)
	return response.outcomeFor(s.setup.Accounts[0]), err
}

// storedTags answers whether tags can be added, and if so, how they are stored.
func (s *session) storedTags(ctx context.Context, sent []string, how func(got []string) string) (string, error) {
	if err := s.clearTags(ctx); err != nil {
		return "", err
	}
	answer, err := s.tagOutcome(ctx, sent...)
	if err != nil || answer != "accepted" {
		return answer, err
	}
	got, err := s.tagsOf(ctx, s.setup.Accounts[0])
	return "accepted, stored " + how(got), err
}

func (s *session) storedAsSent(ctx context.Context, tag string) (string, error) {
	return s.storedTags(ctx, []string{tag}, func(got []string) string {
		switch {
		case slices.Equal(got, []string{tag}):
			return "as sent"
		case slices.Equal(got, []string{strings.TrimSpace(tag)}):
			return "trimmed"
		}
		return "in another way"
	})
}

// replaceTags sends add_tag with Replace 1 for the first account.
func (s *session) replaceTags(ctx context.Context, tags []string) (reply, error) {
	return s.send(ctx, "add_tag", body{"Replace": 1, "UserTags": []body{item(s.setup.Accounts[0], "Tags", tags)}})
}

// many returns different tags.
func (s *session) many(count int) []string {
	list := make([]string, count)
	for i := range list {
		list[i] = s.text(fmt.Sprintf("n%d", i))
	}
	return list
}

// padded returns a text of that many bytes.
func (s *session) padded(length int) string {
	text := s.text("long")
	return text + strings.Repeat("x", length-len(text))
}

// bytesOrCharacters answers in what a limit of 50 is counted. outcome is that of a text.
func (s *session) bytesOrCharacters(outcome func(text string) (string, error)) (string, error) {
	var answers [2]string
	for i, count := range []int{12, 25} { // with the mark, 46 and 85 bytes, but fewer than 50 characters
		var err error
		if answers[i], err = outcome(s.mark[:10] + strings.Repeat("\u4e2d", count)); err != nil {
			return "", err
		}
	}
	switch {
	case answers[0] != "accepted":
		return "", unclear("Chinese characters are rejected: %s", answers[0])
	case answers[1] == "accepted":
		return "characters", nil
	}
	return "bytes", nil
}
