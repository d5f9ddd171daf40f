package conformance

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// pushes are questions about push, batch, and revoke. Each push has a condition on the run's tag, which both accounts and
// nobody else have; each batch is to the two accounts. At most 9 pushes count toward the app's daily quota.
var pushes = []Question{
	{
		ID: "push-reached", Text: "How many accounts does a push on a tag of two accounts reach, by the statistics?", Source: "71894", Expected: "2",
		How: "push on the tag of both accounts; all_member_push_statistics until it has numbers",
		ask: askReached,
	},
	{
		ID: "push-statistics-delay", Text: "After how long do the statistics have a push?", Source: "71894", Expected: "within 10 seconds",
		How: "the first push: how long it took",
		ask: func(_ context.Context, s *session) (string, error) {
			if s.reach.accounts == 0 {
				return "", notAsked("the statistics had no numbers within %s", s.setup.Wait)
			}
			switch {
			case s.reach.after <= 10*time.Second:
				return "within 10 seconds", nil
			case s.reach.after <= time.Minute:
				return "within a minute", nil
			}
			return "after more than a minute", nil
		},
	},
	{
		ID: "push-all-parts", Text: "Must an account match both TagsAnd and TagsOr?", Source: "60561", Expected: "yes",
		How: "push with the run's tag and one of account 1 in TagsAnd, and one of account 2 in TagsOr; statistics: 0 or 2 accounts",
		ask: askAllParts,
	},
	{
		ID: "push-tags-not", Text: "Does one of several tags in TagsNot exclude an account?", Source: "60561 (its sample and its table differ)", Expected: "yes",
		How: "push with the run's tag in TagsAnd, and a tag of each account in TagsNot; statistics: 0 or 2 accounts",
		ask: func(ctx context.Context, s *session) (string, error) {
			if !s.allPartsHold {
				return "", notAsked("the push would exclude tags before it is known that all parts of a condition must hold")
			}
			return s.reachedBy(ctx, body{"TagsAnd": []string{s.tag}, "TagsNot": []string{s.text("p"), s.text("q")}}, "yes", "no, only all of them")
		},
	},
	{
		ID: "push-normalization", Text: "Does a condition select a tag in another Unicode normalization?", Source: "60561", Expected: "yes",
		How: "push on é in the other form; statistics: 0 or 2 accounts",
		ask: func(ctx context.Context, s *session) (string, error) {
			if err := s.selectAccounts(ctx); err != nil {
				return "", err
			}
			for _, account := range s.setup.Accounts {
				if err := must(s.addTags(ctx, account, s.text("\u00e9"))); err != nil {
					return "", err
				}
			}
			return s.reachedBy(ctx, body{"TagsAnd": []string{s.tag, s.text("e\u0301")}}, "no", "yes")
		},
	},
	{
		ID: "push-repeat", Text: "Is a push with a MsgRandom that was used more than a second ago another push?", Source: "37166; 60561", Expected: "yes",
		How: "push, twice, with the same MsgRandom: the two TaskIds",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.repeated(ctx, func(changes body) (reply, error) { return s.push(ctx, s.onTag(), changes) })
		},
	},
	{
		ID: "push-task-time", Text: "Does a TaskId begin with the time of the push?", Source: "60571", Expected: "yes",
		How: "push: the TaskId up to the first underscore, in hexadecimal, compared with this machine's clock",
		ask: func(_ context.Context, s *session) (string, error) {
			if len(s.pushed) == 0 {
				return "", notAsked("no push was accepted")
			}
			first, _, _ := strings.Cut(s.pushed[0], "_")
			seconds, err := strconv.ParseInt(first, 16, 64)
			return yes(err == nil && time.Since(time.Unix(seconds, 0)).Abs() < time.Hour), nil
		},
	},
	{
		ID: "push-data-id", Text: "Which code has a push with a DataId of 65 bytes?", Source: "60561; 67553", Expected: "error code 90057",
		How: "such a push: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.pushOutcome(ctx, body{"DataId": s.padded(65)})
		},
	},
	{
		ID: "push-no-notification", Text: "Which code has a push without OfflinePushInfo?", Source: "60561", Expected: "error code 90001",
		How: "such a push: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.pushOutcome(ctx, body{"OfflinePushInfo": nil})
		},
	},
	{
		ID: "push-random-text", Text: "Which code has a push with a MsgRandom that is a text?", Source: "74196", Expected: "error code 90005",
		How: "such a push: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.pushOutcome(ctx, body{"MsgRandom": "1"})
		},
	},
	{
		ID: "batch-random-text", Text: "Which code has a batch with a MsgRandom that is a text?", Source: "67553; 74196", Expected: "error code 90001",
		How: "such a batch: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.batchOutcome(ctx, body{"MsgRandom": "1"})
		},
	},
	{
		ID: "batch-no-sender", Text: "Which code has a batch without From_Account?", Source: "67553; 34348", Expected: "error code 90001",
		How: "such a batch: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.batchOutcome(ctx, body{"From_Account": nil})
		},
	},
	{
		ID: "batch-unknown-sender", Text: "Can the sender be an account that does not exist?", Source: "67553; 34348", Expected: "accepted",
		How: "batch from such an account: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.batchOutcome(ctx, body{"From_Account": s.absent})
		},
	},
	{
		ID: "batch-unknown-field", Text: "Is an unknown field in OfflinePushInfo accepted?", Source: "77715; 34348", Expected: "accepted",
		How: "batch with such a field: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			notification := s.notification()
			notification["ConformanceField"] = "1"
			return s.batchOutcome(ctx, body{"OfflinePushInfo": notification})
		},
	},
	{
		ID: "batch-error-list", Text: "How is ErrorList of a batch in which no account fails?", Source: "67553", Expected: "absent",
		How: "batch: the type of ErrorList",
		ask: func(ctx context.Context, s *session) (string, error) {
			response, err := s.batch(ctx, nil)
			if err := must(response, err); err != nil {
				return "", err
			}
			return kind(response.fields["ErrorList"]), nil
		},
	},
	{
		ID: "batch-repeat", Text: "Is a batch with a MsgRandom that was used more than a second ago another push?", Source: "67553", Expected: "yes",
		How: "batch, twice, with the same MsgRandom: the two TaskIds",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.repeated(ctx, func(changes body) (reply, error) { return s.batch(ctx, changes) })
		},
	},
	{
		ID: "revoke-batch", Text: "Can a batch be revoked?", Source: "269/137904; 74196", Expected: "error code 90049",
		How: "batch, revoke: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			pushed, err := s.batch(ctx, nil)
			if err := must(pushed, err); err != nil {
				return "", err
			}
			response, err := s.send(ctx, "revoke", body{"TaskId": pushed.fields.text("TaskId"), "OfflinePushInfo": s.notification()})
			return response.outcome(), err
		},
	},
	{
		ID: "revoke-no-notification", Text: "Which code has revoke without OfflinePushInfo?", Source: "60571; 269/105123", Expected: "error code 90053",
		How: "revoke of the first push, without it: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			if len(s.pushed) == 0 {
				return "", notAsked("no push was accepted")
			}
			response, err := s.send(ctx, "revoke", body{"TaskId": s.pushed[0]})
			return response.outcome(), err
		},
	},
	closed("push-no-condition", "Is a push with a null or empty Condition a push to everybody?", "60561", "error code 90001", "would push to everybody if the answer is yes"),
	closed("push-nobody", "Is a push on a tag that nobody has accepted?", "60561", "accepted", "would push to everybody if the service ignores such a tag"),
	closed("push-attributes-both", "Must an account match both AttrsAnd and AttrsOr?", "60561", "yes", "this tool's pushes always have a tag in their condition, which excludes attributes (90039)"),
	closed("push-attributes-many", "How many attributes can a condition have?", "60561", "no limit", "this tool's pushes always have a tag in their condition, which excludes attributes (90039)"),
	closed("push-attributes-unset-name", "Which code has a condition on a name that the app does not have?", "60561; 74196", "error code 90033", "this tool's pushes always have a tag in their condition, which excludes attributes (90039)"),
	closed("push-repeat-at-once", "Is a push with the same MsgRandom within a second dropped?", "67553", "yes", "the client never pushes twice in a second"),
	closed("push-frequency", "Which code has a second push within a second?", "60561", "error code 90024", "the client never pushes twice in a second"),
	closed("push-quota", "Which code has a push over the daily quota, and when does a day begin?", "60561", "error code 90047", "needs a day's quota"),
	closed("batch-rate", "Is a batch of more accounts than the edition's rate refused, delayed, or dropped?", "269/137903", "refused", "would push to more than the two accounts"),
	closed("revoke-late", "Does revoke count the 24 hours from the start of a push?", "269/105123", "yes", "needs a day"),
}

