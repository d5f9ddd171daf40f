package conformance

import (
	"context"
	"encoding/json"
	"strings"
	"time"
)

// delivery are questions about the commands for statistics.
var delivery = []Question{
	{
		ID: "statistics-batch", Text: "Do the statistics accept the TaskId of a batch?", Source: "71894", Expected: "yes",
		How: "all_member_push_statistics of a batch: whether it has a result",
		ask: func(ctx context.Context, s *session) (string, error) {
			for _, task := range s.pushed {
				if strings.HasPrefix(task, "batch_") {
					total, err := s.total(ctx, task)
					if err == nil && total == 0 && s.reach.accounts == 0 {
						return "", unclear("the statistics have no numbers for other pushes either")
					}
					return yes(total > 0), err
				}
			}
			return "", notAsked("no TaskId begins with batch_")
		},
	},
	{
		ID: "statistics-unknown-task", Text: "How do the statistics show a task that does not exist?", Source: "71894", Expected: "no result",
		How: "all_member_push_statistics of such a task: the code, or the number of results",
		ask: func(ctx context.Context, s *session) (string, error) {
			response, err := s.statistics(ctx, s.mark)
			switch {
			case err != nil || response.code != 0:
				return response.outcome(), err
			case empty(response.fields["Results"]):
				return "no result", nil
			}
			return "a result", nil
		},
	},
	{
		ID: "statistics-old", Text: "Which code has a window that begins more than 30 days ago?", Source: "71894", Expected: "error code 70402",
		How: "such a request: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.windowOutcome(ctx, time.Now().Add(-32*day), time.Now().Add(-31*day))
		},
	},
	{
		ID: "statistics-reversed", Text: "Which code has a window that ends before it begins?", Source: "71894", Expected: "error code 70402",
		How: "such a request: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.windowOutcome(ctx, time.Now(), time.Now().Add(-day))
		},
	},
	{
		ID: "losses-messages", Text: "Where does normal_push_loss have its lists?", Source: "71898 (its sample is not JSON)", Expected: "at the top",
		How: "normal_push_loss of the last day: the names of the fields besides the common ones",
		ask: func(ctx context.Context, s *session) (string, error) {
			response, err := s.send(ctx, "normal_push_loss", body{"StartTime": time.Now().Add(-day).Unix(), "EndTime": time.Now().Unix()})
			if err := must(response, err); err != nil {
				return "", err
			}
			switch {
			case response.fields["ReadyToSendLoss"] != nil:
				return "at the top", nil
			case response.fields["Results"] != nil:
				return "in Results", nil
			}
			return "", unclear("the fields besides the common ones are: %s", otherFields(response))
		},
	},
	{
		ID: "trace-time-zone", Text: "In which time zone is PushTime?", Source: "71893", Expected: "UTC",
		How: "all_member_push_trace of the first push for account 1: PushTime compared with this machine's clock",
		ask: func(ctx context.Context, s *session) (string, error) {
			if len(s.pushed) == 0 {
				return "", notAsked("no push was accepted")
			}
			response, err := s.trace(ctx, s.setup.Accounts[0])
			if err := must(response, err); err != nil {
				return "", err
			}
			var traces []fields
			if json.Unmarshal(response.fields["InstanceTrace"], &traces) != nil || len(traces) == 0 {
				return "", unclear("there is no trace: the account may need a device")
			}
			return zone(traces[0].text("PushTime"), s.firstPush)
		},
	},
	{
		ID: "trace-unknown-account", Text: "Which code has the trace of an account that does not exist?", Source: "71893", Expected: "accepted",
		How: "all_member_push_trace of the first push for such an account: the code",
		ask: func(ctx context.Context, s *session) (string, error) { return s.traceOutcome(ctx, s.absent) },
	},
	{
		ID: "trace-registration-id", Text: "Is a RegistrationID accepted as UserID of a trace?", Source: "71893", Expected: "accepted",
		How: "all_member_push_trace of the first push for the RegistrationID: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			registrationID, err := s.registrationID()
			if err != nil {
				return "", err
			}
			return s.traceOutcome(ctx, registrationID)
		},
	},
	closed("statistics-platforms", "Are the numbers of PushPlatform those of the webhook, and which has HarmonyOS?", "67551; 71897", "yes, and none", "needs a device of each vendor"),
	closed("trace-values", "What do PushStatus, NotificationStatus, and last_active_terminal mean?", "71893", "unknown: the provider passes them on", "needs devices in known states"),
}

func (s *session) statistics(ctx context.Context, task string) (reply, error) {
	return s.window(ctx, time.Now().Add(-time.Hour), time.Now().Add(time.Minute), task)
}

func (s *session) window(ctx context.Context, start, end time.Time, tasks ...string) (reply, error) {
	return s.send(ctx, "all_member_push_statistics", body{"StartTime": start.Unix(), "EndTime": end.Unix(), "TaskID": tasks})
}

func (s *session) windowOutcome(ctx context.Context, start, end time.Time) (string, error) {
	response, err := s.window(ctx, start, end, s.mark)
	return response.outcome(), err
}

// trace reads the trace of the first push for an account.
func (s *session) trace(ctx context.Context, account string) (reply, error) {
	return s.send(ctx, "all_member_push_trace", body{"TaskID": s.pushed[0], "UserID": account})
}

func (s *session) traceOutcome(ctx context.Context, account string) (string, error) {
	if len(s.pushed) == 0 {
		return "", notAsked("no push was accepted")
	}
	response, err := s.trace(ctx, account)
	return response.outcome(), err
}
