// Package conformance asks the push service the questions that its documentation leaves open, with two throw-away accounts,
// and reports the answers next to those that the provider and its emulator assume. Numbers such as 60564 are pages of
// tencentcloud.com/document/product/1047, and those such as 269/137903 of cloud.tencent.com/document/product.
//
// Every request passes guard.go, which lets no push reach anyone but the two accounts.
package conformance

import (
	"context"
	"fmt"
	"slices"
)

// Question is a question about the service.
type Question struct {
	ID       string // such as "tags-none"
	Text     string
	Source   string // the pages that leave it open
	Expected string // the answer that the provider or its emulator assumes
	How      string // what is sent, and how the answer is read
	Closed   string // why this tool cannot ask it; "" if it can

	ask func(context.Context, *session) (answer string, err error)
}

// Questions returns all questions, in the order in which they are asked.
func Questions() []Question {
	return slices.Concat(untouched, gateway, tags, names, attributes, scheduled, notifications, pushes, delivery)
}

// closed returns a question that this tool cannot ask.
func closed(id, text, source, expected, why string) Question {
	return Question{ID: id, Text: text, Source: source, Expected: expected, Closed: why}
}

// notAskedError is why a question is not asked in this run.
type notAskedError struct{ reason string }

func (e *notAskedError) Error() string { return e.reason }

func notAsked(format string, values ...any) error {
	return &notAskedError{fmt.Sprintf(format, values...)}
}

// unclearError is why a question has no answer although it was asked.
type unclearError struct{ reason string }

func (e *unclearError) Error() string { return e.reason }

func unclear(format string, values ...any) error {
	return &unclearError{fmt.Sprintf(format, values...)}
}
