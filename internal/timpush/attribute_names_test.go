package timpush

import (
	"context"
	"errors"
	"io"
	"net/http"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

func TestGetAttributeNames(t *testing.T) {
	t.Parallel()
	const envelope = `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0`
	for body, want := range map[string][]AttributeName{
		string(golden(t, "get_attr_name_reply.json")): {{"0", "sex", "0"}, {"1", "city", "0"}, {"2", "country", "1"}},
		envelope + `}`: {},
		envelope + `,"AttrNames":null,"AttrTypes":null}`:                                     {},
		envelope + `,"AttrNames":{"10":"b","9":"a","x":7},"AttrTypes":{"9":"1","x":null}}`:   {{"9", "a", "1"}, {"10", "b", ""}, {"x", "7", ""}},
		envelope + `,"AttrNames":{"` + testKey + `":"` + testKey + `"},"AttrTypes":{"5":1}}`: {{redacted, redacted, ""}},
		envelope + `,"AttrNames":["sex"]}`:                                                   nil,
		envelope + `,"AttrTypes":[0]}`:                                                       nil,
	} {
		var sent string
		got, err := newTestClient(t, testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
			content, err := io.ReadAll(request.Body)
			if sent = request.URL.Path + " " + string(content); err != nil {
				return nil, err
			}
			return responses(body).RoundTrip(request)
		}))).GetAttributeNames(t.Context())
		if (err == nil) != (want != nil) || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, %v; want %v", body, got, err, want)
		}
		if sent != "/v4/timpush/get_attr_name {}" { // a body is never empty (34620)
			t.Errorf("sent %s", sent)
		}
	}
}

func TestGetAttributeNamesIsInterrupted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, _ := scripted(t, emulator.Fault{Effect: emulator.Effect{Delay: time.Hour}})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := client.GetAttributeNames(ctx)
		var interrupted *InterruptedError
		if !errors.As(err, &interrupted) || !errors.Is(err, context.DeadlineExceeded) || interrupted.Total != 0 {
			t.Errorf("the error is %v", err)
		}
	})
}
