package conformance

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Run asks all questions, cleans up, and returns the report. If ctx ends, the remaining questions are not asked, and it cleans
// up all the same. progress is called before each question.
func Run(ctx context.Context, setup Setup, client asker, progress func(id string)) Report {
	return runQuestions(ctx, setup, client, Questions(), progress)
}

// runQuestions is [Run] for some questions.
func runQuestions(ctx context.Context, setup Setup, client asker, questions []Question, progress func(id string)) Report {
	s := newSession(setup, client)
	report := Report{Date: time.Now().UTC().Format(time.DateOnly), AnsweredBy: setup.answeredBy(), Note: serviceNote}
	if setup.emulated() {
		report.Note = emulatorNote
	}
	if err := s.start(ctx); err != nil {
		report.Problem = s.mask(err.Error())
	}
	for _, question := range questions {
		switch {
		case question.Closed != "":
			report.Questions = append(report.Questions, question.result(NotAsked, "", question.Closed))
		case report.Problem != "":
			report.Questions = append(report.Questions, question.result(NotAsked, "", "the run ended early"))
		default:
			progress(question.ID)
			report.Questions = append(report.Questions, s.answer(ctx, question))
			if ctx.Err() != nil {
				report.Problem = "it was interrupted"
			}
		}
	}
	progress("cleanup")
	for _, what := range s.cleanUp(ctx) {
		report.NotRemoved = append(report.NotRemoved, s.mask(what))
	}
	report.Kept = s.kept()
	return report
}

// start checks that the questions can be asked.
func (s *session) start(ctx context.Context) error {
	if err := s.checkEmpty(ctx); err != nil {
		return err
	}
	return s.readNames(ctx)
}

// answer asks a question.
func (s *session) answer(ctx context.Context, question Question) Result {
	s.requests, s.info = nil, ""
	answered, err := question.ask(ctx, s)
	var skipped *notAskedError
	var open *unclearError
	outcome, reason := Differs, ""
	switch {
	case errors.As(err, &skipped):
		outcome, answered, reason = NotAsked, "", skipped.reason
	case errors.As(err, &open):
		outcome, answered, reason = Unclear, "", open.reason
	case err != nil && ctx.Err() != nil:
		outcome, answered, reason = NotAsked, "", "the run was interrupted"
	case err != nil:
		outcome, answered, reason = Failed, "", fmt.Sprint(err)
	case answered == question.Expected:
		outcome = Same
	}
	result := question.result(outcome, s.mask(answered), s.mask(reason))
	result.Requests, result.Info = s.requests, s.mask(s.info)
	return result
}

func (q Question) result(outcome Outcome, answered, reason string) Result {
	return Result{
		ID: q.ID, Question: q.Text, Source: q.Source, Expected: q.Expected, How: q.How,
		Outcome: outcome, Answered: answered, Reason: reason,
	}
}