// onTag is the condition that selects the two accounts.
func (s *session) onTag() body { return body{"TagsAnd": []string{s.tag}} }

// selectAccounts gives the run's tag to both accounts, and reads it back.
func (s *session) selectAccounts(ctx context.Context) error {
	if s.selected {
		return nil
	}
	for _, account := range s.setup.Accounts {
		if err := must(s.addTags(ctx, account, s.tag)); err != nil {
			return err
		}
		got, err := s.tagsOf(ctx, account)
		if err != nil {
			return err
		}
		if !slices.Contains(got, s.tag) {
			return unclear("the accounts do not get the run's tag")
		}
	}
	s.selected = true
	return nil
}

// message is the body that push and batch have in common. A change to nil leaves a field out.
func (s *session) message(changes body) body {
	request := body{
		"From_Account": s.setup.Accounts[0], "MsgRandom": rand.Uint32(), //nolint:gosec // the number is not secret
		"OfflinePushInfo": s.notification(),
	}
	for name, value := range changes {
		if request[name] = value; value == nil {
			delete(request, name)
		}
	}
	return request
}

// push pushes to the accounts that a condition selects, which names the run's tag.
func (s *session) push(ctx context.Context, condition, changes body) (reply, error) {
	if err := s.selectAccounts(ctx); err != nil {
		return reply{}, err
	}
	request := s.message(changes)
	request["Condition"] = condition
	return s.pushedBy(ctx, "push", request)
}

