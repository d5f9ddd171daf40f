package owned

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"golang.org/x/text/unicode/norm"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

func (r *ownedResource) ValidateConfig(_ context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	b, diags := r.kind.decode(req.Config.Raw)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	root, summary := path.Root(r.kind.Argument), "Invalid "+r.kind.Title
	if len(b.accounts) > MostAccounts {
		resp.Diagnostics.AddAttributeError(root, summary, fmt.Sprintf("%s has %d accounts, and the limit is %d. Split the accounts across several resources.", root, len(b.accounts), MostAccounts))
	}
	var found mistakes
	for _, name := range b.names() {
		at := root.AtMapKey(name)
		if cause, bad := kit.AccountCause(name); bad {
			found.add(cause, "accounts", at)
		}
		written := b.accounts[name].written
		switch {
		case !written.IsKnown():
		case written.IsNull():
			found.add(kit.Cause{One: "is null", Many: "are null", Fix: "Remove accounts that are null, or set them to what they own."}, "accounts", at)
		default:
			if err := r.kind.Form.check(written, at, &found); err != nil {
				resp.Diagnostics.AddAttributeError(at, summary, "The value cannot be decoded. Report this as a bug in the provider.\n\nError: "+err.Error())
				return
			}
		}
	}
	resp.Diagnostics.Append(found.diagnostics(summary)...)
}

func (Values) check(value tftypes.Value, at path.Path, found *mistakes) error {
	var elements map[string]tftypes.Value
	if err := value.As(&elements); err != nil {
		return err
	}
	if len(elements) > timpush.MaxNames {
		found.add(tooMany("attributes", timpush.MaxNames), "accounts", at)
	}
	seen := make(map[string]bool, len(elements))
	for _, name := range slices.Sorted(maps.Keys(elements)) {
		here, key := at.AtMapKey(name), norm.NFC.String(name)
		switch {
		case key == "":
			found.add(kit.Cause{One: "has an empty name", Many: "have empty names", Fix: "Remove attributes without a name."}, "attributes", here)
		case len(key) > timpush.MaxNameBytes:
			found.addLong(tooLong("has a name that is too long", "have names that are too long", timpush.MaxNameBytes), "attributes", here, len(key))
		}
		if seen[key] {
			found.add(kit.Cause{
				One: "has the same name as another attribute of the account, in another Unicode form", Many: "have the same names as other attributes of their accounts, in another Unicode form",
				Fix: "Remove one of them.",
			}, "attributes", here)
		}
		seen[key] = true
		if err := checkText(elements[name], timpush.MaxValueBytes, "values", here, found); err != nil {
			return err
		}
	}
	return nil
}

func (Names) check(value tftypes.Value, at path.Path, found *mistakes) error {
	var elements []tftypes.Value
	if err := value.As(&elements); err != nil {
		return err
	}
	p, _, err := Names{}.decode(value)
	if err != nil {
		return err
	}
	if len(p) > timpush.MaxTags {
		found.add(tooMany("different tags", timpush.MaxTags), "accounts", at)
	}
	for i, element := range elements {
		if err := checkText(element, timpush.MaxTagBytes, "tags", at.AtListIndex(i), found); err != nil {
			return err
		}
	}
	return nil
}

// checkText checks a text; values is what such texts are called.
func checkText(value tftypes.Value, longest int, values string, at path.Path, found *mistakes) error {
	text, known, err := textOf(value)
	switch {
	case err != nil:
		return err
	case value.IsNull():
		found.add(kit.Cause{One: "is null", Many: "are null", Fix: "Remove " + values + " that are null."}, values, at)
	case known && text == "":
		found.add(kit.Cause{One: "is empty", Many: "are empty", Fix: "Remove empty " + values + "."}, values, at)
	case len(text) > longest:
		found.addLong(tooLong("is too long", "are too long", longest), values, at, len(text))
	}
	return nil
}

func tooLong(one, many string, longest int) kit.Cause {
	return kit.Cause{One: one, Many: many, Fix: fmt.Sprintf("The limit is %d bytes in UTF-8.", longest)}
}

// tooMany is that an account has too many pairs.
func tooMany(what string, most int) kit.Cause {
	return kit.Cause{
		One: fmt.Sprintf("has more than %d %s", most, what), Many: fmt.Sprintf("have more than %d %s", most, what),
		Fix: "Remove some of them.",
	}
}
