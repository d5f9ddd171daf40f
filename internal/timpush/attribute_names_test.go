package timpush

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

var _ = register("get_attr_name", func(t *testing.T, client *Client, _ []string) (string, error) {
	t.Helper()
	names, err := client.GetAttributeNames(t.Context())
	if err != nil && names != nil {
		t.Errorf("an error with names: %v", err)
	}
	return fmt.Sprintf("%+v", names), err
})

func TestGetAttributeNames(t *testing.T) {
	t.Parallel()
	const envelope = `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0`
	for body, want := range map[string][]AttributeName{
		string(golden(t, "get_attr_name_response.json")): {{"0", "sex", "0"}, {"1", "city", "0"}, {"2", "country", "1"}},
		envelope + `}`: {},
		envelope + `,"AttrNames":null,"AttrTypes":null}`:                                     {},
		envelope + `,"AttrNames":{"10":"b","9":"a","x":7},"AttrTypes":{"9":"1","x":null}}`:   {{"9", "a", "1"}, {"10", "b", ""}, {"x", "7", ""}},
		envelope + `,"AttrNames":{"` + testKey + `":"` + testKey + `"},"AttrTypes":{"5":1}}`: {{redacted, redacted, ""}},
		envelope + `,"AttrNames":["sex"]}`:                                                   nil,
		envelope + `,"AttrTypes":[0]}`:                                                       nil,
	} {
		got, err := newTestClient(t, testConfig(responses(body))).GetAttributeNames(t.Context())
		if (err == nil) != (want != nil) || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, %v; want %v", body, got, err, want)
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