// batch pushes to the two accounts.
func (s *session) batch(ctx context.Context, changes body) (reply, error) {
	request := s.message(changes)
	request["To_Account"] = s.setup.Accounts
	return s.pushedBy(ctx, "batch", request)
}

// noPushes are the codes that say nothing about a push, but that the app cannot push at all.
var noPushes = []int64{timpush.CodePushQuota, timpush.CodePushDisabled, timpush.CodePackageExpired, timpush.CodeTrialQuota}

// pushedBy sends a request that pushes, and notes the push.
func (s *session) pushedBy(ctx context.Context, api string, request body) (reply, error) {
	response, err := s.send(ctx, api, request)
	if id := response.fields.text("TaskId"); err == nil && id != "" {
		if s.pushed = append(s.pushed, id); len(s.pushed) == 1 {
			s.firstPush = time.Now()
		}
	}
	if err == nil && slices.Contains(noPushes, response.code) {
		err = unclear("the app cannot push now: error code %d, %s", response.code, timpush.Meaning(response.code))
	}
	return response, err
}

func (s *session) pushOutcome(ctx context.Context, changes body) (string, error) {
	response, err := s.push(ctx, s.onTag(), changes)
	return response.outcome(), err
}

func (s *session) batchOutcome(ctx context.Context, changes body) (string, error) {
	response, err := s.batch(ctx, changes)
	return response.outcome(), err
}

