package kit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// message is the detail of a diagnostic: the cause in one sentence, the fix, and
// labeled facts.
type message struct {
	cause, fix string
	facts      []string
}

func (m message) String() string {
	text := m.cause + " " + m.fix
	if len(m.facts) > 0 {
		text += "\n\n" + strings.Join(m.facts, "\n")
	}
	return text
}

// Notes are facts about the provider's configuration for errors of requests.
type Notes struct {
	Proxy       string   // the environment variable that sets the proxy; "" if there is no proxy
	Endpoint    []string // facts about where requests go, for every error
	Credentials []string // facts about what signs requests, for errors about credentials
}

// problem turns an error of the client into a diagnostic. All kinds use it.
func problem(operation Operation, err error, timeout time.Duration, notes Notes) diag.Diagnostic {
	var (
		tooLarge    *timpush.TooLargeError
		interrupted *timpush.InterruptedError
	)
	switch {
	case errors.As(err, &tooLarge):
		return diag.NewAttributeErrorDiagnostic(path.Root("accounts"), operation.Summary(), tooLargeMessage(operation, tooLarge).String())
	case !errors.As(err, &interrupted):
		m := requestMessage(err, notes)
		for code, fix := range operation.Fixes {
			if timpush.IsCode(err, code) {
				m.fix = fix
			}
		}
		if timpush.IsUnclear(err) {
			m.fix = operation.unclearFix(m.fix)
		}
		return diag.NewErrorDiagnostic(operation.Summary(), m.String())
	case errors.Is(err, context.DeadlineExceeded):
		return diag.NewAttributeErrorDiagnostic(path.Root("timeouts"), operation.Summary(), timeoutMessage(operation, interrupted, timeout, notes).String())
	default:
		return diag.NewErrorDiagnostic(operation.Summary(), canceledMessage(operation, interrupted).String())
	}
}

func timeoutMessage(operation Operation, interrupted *timpush.InterruptedError, timeout time.Duration, notes Notes) message {
	m := message{
		cause: fmt.Sprintf("The %s timed out after %s.", operation.Verb, FormatDuration(timeout)),
		fix:   fmt.Sprintf("Set timeouts.%s to more than %s.", operation.Name, FormatDuration(timeout)),
		facts: notes.Endpoint,
	}
	if interrupted.Total > 0 { // the operation has items
		m.cause = fmt.Sprintf("The %s timed out after %s with %d of %d %s done.", operation.Verb, FormatDuration(timeout), interrupted.Done, interrupted.Total, operation.items())
		m.fix = fmt.Sprintf("Set timeouts.%s to more than %s, or %s.", operation.Name, FormatDuration(timeout), operation.fewer())
	}
	if interrupted.Last != nil { // the reason for the delay
		last := requestMessage(interrupted.Last, notes)
		m.cause += " Requests failed and were retried. " + last.cause
		m.fix, m.facts = m.fix+" "+last.fix, last.facts
	}
	return m
}

// unclearFix returns the fix for a request that may have been executed. An operation
// that must not run twice replaces advice to try again.
func (o Operation) unclearFix(fix string) string {
	switch {
	case o.Unclear == "":
		return fix
	case slices.Contains(fixesByRetry, fix):
		return o.Unclear
	default:
		return fix + " " + o.Unclear
	}
}

func canceledMessage(operation Operation, interrupted *timpush.InterruptedError) message {
	m := message{
		cause: "The " + operation.Verb + " was canceled.",
		fix:   cmp.Or(operation.Canceled, "Run the command again."),
	}
	if interrupted.Total > 0 {
		m.cause = fmt.Sprintf("The %s was canceled with %d of %d %s done.", operation.Verb, interrupted.Done, interrupted.Total, operation.items())
	}
	return m
}

// requestMessage explains why a request failed, after any retries.
func requestMessage(err error, notes Notes) message {
	var (
		request   *timpush.RequestError
		service   *timpush.ServiceError
		status    *timpush.HTTPError
		response  *timpush.ResponseError
		transport *timpush.TransportError
		m         message
		host      string
	)
	if errors.As(err, &request) {
		host = request.Host
	}
	switch {
	case errors.As(err, &service):
		m = serviceMessage(service)
		if isEmulator(host) && timpush.IsCode(err, timpush.CodeUserSigWrongKey) {
			m.fix = fixEmulatorKey
		}
		if timpush.IsCode(err, timpush.CodeBadParameter) && request != nil && timpush.IsDelivery(request.API) {
			m.fix = fixDelivery
		}
	case errors.As(err, &status):
		m = message{
			cause: fmt.Sprintf("The response has HTTP status %d, which the service never returns: it comes from a gateway, a proxy, or another server.", status.Status),
			fix:   httpFix(status.Status),
			facts: responseFacts(status.Status, status.ContentType, status.Size),
		}
	case errors.As(err, &response):
		m = message{
			cause: "The response " + response.Problem + ", so it was discarded.",
			fix:   fixResponse,
			facts: responseFacts(http.StatusOK, response.ContentType, response.Size),
		}
	case errors.As(err, &transport):
		m = message{
			cause: "The request failed: " + transport.Problem + ".",
			fix:   transportFix(transport.Cause, host, notes.Proxy),
		}
	default:
		return message{cause: "The request could not be sent: " + err.Error() + ".", fix: fixBug}
	}
	if request != nil {
		m.facts = append([]string{"API: " + request.API, "Host: " + host}, m.facts...)
		m.facts = append(m.facts, fmt.Sprintf("Attempts: %d in %s", request.Attempts, request.Elapsed.Round(time.Millisecond)))
	}
	if notes.Proxy != "" {
		m.facts = append(m.facts, "Proxy: set by "+notes.Proxy)
	}
	m.facts = append(m.facts, notes.Endpoint...)
	if timpush.IsCode(err, credentialCodes...) {
		m.facts = append(m.facts, notes.Credentials...)
	}
	return m
}

func serviceMessage(err *timpush.ServiceError) message {
	m := message{fix: CodeFix(err.Code)}
	switch {
	case err.Code == 0:
		m.cause = "The service rejected the request without an error code."
	case err.Meaning == "":
		m.cause = fmt.Sprintf("The service rejected the request with error code %d, which is not documented for this API.", err.Code)
	default:
		m.cause = "The service rejected the request: " + err.Meaning + "."
	}
	if err.Code != 0 {
		m.facts = append(m.facts, fmt.Sprintf("Error code: %d", err.Code))
	}
	if err.Info != "" {
		m.facts = append(m.facts, "Service text: "+Quote(err.Info))
	}
	return m
}

func responseFacts(status int, contentType string, size int) []string {
	return []string{
		fmt.Sprintf("HTTP status: %d", status),
		"Content type: " + Quote(contentType),
		fmt.Sprintf("Size: %d bytes", size),
	}
}

// AddToErrors adds a text to the end of each error's detail.
func AddToErrors(diags diag.Diagnostics, text string) (all diag.Diagnostics) {
	for _, d := range diags {
		switch at, has := d.(diag.DiagnosticWithPath); {
		case d.Severity() != diag.SeverityError:
			all.Append(d)
		case has:
			all.AddAttributeError(at.Path(), d.Summary(), d.Detail()+text)
		default:
			all.AddError(d.Summary(), d.Detail()+text)
		}
	}
	return all
}
