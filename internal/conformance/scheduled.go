package conformance

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

const addTask = "add_sched_task"

// When the run's scheduled pushes are due. All are deleted long before.
const (
	due     = 25 * 24 * time.Hour
	lateDue = 366 * 24 * time.Hour
)

// scheduled are questions about the commands for timed tasks.
var scheduled = []Question{
	{
		ID: "scheduled-add", Text: "What does add_sched_task return?", Source: "78839", Expected: "TaskID is a number",
		How: "add_sched_task: the type of TaskID",
		ask: func(ctx context.Context, s *session) (string, error) {
			response, err := s.addTask(ctx, due)
			if err := must(response, err); err != nil {
				return "", err
			}
			return "TaskID is " + kind(response.fields["TaskID"]), nil
		},
	},
	{
		ID: "scheduled-id-size", Text: "Can a 64-bit float hold every TaskID?", Source: "78839", Expected: "no",
		How: "add_sched_task: whether TaskID is over 2^53",
		ask: func(ctx context.Context, s *session) (string, error) {
			id, err := s.taskAt(ctx, time.Now().Add(due))
			if err != nil {
				return "", err
			}
			number, err := strconv.ParseUint(strings.Trim(id, `"`), 10, 64)
			if err != nil || number > 1<<53 {
				return "no", nil // also if it is a number of more than 64 bits
			}
			return "yes, this one", nil
		},
	},
	{
		ID: "scheduled-add-invalid", Text: "Which code has add_sched_task without OfflinePushInfo?", Source: "78839", Expected: "error code 90104",
		How: "such a request: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			content := s.content()
			delete(content, "OfflinePushInfo")
			response, err := s.addTaskAt(ctx, time.Now().Add(due), content)
			return response.outcome(), err
		},
	},
	{
		ID: "scheduled-time-zone", Text: "In which time zone is CreateAt?", Source: "78842", Expected: "UTC",
		How: "get_sched_task of a new task: CreateAt compared with this machine's clock",
		ask: func(ctx context.Context, s *session) (string, error) {
			task, err := s.newTask(ctx)
			if err != nil {
				return "", err
			}
			return zone(task.text("CreateAt"), time.Now())
		},
	},
	{
		ID: "scheduled-time", Text: "Is SchedAt returned as it was sent?", Source: "78842", Expected: "yes",
		How: "get_sched_task of a new task",
		ask: func(ctx context.Context, s *session) (string, error) {
			at := time.Now().Add(due)
			id, err := s.taskAt(ctx, at)
			if err != nil {
				return "", err
			}
			task, err := s.getTask(ctx, id)
			return yes(task.text("SchedAt") == at.UTC().Format(time.DateTime)), err
		},
	},
	{
		ID: "scheduled-added-fields", Text: "Which fields does the service add to Content?", Source: "78842", Expected: "MsgRandom",
		How: "get_sched_task of a new task: the names of the fields that were not sent",
		ask: func(ctx context.Context, s *session) (string, error) {
			task, err := s.newTask(ctx)
			if err != nil {
				return "", err
			}
			var added []string
			for name := range task.content() {
				if _, sent := s.content()[name]; !sent {
					added = append(added, name)
				}
			}
			return joined(added), nil
		},
	},
	{
		ID: "scheduled-sender", Text: "Which JSON type has From_Account in Content?", Source: "78842", Expected: "a text",
		How: "get_sched_task of a new task",
		ask: func(ctx context.Context, s *session) (string, error) {
			task, err := s.newTask(ctx)
			return kind(task.content()["From_Account"]), err
		},
	},
	{
		ID: "scheduled-title", Text: "Are Title and Desc copies of those in OfflinePushInfo?", Source: "78842", Expected: "yes",
		How: "get_sched_task of a new task",
		ask: func(ctx context.Context, s *session) (string, error) {
			task, err := s.newTask(ctx)
			return yes(task.text("Title") == s.notification()["Title"] && task.text("Desc") == s.notification()["Desc"]), err
		},
	},
	{
		ID: "scheduled-repeat", Text: "Does a repeated add_sched_task make another task?", Source: "78839", Expected: "yes",
		How: "add_sched_task, twice: the two TaskIDs",
		ask: func(ctx context.Context, s *session) (string, error) {
			at := time.Now().Add(due)
			first, err := s.taskAt(ctx, at)
			if err != nil {
				return "", err
			}
			second, err := s.taskAt(ctx, at)
			return yes(first != second), err
		},
	},
	{
		ID: "scheduled-late", Text: "Can a push be scheduled for more than a year later?", Source: "78839", Expected: "accepted",
		How: "add_sched_task for 366 days later: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			response, err := s.addTask(ctx, lateDue)
			return response.outcome(), err
		},
	},
	{
		ID: "scheduled-modify-content", Text: "Does modify_sched_task replace Content, merge it, or reject a part of it?", Source: "78840", Expected: "error code 90104",
		How: "modify_sched_task with OfflinePushInfo only; get_sched_task: whether From_Account is still there",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.modified(ctx, body{"Content": body{"OfflinePushInfo": s.notification()}}, func(task fields) string {
				if task.content()["From_Account"] == nil {
					return "replaced"
				}
				return "merged"
			})
		},
	},
	{
		ID: "scheduled-modify-notification", Text: "Does modify_sched_task replace OfflinePushInfo, or merge it?", Source: "78840", Expected: "replaced",
		How: "modify_sched_task without Desc in OfflinePushInfo; get_sched_task: whether Desc is still there",
		ask: func(ctx context.Context, s *session) (string, error) {
			content := s.content()
			content["OfflinePushInfo"] = body{"Title": s.notification()["Title"]}
			return s.modified(ctx, body{"Content": content}, func(task fields) string {
				var info fields
				_ = json.Unmarshal(task.content()["OfflinePushInfo"], &info)
				if info["Desc"] == nil {
					return "replaced"
				}
				return "merged"
			})
		},
	},
	{
		ID: "scheduled-modify-nothing", Text: "Which code has modify_sched_task without SchedAt and Content?", Source: "78840", Expected: "error code 90104",
		How: "modify_sched_task with neither: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			return s.modified(ctx, body{}, func(fields) string { return "accepted" })
		},
	},
	{
		ID: "scheduled-modify-response", Text: "What does modify_sched_task return?", Source: "78840", Expected: "TaskID",
		How: "modify_sched_task with another SchedAt: the names of the fields besides the common ones",
		ask: func(ctx context.Context, s *session) (string, error) {
			id, err := s.taskAt(ctx, time.Now().Add(due))
			if err != nil {
				return "", err
			}
			response, err := s.modify(ctx, id, body{"SchedAt": timed(time.Now().Add(due + time.Hour))})
			if err := must(response, err); err != nil {
				return "", err
			}
			return otherFields(response), nil
		},
	},
	{
		ID: "scheduled-order", Text: "Which spelling of OrderBy does list_sched_task accept?", Source: "78843; 269/130281", Expected: "schedat",
		How: "list_sched_task with schedat and with schedAt: the codes",
		ask: func(ctx context.Context, s *session) (string, error) {
			var accepted []string
			for _, spelling := range spellings {
				response, err := s.listTasks(ctx, spelling, time.Now(), time.Now().Add(day))
				if err != nil {
					return "", err
				}
				if response.code == 0 {
					accepted = append(accepted, spelling)
				}
			}
			if len(accepted) == len(spellings) {
				return "both", nil
			}
			return joined(accepted), nil
		},
	},
	{
		ID: "scheduled-window", Text: "Does the window of list_sched_task select by scheduled time if ordered by it?", Source: "78843", Expected: "yes",
		How: "list_sched_task around the scheduled time of a new task: whether the task is there",
		ask: func(ctx context.Context, s *session) (string, error) {
			at := time.Now().Add(due)
			id, err := s.taskAt(ctx, at)
			if err != nil {
				return "", err
			}
			found, err := s.findTasks(ctx, at.Add(-time.Hour), at.Add(time.Hour))
			return yes(slices.ContainsFunc(found, func(task fields) bool { return string(task["TaskID"]) == id })), err
		},
	},
	{
		ID: "scheduled-span", Text: "How many days can the window of list_sched_task span?", Source: "78843", Expected: "at least 7",
		How: "list_sched_task over 7, 30, 90, and 366 days: the longest that is accepted",
		ask: func(ctx context.Context, s *session) (string, error) {
			longest := 0
			for _, days := range []int{7, 30, 90, 366} {
				response, err := s.list(ctx, time.Now(), time.Now().Add(time.Duration(days)*day))
				if err != nil {
					return "", err
				}
				if response.code != 0 {
					break
				}
				longest = days
			}
			if longest < 7 {
				return "fewer than 7", nil
			}
			s.info = fmt.Sprintf("the longest accepted is %d days", longest)
			return "at least 7", nil
		},
	},
	{
		ID: "scheduled-page", Text: "Does list_sched_task accept pages of 100?", Source: "78843", Expected: "accepted",
		How: "list_sched_task with Want 100: the code",
		ask: func(ctx context.Context, s *session) (string, error) {
			response, err := s.list(ctx, time.Now(), time.Now().Add(day))
			return response.outcome(), err
		},
	},
	{
		ID: "scheduled-get-deleted", Text: "Which code has get_sched_task of a deleted task?", Source: "78842", Expected: "error code 90104",
		How: "delete_sched_task, get_sched_task: the code of the second",
		ask: func(ctx context.Context, s *session) (string, error) {
			id, err := s.deletedTask(ctx)
			if err != nil {
				return "", err
			}
			response, err := s.readTask(ctx, id)
			return response.outcome(), err
		},
	},
	{
		ID: "scheduled-delete-again", Text: "Which code has delete_sched_task of a deleted task?", Source: "78841", Expected: "error code 90104",
		How: "delete_sched_task, twice: the code of the second",
		ask: func(ctx context.Context, s *session) (string, error) {
			id, err := s.deletedTask(ctx)
			if err != nil {
				return "", err
			}
			response, err := s.deleteTask(ctx, id)
			return response.outcome(), err
		},
	},
	closed("scheduled-statuses", "How is the status of a task spelled when it has begun?", "78842", "any other than pending", "needs a push that runs, and this tool's are deleted before"),
	closed("scheduled-dispatch", "What are DispatchSuccess, DispatchErr, and PushTaskID after a push has begun?", "78842", "PushTaskID is the TaskId of the push", "needs a push that runs, and this tool's are deleted before"),
	closed("scheduled-past", "Which code has a SchedAt in the past?", "78839", "error code 90104", "might push at once"),
	closed("scheduled-retype", "Which code has another Type in modify_sched_task?", "78840", "error code 90104", "might turn the push into one to everybody"),
	closed("scheduled-quota", "Do scheduled pushes to all or by tag count toward the daily quota?", "78839", "yes", "needs a day's quota, and pushes that run"),
	closed("scheduled-forgotten", "After how long does the service forget a task that has begun?", "78842", "it may forget it at any time", "needs days"),
	closed("scheduled-many", "How many pending tasks can an app have?", "78839", "no limit", "would fill the app's list of tasks"),
}

