package owned

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"golang.org/x/text/unicode/norm"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// ImportState reads accounts, and owns what they have: everything, or only what the
// ID lists. The refresh that a CLI runs next records the app.
func (r *ownedResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	accounts, keep, err := r.kind.parseID(req.ID)
	if err != nil {
		resp.Diagnostics.AddError("Invalid Import ID", fmt.Sprintf("The import ID is not valid: %s. Use JSON such as %s; without %q, everything that the accounts have is imported.",
			err, r.kind.exampleID(), r.kind.ImportOnly))
		return
	}
	var result *timpush.Result[pairs]
	operation := r.operation(kit.OperationRead, "import", configOf(resp.State))
	operation.Timeouts = kit.NoTimeouts
	operation.MayDefer = req.ClientCapabilities.DeferralAllowed
	deferred, diags := r.Provider.Call(ctx, operation, func(ctx context.Context, client *timpush.Client) (err error) {
		result, err = r.kind.Read(client, ctx, accounts, keep, 0)
		return err
	})
	resp.Diagnostics.Append(diags...)
	if deferred {
		resp.Deferred = &resource.Deferred{Reason: resource.DeferredReasonProviderConfigUnknown}
	}
	if deferred || resp.Diagnostics.HasError() {
		return
	}
	if len(result.Errors) > 0 {
		resp.Diagnostics.AddError("Unable to Import "+r.kind.Title, fmt.Sprintf("%d of %d accounts could not be read, so nothing was imported. Correct the import ID, or remove the accounts from it.",
			len(result.Errors), len(result.Errors)+len(result.Read))+kit.AccountReasons(accounts, result.Errors, nil))
		return
	}
	resp.Diagnostics.Append(r.kind.missing(keep, result.Read)...)
	values := make(map[string]tftypes.Value, len(result.Read))
	for account, has := range result.Read {
		value, err := r.kind.Form.encode(has)
		if err != nil {
			resp.Diagnostics.Append(r.kind.encodeError(err))
			return
		}
		values[account] = value
	}
	attributes := nullAttributes(resp.State.Raw.Type())
	attributes[r.kind.Argument], attributes[errorsName] = r.kind.value(ctx, values), kit.AccountErrorsValue(ctx, nil)
	state, diags := kit.WithResults(configOf(resp.State), attributes)
	resp.Diagnostics.Append(diags...)
	resp.State.Raw = state
}

// missing warns of what the ID lists, and no account has.
func (k Kind) missing(keep timpush.Filter, read map[string]pairs) diag.Diagnostics {
	found := map[string]bool{}
	for _, has := range read {
		for name := range has {
			found[name] = true
		}
	}
	var missing []string
	for _, name := range slices.Sorted(maps.Keys(keep)) {
		if !found[name] {
			missing = append(missing, name)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic("Import Found Nothing", fmt.Sprintf(
		"None of the accounts has %s, which the import ID lists in %q. Check the spelling, or remove what the accounts do not have.", kit.QuoteFirst(missing), k.ImportOnly))}
}

// nullAttributes returns the attributes of an object, all null.
func nullAttributes(object tftypes.Type) map[string]tftypes.Value {
	attributes := map[string]tftypes.Value{}
	if object, ok := object.(tftypes.Object); ok {
		for name, kind := range object.AttributeTypes {
			attributes[name] = tftypes.NewValue(kind, nil)
		}
	}
	return attributes
}

func (k Kind) exampleID() string {
	return fmt.Sprintf(`{"accounts":["alice"],%q:[%q]}`, k.ImportOnly, k.ImportExample)
}

// parseID returns the accounts of an import ID, and what to keep of what they have.
func (k Kind) parseID(id string) (accounts []string, keep timpush.Filter, err error) {
	var fields map[string]json.RawMessage
	decoder := json.NewDecoder(bytes.NewReader([]byte(id)))
	if err := decoder.Decode(&fields); err != nil || fields == nil {
		return nil, nil, errors.New("it is not a JSON object")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, nil, errors.New("there is more after the JSON object")
	}
	for name, raw := range fields {
		if name != "accounts" && name != k.ImportOnly {
			return nil, nil, fmt.Errorf("%q is not a field", name)
		}
		var list []*string
		if err := json.Unmarshal(raw, &list); err != nil || len(list) == 0 {
			return nil, nil, fmt.Errorf("%q must be a list of strings that is not empty", name)
		}
		texts := make([]string, len(list))
		for i, text := range list {
			if text == nil || *text == "" {
				return nil, nil, fmt.Errorf("%q must not have null or empty elements", name)
			}
			texts[i] = norm.NFC.String(*text) // as the CLI keeps map keys
		}
		if name == "accounts" {
			accounts = texts
		} else {
			keep = timpush.KeepOnly(texts)
		}
	}
	if accounts == nil {
		return nil, nil, errors.New(`it has no "accounts"`)
	}
	return accounts, keep, nil
}
