package kit

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

var readAttributes = Operation{Name: OperationRead, Verb: "read", Object: "User Attributes"}

// Times are in milliseconds.
func TestElapsedIsRounded(t *testing.T) {
	t.Parallel()
	failure := &timpush.RequestError{Attempts: 2, Elapsed: 1234567890, Err: &timpush.ServiceError{Code: 70009}}
	text := problem(readAttributes, failure, time.Minute, Notes{}).Detail()
	if !strings.HasSuffix(text, "\nAttempts: 2 in 1.235s") {
		t.Errorf("the detail is %q", text)
	}
}

// An error of a kind that the client does not give is reported all the same.
func TestUnexpectedError(t *testing.T) {
	t.Parallel()
	const want = "The request could not be made: odd. Please report this as a bug of the provider."
	if text := problem(readAttributes, errors.New("odd"), time.Minute, Notes{}).Detail(); text != want {
		t.Errorf("the detail is %q", text)
	}
}

// Results that do not fit the schema are an error, not a panic, and nothing of
// them is taken.
func TestResultsThatDoNotFit(t *testing.T) {
	t.Parallel()
	block := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"tags": tftypes.String}}
	config := tfsdk.Config{Raw: tftypes.NewValue(block, map[string]tftypes.Value{"tags": tftypes.NewValue(tftypes.String, nil)})}
	raw, diags := WithResults(config, map[string]tftypes.Value{"tags": tftypes.NewValue(tftypes.Number, 1)})
	if !diags.HasError() || !raw.Equal(config.Raw) {
		t.Errorf("got %s, %v", raw, diags)
	}
}
