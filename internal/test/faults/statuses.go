package faults

import (
	"fmt"
	"net/http"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// statuses are HTTP statuses, which come from gateways and proxies only: the
// service always responds with 200 (60564).
func statuses() []Fault {
	var all []Fault
	for _, statuses := range []struct {
		outcome Outcome
		numbers []int
	}{
		{Transient, []int{408, 429, 500, 502, 503, 504}},
		{Final, []int{204, 206, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 407, 413, 414, 418, 600, 999}},
	} {
		for _, number := range statuses.numbers {
			effect := emulator.Effect{Status: number, Header: http.Header{"Content-Type": {"text/html"}}}
			if number != http.StatusNoContent { // 204 has no body
				effect.Body, effect.EchoSignature = "<html>", true
			}
			if number >= 300 && number < 400 {
				effect.Header.Set("Location", "/v4/timpush/get_attr")
			}
			all = append(all, Fault{
				Name:      fmt.Sprintf("status %d", number),
				Effect:    effect,
				Outcome:   statuses.outcome,
				ErrorText: fmt.Sprintf("HTTP status %d", number),
			})
		}
	}
	return all
}