const day = 24 * time.Hour

// spellings are those of OrderBy in the documentation (78843, 269/130281).
var spellings = []string{"schedat", "schedAt"}

// notification is the notification of all pushes of a run. Its title names the run, so that leftovers can be found.
func (s *session) notification() body {
	return body{"Title": "Conformance " + s.mark, "Desc": "A test of the push service. Please ignore it."}
}

// content is the content of the run's scheduled pushes, which go to both accounts.
func (s *session) content() body {
	return body{"From_Account": s.setup.Accounts[0], "To_Account": s.setup.Accounts, "OfflinePushInfo": s.notification()}
}

func timed(at time.Time) string { return at.UTC().Format(time.DateTime) }

// addTask sends add_sched_task, and notes the task, so that it is deleted.
func (s *session) addTask(ctx context.Context, later time.Duration) (reply, error) {
	return s.addTaskAt(ctx, time.Now().Add(later), s.content())
}

func (s *session) addTaskAt(ctx context.Context, at time.Time, content body) (reply, error) {
	response, err := s.send(ctx, addTask, body{
		"Sdkappid": s.setup.SDKAppID, "Type": timpush.ScheduledToAccounts, "SchedAt": timed(at), "Content": content,
	})
	if id := response.fields["TaskID"]; err == nil && response.code == 0 && id != nil {
		s.tasks = append(s.tasks, string(id))
	}
	return response, err
}

