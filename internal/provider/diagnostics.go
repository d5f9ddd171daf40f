package provider

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// message is the detail of a diagnostic: one sentence of cause, what to do, and
// labelled facts below.
type message struct {
	cause, remedy string
	facts         []string
}

func (m message) String() string {
	text := m.cause + " " + m.remedy
	if len(m.facts) > 0 {
		text += "\n\n" + strings.Join(m.facts, "\n")
	}
	return text
}

// readProblem is the one place that turns an error of the client into a
// diagnostic. operation names the time-out that bounds the read, such as "read".
func readProblem(summary string, err error, operation string, timeout time.Duration) diag.Diagnostic {
	var interrupted *timpush.InterruptedError
	if !errors.As(err, &interrupted) {
		return diag.NewErrorDiagnostic(summary, requestMessage(err).String())
	}
	when, again, fewer := "", "", ""
	if interrupted.Total > 0 { // it is of accounts
		when = fmt.Sprintf(" when %d of %d accounts had been read", interrupted.Done, interrupted.Total)
		again, fewer = " to read them all", ", or ask for fewer accounts"
	}
	if !errors.Is(err, context.DeadlineExceeded) {
		return diag.NewErrorDiagnostic(summary, "The read was cancelled"+when+". Run the command again"+again+".")
	}
	m := message{
		cause:  fmt.Sprintf("The read was not done within %s%s.", timeout, strings.Replace(when, " when", ":", 1)),
		remedy: fmt.Sprintf("Raise timeouts.%s%s.", operation, fewer),
	}
	if interrupted.Last != nil { // why it took so long
		last := requestMessage(interrupted.Last)
		m.cause += " Requests failed and were repeated. " + last.cause
		m.remedy = last.remedy
		m.facts = last.facts
	}
	return diag.NewAttributeErrorDiagnostic(path.Root("timeouts"), summary, m.String())
}

// requestMessage explains why a request failed for good.
func requestMessage(err error) message {
	var (
		request   *timpush.RequestError
		service   *timpush.ServiceError
		answer    *timpush.HTTPError
		reply     *timpush.ResponseError
		transport *timpush.TransportError
		m         message
	)
	switch {
	case errors.As(err, &service):
		m = serviceMessage(service)
	case errors.As(err, &answer):
		m = httpMessage(answer)
	case errors.As(err, &reply):
		m = message{
			cause:  "The answer " + reply.Problem + ", so nothing of it was used.",
			remedy: "Check that endpoint (TIMPUSH_ENDPOINT) or region (TIMPUSH_REGION), and any proxy on the way, lead to the service; if they do, report this as a bug of the provider.",
			facts:  answerFacts(http.StatusOK, reply.ContentType, reply.Size),
		}
	case errors.As(err, &transport):
		m = message{
			cause:  "No answer came from the service: " + transport.Problem + ".",
			remedy: kit.TransportFix(transport.Cause),
		}
	default:
		return message{cause: "The request could not be made: " + err.Error() + ".", remedy: "Please report this as a bug of the provider."}
	}
	if errors.As(err, &request) {
		m.facts = append([]string{"API: " + request.API, "Host: " + request.Host}, m.facts...)
		m.facts = append(m.facts, fmt.Sprintf("Attempts: %d in %s", request.Attempts, request.Elapsed.Round(time.Millisecond)))
	}
	return m
}

func serviceMessage(err *timpush.ServiceError) message {
	m := message{cause: "The service refused the request: " + err.Meaning + ".", remedy: kit.CodeFix(err.Code)}
	switch {
	case err.Code == 0:
		m.cause = "The service refused the request, and gave no error code."
		m.remedy = "Go by the service's text, if there is one below, or ask Tencent Cloud support."
	case err.Meaning == "":
		m.cause = fmt.Sprintf("The service refused the request: error code %d, which is not documented for this API.", err.Code)
	}
	if err.Code != 0 {
		m.facts = append(m.facts, fmt.Sprintf("Error code: %d", err.Code))
	}
	if err.Info != "" {
		m.facts = append(m.facts, "Service text: "+quote(err.Info))
	}
	return m
}

func httpMessage(err *timpush.HTTPError) message {
	m := message{
		cause: fmt.Sprintf("The answer has HTTP status %d, which the service does not give: it comes from a gateway or proxy on the way, or from another server.", err.Status),
		facts: answerFacts(err.Status, err.ContentType, err.Size),
	}
	switch {
	case err.Status >= 300 && err.Status < 400:
		m.remedy = "Redirects are not followed, since they would carry the UserSig elsewhere: set endpoint (TIMPUSH_ENDPOINT) to where the service really is."
	case err.Status >= 500, err.Status == http.StatusTooManyRequests, err.Status == http.StatusRequestTimeout:
		m.remedy = "Try again later; if the problem persists, check endpoint (TIMPUSH_ENDPOINT) and any proxy."
	default:
		m.remedy = "Check endpoint (TIMPUSH_ENDPOINT) or region (TIMPUSH_REGION), and any proxy."
	}
	return m
}

func answerFacts(status int, contentType string, size int) []string {
	return []string{
		fmt.Sprintf("HTTP status: %d", status),
		"Content type: " + quote(contentType),
		fmt.Sprintf("Size: %d bytes", size),
	}
}
