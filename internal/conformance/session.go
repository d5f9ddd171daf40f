package conformance

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// asker sends one request and returns the response, as [timpush.Client.Ask] does.
type asker interface {
	Ask(ctx context.Context, api string, body json.RawMessage) (json.RawMessage, error)
}

// session is one run.
type session struct {
	setup  Setup
	client asker
	mark   string // random, part of everything that the run creates
	tag    string // the tag of both accounts, which selects them
	absent string // an account that does not exist

	names        []attributeName // of the app
	tasks        []string        // IDs of scheduled pushes, as JSON
	pushed       []string        // task IDs of pushes
	firstPush    time.Time
	reach        reach // of the first push
	selected     bool  // both accounts have tag, and nobody else has
	allPartsHold bool  // of a condition: measured
	wrote        struct{ tags, attributes, tasks bool }

	unsettled bool // the last request was a write

	requests []string // commands of the current question
	info     string   // the last text of the service with a rejection
}

func newSession(setup Setup, client asker) *session {
	mark := strings.ToLower(rand.Text())[:16]
	mark = strings.NewReplacer("2", "a", "3", "b", "4", "c", "5", "d", "6", "e", "7", "f").Replace(mark) // reports hide long numbers
	return &session{setup: setup, client: client, mark: mark, tag: "conformance-" + mark, absent: "conformance-" + mark}
}

// text returns a text that nobody else has, for a tag, a value, or a name.
func (s *session) text(label string) string { return "cf-" + label + "-" + s.mark }

// all are the accounts that the run may write to. One does not exist.
func (s *session) all() []string {
	accounts := append(s.setup.Accounts[:], s.absent)
	if s.setup.RegistrationID != "" {
		accounts = append(accounts, s.setup.RegistrationID)
	}
	return accounts
}

// existing are the accounts that exist.
func (s *session) existing() []string {
	return slices.DeleteFunc(s.all(), func(account string) bool { return account == s.absent })
}

// registrationID returns the RegistrationID, or why the question is not asked.
func (s *session) registrationID() (string, error) {
	if s.setup.RegistrationID == "" {
		return "", notAsked("needs %s", RegistrationIDVariable)
	}
	return s.setup.RegistrationID, nil
}

// body is a request body.
type body map[string]any

// Refusals for frequency, which prove that a request was not executed, are waited for.
const (
	mostRefusals = 3
	refusalWait  = 2 * time.Second
)

var refusals = []int64{
	timpush.CodeTooFrequent, timpush.CodeAppTooFrequent, timpush.CodeTooManyRequests, timpush.CodeTooManyCalls,
	timpush.CodePushTooFrequent, timpush.CodeRevokeTooFrequent,
}

// send sends a request, and again only if the service refuses it for its frequency.
func (s *session) send(ctx context.Context, api string, request body) (reply, error) {
	sent, err := json.Marshal(request)
	if err != nil {
		return reply{}, fmt.Errorf("encoding a request of %s: %w", api, err)
	}
	if err := s.check(api, sent); err != nil {
		return reply{}, fmt.Errorf("not sent: %w", err)
	}
	if s.unsettled && slices.Contains(reads, api) {
		if err := sleep(ctx, s.setup.Settle); err != nil {
			return reply{}, err
		}
	}
	s.note(api)
	for refused := 0; ; refused++ {
		raw, err := s.client.Ask(ctx, api, sent)
		if err != nil {
			return reply{}, err
		}
		response, err := readReply(raw)
		switch {
		case err != nil:
			return reply{}, err
		case timpush.Retried(response.code) == "soon":
			return reply{}, unclear("the service failed for a while, with error code %d: run the command again", response.code)
		case !slices.Contains(refusals, response.code) || refused == mostRefusals:
			if response.code != 0 {
				s.info = response.info
			}
			return response, nil
		}
		if err := sleep(ctx, refusalWait); err != nil {
			return reply{}, err
		}
	}
}

// note records what the run has written, before it is known whether it worked, so that it is cleaned up.
func (s *session) note(api string) {
	s.requests = append(s.requests, api)
	s.unsettled = !slices.Contains(reads, api)
	switch api {
	case "add_tag":
		s.wrote.tags = true
	case "clear_all_tags", "remove_tag":
		s.selected = false // until it is checked again
	case "set_attr":
		s.wrote.attributes = true
	case addTask:
		s.wrote.tasks = true
	}
}

// reply is a response.
type reply struct {
	code   int64
	info   string
	fields fields
}

func readReply(raw json.RawMessage) (reply, error) {
	var r reply
	if err := json.Unmarshal(raw, &r.fields); err != nil {
		return reply{}, unclear("the response is not a JSON object")
	}
	_ = json.Unmarshal(r.fields["ErrorInfo"], &r.info)
	if json.Unmarshal(r.fields["ErrorCode"], &r.code) != nil {
		return reply{}, unclear("the response has no ErrorCode")
	}
	return r, nil
}

// outcome is the answer to a question whether a request is accepted.
func (r reply) outcome() string {
	if r.code != 0 {
		return fmt.Sprintf("error code %d", r.code)
	}
	return "accepted"
}

// outcomeFor is like outcome for one account of the request.
func (r reply) outcomeFor(account string) string {
	if r.code != 0 {
		return r.outcome() + " for the request"
	}
	for _, failure := range r.failures() {
		if failure.Account == account && failure.Code != 0 {
			return fmt.Sprintf("error code %d for the account", failure.Code)
		}
	}
	return "accepted"
}

// failure is an element of ErrorList.
type failure struct {
	Account string `json:"To_Account"`
	Code    int64  `json:"ErrorCode"`
}

func (r reply) failures() (list []failure) {
	_ = json.Unmarshal(r.fields["ErrorList"], &list)
	return list
}

// must returns an error unless the request was accepted, for all accounts: then what follows would answer another question.
func must(r reply, err error) error {
	switch {
	case err != nil:
		return err
	case r.code != 0:
		return unclear("a request that prepares the question is rejected with error code %d", r.code)
	case len(r.failures()) > 0:
		return unclear("a request that prepares the question is rejected with error code %d for an account", r.failures()[0].Code)
	}
	return nil
}

// kind returns the JSON type of a value, as answers name it.
func kind(raw json.RawMessage) string {
	switch {
	case raw == nil:
		return "absent"
	case raw[0] == '"':
		return "a text"
	case raw[0] == '{':
		return "an object"
	case raw[0] == '[':
		return "a list"
	case string(raw) == "true", string(raw) == "false":
		return "a boolean"
	case string(raw) == "null":
		return "null"
	}
	return "a number"
}

// joined returns names as an answer, or "none".
func joined(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// sleep waits, or returns the error of a context that ends first.
func sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