// repeated answers whether the second of two equal requests, more than a second after the first, is another push.
func (s *session) repeated(ctx context.Context, push func(changes body) (reply, error)) (string, error) {
	changes := body{"MsgRandom": rand.Uint32()} //nolint:gosec // the number is not secret
	first, err := push(changes)
	if err := must(first, err); err != nil {
		return "", err
	}
	if err := sleep(ctx, refusalWait); err != nil {
		return "", err
	}
	second, err := push(changes)
	switch {
	case err != nil:
		return "", err
	case second.code != 0:
		return "no, " + second.outcome(), nil
	case second.fields.text("TaskId") == first.fields.text("TaskId"):
		return "no, it has the same TaskId", nil
	}
	return "yes", nil
}

// reach is how many accounts a push reached, by the statistics.
type reach struct {
	accounts int64         // 0 if the statistics have no numbers
	after    time.Duration // after which they had them
}

// How often the statistics are read, and for how long if a push may have reached nobody.
const (
	pollEvery    = 5 * time.Second
	shortestWait = 20 * time.Second
)

// reached reads the statistics of a push until they have numbers.
func (s *session) reached(ctx context.Context, task string, wait time.Duration) (reach, error) {
	started := time.Now()
	for {
		accounts, err := s.total(ctx, task)
		if err != nil {
			return reach{}, err
		}
		if after := time.Since(started); accounts > 0 || after >= wait {
			return reach{accounts, after}, nil
		}
		if err := sleep(ctx, pollEvery); err != nil {
			return reach{}, err
		}
	}
}

// total returns the TotalCount of a task, 0 if the statistics do not have it.
func (s *session) total(ctx context.Context, task string) (int64, error) {
	response, err := s.statistics(ctx, task)
	if err := must(response, err); err != nil {
		return 0, err
	}
	var results []struct{ TotalCount int64 }
	if raw := response.fields["Results"]; raw != nil && json.Unmarshal(raw, &results) != nil {
		return 0, unclear("Results is not as on the page")
	}
	total := int64(0)
	for _, result := range results {
		total += result.TotalCount
	}
	return total, nil
}

// askReached makes the first push. The questions about conditions need its numbers to compare theirs with.
func askReached(ctx context.Context, s *session) (string, error) {
	response, err := s.push(ctx, s.onTag(), nil)
	if err := must(response, err); err != nil {
		return "", err
	}
	s.reach, err = s.reached(ctx, response.fields.text("TaskId"), s.setup.Wait)
	if err == nil && s.reach.accounts == 0 {
		err = unclear("the statistics have no numbers after %s: the accounts may need a device", s.setup.Wait)
	}
	return strconv.FormatInt(s.reach.accounts, 10), err
}

// reachedBy pushes by a condition that selects both accounts or none, and returns the answer for each.
func (s *session) reachedBy(ctx context.Context, condition body, ifNone, ifBoth string) (string, error) {
	if s.reach.accounts != int64(len(s.setup.Accounts)) {
		return "", notAsked("the statistics did not show that the first push reached both accounts, so that this push would show nothing")
	}
	response, err := s.push(ctx, condition, nil)
	if err := must(response, err); err != nil {
		return "", err
	}
	got, err := s.reached(ctx, response.fields.text("TaskId"), max(3*s.reach.after, shortestWait))
	switch {
	case err != nil:
		return "", err
	case got.accounts == 0:
		return ifNone, nil
	case got.accounts == int64(len(s.setup.Accounts)):
		return ifBoth, nil
	}
	return "", unclear("the statistics show %d accounts", got.accounts)
}

// askAllParts measures whether all parts of a condition must hold. All its tags are the run's, so that it reaches nobody else
// whatever the answer is.
func askAllParts(ctx context.Context, s *session) (string, error) {
	if err := s.selectAccounts(ctx); err != nil {
		return "", err
	}
	for i, label := range []string{"p", "q"} {
		if err := must(s.addTags(ctx, s.setup.Accounts[i], s.text(label))); err != nil {
			return "", err
		}
	}
	answer, err := s.reachedBy(ctx, body{"TagsAnd": []string{s.tag, s.text("p")}, "TagsOr": []string{s.text("q")}}, "yes", "no, one is enough")
	s.allPartsHold = err == nil && answer == "yes"
	return answer, err
}
