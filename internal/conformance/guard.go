package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// soonest is how far in the future every scheduled push is at least, so that none runs before it is deleted, even by a person
// who reads the report a few days later.
const soonest = 7 * 24 * time.Hour

// reads are the commands that change nothing.
var reads = []string{
	"get_attr_name", "get_attr", "get_tag", "get_sched_task", "list_sched_task",
	"all_member_push_statistics", "all_member_push_trace", "normal_push_loss", unknownCommand,
}

// fields are the fields of a JSON object. A map has the exact names, unlike a struct, which ignores case.
type fields map[string]json.RawMessage

// check returns an error for a request that could reach anyone or anything but the run's accounts. It decides from the body
// as it is sent.
func (s *session) check(api string, body []byte) error {
	var request fields
	if err := json.Unmarshal(body, &request); err != nil {
		return fmt.Errorf("the body of %s is not an object: %w", api, err)
	}
	switch {
	case slices.Contains(reads, api):
		return nil
	case api == "set_attr", api == "remove_attr":
		return s.checkItems(request["UserAttrs"])
	case api == "add_tag", api == "remove_tag":
		return s.checkItems(request["UserTags"])
	case api == "clear_all_tags":
		return checkAccounts(request["To_Account"], s.all())
	case api == "set_attr_name":
		return s.checkNames(request)
	case api == "push":
		return s.checkPush(request)
	case api == "batch":
		return checkAccounts(request["To_Account"], s.setup.Accounts[:])
	case api == "revoke":
		return s.checkRevoke(request)
	case strings.HasSuffix(api, "_sched_task"):
		return s.checkScheduled(api, request)
	}
	return fmt.Errorf("%s is not a command of this tool", api)
}

// checkPush lets a push pass if its condition names the run's tag, which both accounts and nobody else have, and nothing that
// others may have: then it reaches nobody else, even if the service should take one part of a condition for enough.
func (s *session) checkPush(request fields) error {
	var condition map[string][]string
	if json.Unmarshal(request["Condition"], &condition) != nil || !slices.Contains(condition["TagsAnd"], s.tag) {
		return errors.New("a push would have no condition on the run's tag")
	}
	for part, tags := range condition {
		if !slices.Contains([]string{"TagsAnd", "TagsOr", "TagsNot"}, part) || !s.ownTags(tags) {
			return errors.New("a push would have a condition on more than tags of the run")
		}
	}
	if !s.selected {
		return errors.New("a push would be sent before both accounts have the run's tag")
	}
	if _, excludes := condition["TagsNot"]; excludes && !s.allPartsHold {
		return errors.New("a push would exclude tags before it is known that all parts of a condition must hold")
	}
	return nil
}

// ownTags reports whether all tags are the run's, which nobody else has.
func (s *session) ownTags(tags []string) bool {
	return !slices.ContainsFunc(tags, func(tag string) bool { return !strings.HasSuffix(tag, "-"+s.mark) })
}

// checkRevoke lets only the run's own pushes be revoked.
func (s *session) checkRevoke(request fields) error {
	var task string
	if json.Unmarshal(request["TaskId"], &task) != nil || !slices.Contains(s.pushed, task) {
		return errors.New("a push of somebody else would be revoked")
	}
	return nil
}

// checkScheduled lets a scheduled push pass if it is for the two accounts, and not soon. A change can leave out a part, and
// both a change and a deletion are only of the run's own tasks.
func (s *session) checkScheduled(api string, request fields) error {
	var kind, at string
	if json.Unmarshal(request["Type"], &kind) != nil || kind != string(timpush.ScheduledToAccounts) {
		return errors.New("a scheduled push would not be to accounts")
	}
	added := api == addTask
	if id := string(request["TaskID"]); !added && !slices.Contains(s.tasks, id) {
		return errors.New("a scheduled push of somebody else would be changed")
	}
	if request["SchedAt"] != nil || added {
		_ = json.Unmarshal(request["SchedAt"], &at)
		if date, err := time.Parse(time.DateTime, at); err != nil || time.Until(date) < soonest {
			return errors.New("a scheduled push would be sent soon")
		}
	}
	if request["Content"] == nil && !added {
		return nil
	}
	var content fields
	if err := json.Unmarshal(request["Content"], &content); err != nil {
		return fmt.Errorf("a scheduled push would have other content than an object: %w", err)
	}
	if content["Condition"] != nil {
		return errors.New("a scheduled push would have a condition")
	}
	if content["To_Account"] == nil && !added {
		return nil // an audience that is left out is not another one
	}
	return checkAccounts(content["To_Account"], s.setup.Accounts[:])
}

// checkNames lets attribute names pass if the setup allows it, and the request keeps all names of others, even if the service
// should replace the names by those of a request.
func (s *session) checkNames(request fields) error {
	if !s.setup.Names {
		return errors.New(NamesVariable + " is not 1, but an attribute name would be used up")
	}
	var sent map[string]string
	if err := json.Unmarshal(request["AttrNames"], &sent); err != nil {
		return fmt.Errorf("attribute names would be something else than names: %w", err)
	}
	for _, name := range s.names {
		if !name.own() && sent[name.index] != name.name {
			return errors.New("an attribute name of somebody else could be lost")
		}
	}
	return nil
}

// checkItems lets writes to the run's accounts pass.
func (s *session) checkItems(raw json.RawMessage) error {
	var items []fields
	if json.Unmarshal(raw, &items) != nil || len(items) == 0 {
		return errors.New("a write would have no items")
	}
	for _, item := range items {
		if err := checkAccounts(slices.Concat([]byte("["), item["To_Account"], []byte("]")), s.all()); err != nil {
			return err
		}
	}
	return nil
}

// checkAccounts returns an error unless raw is a list of some of the allowed accounts.
func checkAccounts(raw json.RawMessage, allowed []string) error {
	var accounts []string
	if json.Unmarshal(raw, &accounts) != nil || len(accounts) == 0 {
		return errors.New("a request would not list its accounts")
	}
	for _, account := range accounts {
		if account == "" || !slices.Contains(allowed, account) {
			return errors.New("a request would be for an account that is not the run's")
		}
	}
	return nil
}
