package conformance

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// Outcome compares an answer with the expected one.
type Outcome string

// The outcomes. Only Failed means that the run failed.
const (
	Same     Outcome = "same"
	Differs  Outcome = "differs"
	Unclear  Outcome = "unclear"
	NotAsked Outcome = "not asked"
	Failed   Outcome = "failed"
)

// Report is the result of a run, to attach to an issue. It contains no secret, account, or task ID.
type Report struct {
	Date       string   `json:"date"`
	AnsweredBy string   `json:"answered_by"`
	Note       string   `json:"note"`
	Questions  []Result `json:"questions"`
	NotRemoved []string `json:"not_removed"` // what the run left behind, though it tried to remove it
	Kept       []string `json:"kept"`        // what the service cannot remove
	Problem    string   `json:"problem"`     // why the run ended early, "" if it did not
}

// Result is a question with its answer.
type Result struct {
	ID       string   `json:"id"`
	Question string   `json:"question"`
	Source   string   `json:"source"`
	Expected string   `json:"expected"`
	Answered string   `json:"answered"` // "" if there is no answer
	Outcome  Outcome  `json:"outcome"`
	Reason   string   `json:"reason"`   // why there is no answer
	How      string   `json:"how"`      // what is sent, and how the answer is read
	Requests []string `json:"requests"` // the commands that were sent
	Info     string   `json:"info"`     // the service's own text with a rejection
}

// The notes of reports.
const (
	serviceNote  = "Expected is what the provider or its emulator assumes. A difference is a reason to open an issue, and no failure."
	emulatorNote = "These answers are the picks of the emulator, and not the behavior of the service. They show only that the questions work."
)

// Failed reports whether the run failed: a question could not be asked because of an error, or something is left behind.
func (r Report) Failed() bool {
	for _, result := range r.Questions {
		if result.Outcome == Failed {
			return true
		}
	}
	return r.Problem != "" || len(r.NotRemoved) > 0
}

// WriteJSON writes the report as JSON.
func (r Report) WriteJSON(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(r)
}

// WriteTable writes the report for people: the answers, and then the questions without one.
func (r Report) WriteTable(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(format string, values ...any) { _, _ = fmt.Fprintf(table, format+"\n", values...) }
	line("Answered by %s on %s.\n%s\n", r.AnsweredBy, r.Date, r.Note)
	line("QUESTION\tEXPECTED\tANSWERED\tOUTCOME")
	var open []Result
	counts := map[Outcome]int{}
	for _, result := range r.Questions {
		counts[result.Outcome]++
		if result.Answered == "" {
			open = append(open, result)
			continue
		}
		line("%s: %s\t%s\t%s\t%s", result.ID, result.Question, result.Expected, result.Answered, result.Outcome)
	}
	if len(open) > 0 {
		line("\nQUESTION WITHOUT AN ANSWER\tEXPECTED\tOUTCOME\tREASON")
	}
	for _, result := range open {
		line("%s: %s\t%s\t%s\t%s", result.ID, result.Question, result.Expected, result.Outcome, result.Reason)
	}
	var totals []string
	for _, outcome := range []Outcome{Same, Differs, Unclear, NotAsked, Failed} {
		totals = append(totals, fmt.Sprintf("%d %s", counts[outcome], outcome))
	}
	line("\n%d questions: %s.", len(r.Questions), strings.Join(totals, ", "))
	for _, what := range r.NotRemoved {
		line("Not removed: %s", what)
	}
	for _, what := range r.Kept {
		line("Kept: %s", what)
	}
	if r.Problem != "" {
		line("The run ended early: %s", r.Problem)
	}
	return table.Flush()
}
