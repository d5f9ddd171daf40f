package timpush

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// sampleNames are the names on the API page (60563).
var sampleNames = []AttributeName{{"0", "sex", "0"}, {"1", "city", "0"}, {"2", "country", "0"}}

var _ = register("set_attr_name", func(t *testing.T, client *Client, _ []string) (string, error) {
	t.Helper()
	return "", client.SetAttributeNames(t.Context(), sampleNames)
})

// Names are set by index, with their types; others stay.
func TestSetAttributeNames(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, testConfig(handlerTransport{newEmulator(t, emulator.Seed{})}))
	for _, names := range [][]AttributeName{
		{{"0", "sex", "0"}, {"9", "device", "1"}},
		{{"0", "gender", "0"}, {"3", "城市", "1"}, {"9", "device", "1"}},
	} {
		if err := client.SetAttributeNames(t.Context(), names); err != nil {
			t.Fatal(err)
		}
	}
	got, err := client.GetAttributeNames(t.Context())
	if want := []AttributeName{{"0", "gender", "0"}, {"3", "城市", "1"}, {"9", "device", "1"}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
}

// A rejection has the meaning of the code for this command, and the service's text.
func TestSetAttributeNamesRejected(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, testConfig(handlerTransport{newEmulator(t, emulator.Seed{})}))
	if err := client.SetAttributeNames(t.Context(), sampleNames); err != nil {
		t.Fatal(err)
	}
	for info, names := range map[string][]AttributeName{
		"attrName:city already exists at index:1": {{"5", "city", "0"}},
		"attribute is not set, or invalid":        {{"5", "level", "0"}, {"1", "city", "1"}},
	} {
		err := client.SetAttributeNames(t.Context(), names)
		var failed *RequestError
		var service *ServiceError
		if !errors.As(err, &failed) || failed.Unclear || failed.API != "set_attr_name" || !errors.As(err, &service) ||
			service.Code != 90033 || service.Info != info || service.Meaning != "a name is repeated, or the account type of an index would change" {
			t.Errorf("%v: %v", names, err)
		}
	}
	if names, err := client.GetAttributeNames(t.Context()); err != nil || !reflect.DeepEqual(names, sampleNames) {
		t.Errorf("the names are %v, %v", names, err)
	}
	if err := client.SetAttributeNames(t.Context(), []AttributeName{{"5", "level", ""}}); err == nil || !strings.Contains(err.Error(), `the account type of index 5 is not a number: ""`) {
		t.Errorf("without an account type: %v", err)
	}
}

// Each failure says whether the names may have been set.
func TestSetAttributeNamesFails(t *testing.T) {
	t.Parallel()
	const lost = 5 // attempts
	for name, test := range map[string]struct {
		faults   []emulator.Fault
		attempts int // 0 if the names are set in the end
		unclear  bool
	}{
		"wrong key":               {[]emulator.Fault{always(70009)}, 1, false},
		"unknown code":            {[]emulator.Fault{always(12345)}, 1, true},
		"too frequent":            {[]emulator.Fault{always(60007)}, lost, false},
		"internal":                {[]emulator.Fault{always(91000)}, lost, true},
		"bad gateway":             {[]emulator.Fault{{Effect: emulator.Effect{Status: http.StatusBadGateway}}}, lost, true},
		"forbidden by a gateway":  {[]emulator.Fault{{Effect: emulator.Effect{Status: http.StatusForbidden}}}, 1, true},
		"not JSON":                {[]emulator.Fault{{Effect: emulator.Effect{Body: "<html>"}}}, 1, true},
		"cut short":               {[]emulator.Fault{{Effect: emulator.Effect{Body: `{"ActionStatus":`}}}, lost, true},
		"dropped":                 {[]emulator.Fault{{Effect: emulator.Effect{Drop: true}}}, lost, true},
		"no response":             {[]emulator.Fault{{Effect: emulator.Effect{Delay: time.Hour}}}, lost, true},
		"once":                    {[]emulator.Fault{once(91000)}, 0, false},
		"executed once, but lost": {[]emulator.Fault{{Times: 1, Effect: emulator.Effect{Execute: true, Drop: true}}}, 0, false},
		"lost, then rejected":     {[]emulator.Fault{{Times: 1, Effect: emulator.Effect{Execute: true, Drop: true}}, always(90033)}, 2, true},
		"frequent, then rejected": {[]emulator.Fault{once(60007), always(90033)}, 2, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			service := newEmulator(t, emulator.Seed{})
			service.Script(test.faults...)
			err := newTestClient(t, testConfig(pipedTransport(t, service))).SetAttributeNames(t.Context(), sampleNames)
			var failed *RequestError
			switch {
			case test.attempts == 0:
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
			case !errors.As(err, &failed) || failed.Attempts != test.attempts || failed.Unclear != test.unclear:
				t.Errorf("%s: %v (%+v)", name, err, failed)
			}
		})
	}
}

// A call that ends before its response may have been executed; one that ends
// before it is sent was not.
func TestSetAttributeNamesInterrupted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, service := scripted(t, emulator.Fault{Effect: emulator.Effect{Delay: time.Hour}})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		for _, unclear := range []bool{true, false} {
			var interrupted *InterruptedError
			if err := client.SetAttributeNames(ctx, sampleNames); !errors.As(err, &interrupted) || interrupted.Unclear != unclear || interrupted.Total != 0 {
				t.Errorf("the error is %v", err)
			}
		}
		if requests := len(service.Journal()); requests != 1 {
			t.Errorf("%d requests", requests)
		}
	})
}

// The key never appears in an error.
func TestSetAttributeNamesIsRedacted(t *testing.T) {
	t.Parallel()
	client, _ := scripted(t, emulator.Fault{Effect: emulator.Effect{Code: 90033, Info: "attrName:" + testKey + " already exists at index:1"}})
	err := client.SetAttributeNames(t.Context(), sampleNames)
	if text := fmt.Sprintf("%v %+v", err, err); !strings.Contains(text, redacted) || strings.Contains(text, testKey) {
		t.Errorf("the error is %s", text)
	}
}
