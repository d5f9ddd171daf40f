package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// Whatever the service says, a report has no secret, account, task ID, SDKAppID, or name of the app.
func TestReportHidesSecrets(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		seed := emptySeed()
		seed.AttributeNames = map[string]emulator.AttributeName{"0": {Name: "secret-city"}}
		service := newService(t, seed)
		var signatures []string
		gossip := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			signatures = append(signatures, r.URL.Query().Get("usersig"))
			response := httptest.NewRecorder()
			service.ServeHTTP(response, r)
			extra := fmt.Sprintf("%s %s %s %s %s secret-city %d", testKey, signatures[0], accountOne, accountTwo, registration, testApp)
			_, _ = w.Write(bytes.Replace(response.Body.Bytes(), []byte(`"ErrorInfo":"`), []byte(`"ErrorInfo":"`+extra), 1))
		})
		client := newRecorder(t, gossip)
		report := Run(t.Context(), fullSetup(), client, noProgress)
		report.NotRemoved = append(report.NotRemoved, "x")
		text := written(t, report)
		if !strings.Contains(text, "account 1") || !strings.Contains(text, "the RegistrationID") {
			t.Error("the texts of the service are not in the report, so that this test shows nothing")
		}
		hidden := []string{testKey[:24], signatures[0][:24], url.QueryEscape(signatures[0])[:24], accountOne, accountTwo, registration, "secret-city", fmt.Sprint(testApp), "batch_"}
		for _, request := range client.asked {
			for _, field := range []string{"TaskID", "TaskId"} {
				if id, ok := request.body[field].(string); ok && strings.ContainsAny(id, "0123456789") {
					hidden = append(hidden, id)
				}
			}
		}
		for _, secret := range hidden {
			if strings.Contains(text, secret) {
				t.Errorf("%q is in the report:\n%s", secret, text)
			}
		}
	})
}

// written returns a report in both forms.
func written(t *testing.T, report Report) string {
	t.Helper()
	var text bytes.Buffer
	if err := report.WriteTable(&text); err != nil {
		t.Error(err)
	}
	if err := report.WriteJSON(&text); err != nil {
		t.Error(err)
	}
	return text.String()
}

// The table has the answers, then the questions without one, and a sum; the JSON has the same.
func TestReport(t *testing.T) {
	t.Parallel()
	report := Report{
		Date: "2026-01-02", AnsweredBy: "an emulator on this machine", Note: emulatorNote,
		Questions: []Result{
			{ID: "a", Question: "Is a?", Expected: "yes", Outcome: NotAsked, Reason: "needs a day"},
			{ID: "b", Question: "Is b?", Expected: "yes", Answered: "no", Outcome: Differs},
		},
		Kept: []string{"a name"},
	}
	var table, asJSON bytes.Buffer
	if err := report.WriteTable(&table); err != nil {
		t.Error(err)
	}
	for _, line := range []string{
		"Answered by an emulator on this machine on 2026-01-02.", "are the picks of the emulator", "b: Is b?  yes       no        differs",
		"a: Is a?                    yes       not asked  needs a day", "2 questions: 0 same, 1 differs, 0 unclear, 1 not asked, 0 failed.", "Kept: a name",
	} {
		if !strings.Contains(table.String(), line) {
			t.Errorf("%q is not in\n%s", line, &table)
		}
	}
	if err := report.WriteJSON(&asJSON); err != nil {
		t.Error(err)
	}
	var decoded Report
	if err := json.Unmarshal(asJSON.Bytes(), &decoded); err != nil || len(decoded.Questions) != 2 || decoded.Questions[1].Answered != "no" {
		t.Errorf("%+v, %v", decoded, err)
	}
	if report.Failed() {
		t.Error("an answer that differs is a failure")
	}
	for _, failed := range []Report{{Problem: "x"}, {NotRemoved: []string{"x"}}, {Questions: []Result{{Outcome: Failed}}}} {
		if !failed.Failed() {
			t.Errorf("%+v is no failure", failed)
		}
	}
}

// Who answers is named without the host of an endpoint.
func TestAnsweredBy(t *testing.T) {
	t.Parallel()
	for endpoint, want := range map[string]string{
		"http://127.0.0.1:1": "an emulator on this machine", "https://adminapisgp.im.qcloud.com": "the service in the region singapore",
		"https://gateway.example.com": "the endpoint in TIMPUSH_ENDPOINT",
	} {
		u, err := url.Parse(endpoint)
		if err != nil {
			t.Fatal(err)
		}
		if got := (Setup{Endpoint: u}).answeredBy(); got != want {
			t.Errorf("%s: %q, want %q", endpoint, got, want)
		}
	}
}