// taskAt adds a task and returns its ID, as JSON.
func (s *session) taskAt(ctx context.Context, at time.Time) (string, error) {
	response, err := s.addTaskAt(ctx, at, s.content())
	if err := must(response, err); err != nil {
		return "", err
	}
	if response.fields["TaskID"] == nil {
		return "", unclear("add_sched_task returns no TaskID")
	}
	return string(response.fields["TaskID"]), nil
}

// newTask adds a task and reads it.
func (s *session) newTask(ctx context.Context) (fields, error) {
	id, err := s.taskAt(ctx, time.Now().Add(due))
	if err != nil {
		return nil, err
	}
	return s.getTask(ctx, id)
}

func (s *session) readTask(ctx context.Context, id string) (reply, error) {
	return s.send(ctx, "get_sched_task", body{"Sdkappid": s.setup.SDKAppID, "TaskID": json.RawMessage(id)})
}

// getTask returns the TaskInfo of a task.
func (s *session) getTask(ctx context.Context, id string) (task fields, err error) {
	response, err := s.readTask(ctx, id)
	if err := must(response, err); err != nil {
		return nil, err
	}
	if json.Unmarshal(response.fields["TaskInfo"], &task) != nil {
		return nil, unclear("get_sched_task returns no TaskInfo")
	}
	return task, nil
}

