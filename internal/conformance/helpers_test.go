package conformance

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

const (
	testApp      = 1400000000
	testKey      = "canary0123456789abcdef0123456789abcdef0123456789abcdef0123456789"
	accountOne   = "throwaway-one"
	accountTwo   = "throwaway-two"
	registration = "379C2F0D-290D-47AE-94D1-919058C39C77"
)

// asked is a request of a run.
type asked struct {
	api  string
	body map[string]any
}

// recorder passes questions to the service, and records them. It calls before each, unless that is nil, with the number of
// requests so far.
type recorder struct {
	next   asker
	before func(number int, api string) error
	asked  []asked
}

func (r *recorder) Ask(ctx context.Context, api string, body json.RawMessage) (json.RawMessage, error) {
	var decoded map[string]any
	if err := json.Unmarshal(body, &decoded); err != nil {
		return nil, err
	}
	r.asked = append(r.asked, asked{api, decoded})
	if r.before != nil {
		if err := r.before(len(r.asked), api); err != nil {
			return nil, err
		}
	}
	return r.next.Ask(ctx, api, body)
}

// handlerTransport passes requests to a handler in memory, so that virtual time works.
type handlerTransport struct{ http.Handler }

func (t handlerTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	if trace := httptrace.ContextClientTrace(request.Context()); trace != nil {
		trace.GotConn(httptrace.GotConnInfo{})
	}
	response := httptest.NewRecorder()
	t.ServeHTTP(response, request)
	return response.Result(), nil
}

// emptySeed has two accounts and a RegistrationID that have nothing, and another account, and no attribute names.
func emptySeed() emulator.Seed {
	return emulator.Seed{Accounts: map[string]emulator.Account{
		accountOne: {}, accountTwo: {}, "somebody": {Tags: []string{"theirs"}},
		registration: {Type: "registration_id"},
	}}
}

func newService(t *testing.T, seed emulator.Seed) *emulator.Emulator {
	t.Helper()
	service, err := emulator.New(emulator.Options{SDKAppID: testApp, Key: testKey, Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	return service
}

// newRecorder returns a recorder of a client of the service.
func newRecorder(t *testing.T, service http.Handler) *recorder {
	t.Helper()
	client, err := timpush.New(timpush.Config{
		SDKAppID: testApp, Endpoint: &url.URL{Scheme: "https", Host: "timpush.invalid"}, Identifier: "administrator",
		SecretKey: timpush.NewSecret(testKey), RequestsPerSecond: 100, RequestTimeout: 10 * time.Second,
		UserAgent: "test", Transport: handlerTransport{service},
	})
	if err != nil {
		t.Fatal(err)
	}
	return &recorder{next: client}
}

// fullSetup allows every question.
func fullSetup() Setup {
	return Setup{
		SDKAppID: testApp, Endpoint: &url.URL{Scheme: "http", Host: "127.0.0.1:8080"},
		Accounts: [2]string{accountOne, accountTwo}, RegistrationID: registration, Names: true, Wait: time.Minute,
	}
}

func noProgress(string) {}

// questionsOf returns the questions with these IDs.
func questionsOf(t *testing.T, ids ...string) []Question {
	t.Helper()
	found := slices.DeleteFunc(Questions(), func(q Question) bool { return !slices.Contains(ids, q.ID) })
	if len(found) != len(ids) {
		t.Fatalf("not all of %q are questions", ids)
	}
	return found
}