// text returns a field that is a text.
func (f fields) text(name string) (text string) {
	_ = json.Unmarshal(f[name], &text)
	return text
}

// content returns the Content of a task.
func (f fields) content() (content fields) {
	_ = json.Unmarshal(f["Content"], &content)
	return content
}

func (s *session) modify(ctx context.Context, id string, changes body) (reply, error) {
	request := body{"Sdkappid": s.setup.SDKAppID, "TaskID": json.RawMessage(id), "Type": timpush.ScheduledToAccounts}
	for name, value := range changes {
		request[name] = value
	}
	return s.send(ctx, "modify_sched_task", request)
}

// modified adds a task, modifies it, and answers from the task as it is then.
func (s *session) modified(ctx context.Context, changes body, answer func(task fields) string) (string, error) {
	id, err := s.taskAt(ctx, time.Now().Add(due))
	if err != nil {
		return "", err
	}
	response, err := s.modify(ctx, id, changes)
	if err != nil || response.code != 0 {
		return response.outcome(), err
	}
	task, err := s.getTask(ctx, id)
	if err != nil {
		return "", err
	}
	return answer(task), nil
}

func (s *session) deleteTask(ctx context.Context, id string) (reply, error) {
	return s.send(ctx, "delete_sched_task", body{"Sdkappid": s.setup.SDKAppID, "TaskID": json.RawMessage(id), "Type": timpush.ScheduledToAccounts})
}

// deletedTask adds a task, deletes it, and returns its ID.
func (s *session) deletedTask(ctx context.Context) (string, error) {
	id, err := s.taskAt(ctx, time.Now().Add(due))
	if err != nil {
		return "", err
	}
	return id, must(s.deleteTask(ctx, id))
}

// listTasks sends list_sched_task for the run's tasks, ordered by scheduled time.
func (s *session) listTasks(ctx context.Context, spelling string, begin, end time.Time) (reply, error) {
	return s.send(ctx, "list_sched_task", body{
		"Sdkappid": s.setup.SDKAppID, "Offset": 0, "Want": 100, "OrderBy": spelling, "Asc": true,
		"BeginTime": timed(begin), "EndTime": timed(end), "Keyword": s.mark,
	})
}

// list is like listTasks, with the spelling that works.
func (s *session) list(ctx context.Context, begin, end time.Time) (response reply, err error) {
	for _, spelling := range spellings {
		response, err = s.listTasks(ctx, spelling, begin, end)
		if err != nil || response.code != timpush.CodeBadScheduledPush {
			break
		}
	}
	return response, err
}

// findTasks returns the run's tasks in a window.
func (s *session) findTasks(ctx context.Context, begin, end time.Time) (found []fields, err error) {
	response, err := s.list(ctx, begin, end)
	if err := must(response, err); err != nil {
		return nil, err
	}
	if raw := response.fields["Tasks"]; raw != nil && json.Unmarshal(raw, &found) != nil {
		return nil, unclear("list_sched_task returns no list of tasks")
	}
	return slices.DeleteFunc(found, func(task fields) bool { return !strings.Contains(task.text("Title"), s.mark) }), nil
}

// otherFields returns the names of a response's fields besides the common ones.
func otherFields(r reply) string {
	var other []string
	for name := range r.fields {
		if !slices.Contains(envelope, name) {
			other = append(other, name)
		}
	}
	return joined(other)
}

// zone answers in which time zone a time is that should be now.
func zone(text string, now time.Time) (string, error) {
	at, err := time.Parse(time.DateTime, text)
	if err != nil {
		return "", unclear("the time is not as on the page")
	}
	offset := at.Sub(now).Round(15 * time.Minute)
	if difference := at.Sub(now) - offset; difference.Abs() > 5*time.Minute || offset.Abs() > 14*time.Hour {
		return "", unclear("the time differs from this machine's clock by an odd amount")
	}
	if offset == 0 {
		return "UTC", nil
	}
	return fmt.Sprintf("UTC%+.2g", offset.Hours()), nil
}
