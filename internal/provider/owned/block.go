package owned

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// account is an account in a block.
type account struct {
	pairs   pairs
	written tftypes.Value // the pairs as they are written in the block
	known   bool
}

// block is what a block says. A block that does not exist has no accounts.
type block struct {
	accounts map[string]account
	known    bool // nothing in the argument is unknown
	argument tftypes.Value
	errors   tftypes.Value
	isWarn   bool // on_account_error is "warn", or unknown in a plan, which a CLI makes again in apply
}

// decode decodes a configuration, plan, or state. It uses no reflection, which is
// slow for 10,000 accounts.
func (k Kind) decode(raw tftypes.Value) (block, diag.Diagnostics) {
	b := block{accounts: map[string]account{}, known: true}
	if raw.IsNull() {
		return b, nil
	}
	if err := k.decodeInto(&b, raw); err != nil {
		return b, diag.Diagnostics{diag.NewErrorDiagnostic("Unable to Decode "+k.Title, "The block does not match the schema. Report this as a bug in the provider.\n\nError: "+err.Error())}
	}
	return b, nil
}

func (k Kind) decodeInto(b *block, raw tftypes.Value) error {
	var attributes map[string]tftypes.Value
	if err := raw.As(&attributes); err != nil {
		return err
	}
	b.argument, b.errors = attributes[k.Argument], attributes[errorsName]
	mode, known, err := textOf(attributes[onAccountError])
	if err != nil {
		return err
	}
	b.isWarn = mode == kit.OnAccountErrorWarn || !known
	if !b.argument.IsKnown() {
		b.known = false
		return nil
	}
	var elements map[string]tftypes.Value
	if err := b.argument.As(&elements); err != nil {
		return err
	}
	for name, element := range elements {
		p, known, err := k.Form.decode(element)
		if err != nil {
			return err
		}
		b.accounts[name] = account{p, element, known}
		b.known = b.known && known
	}
	return nil
}

// names returns the accounts, sorted.
func (b block) names() []string { return slices.Sorted(maps.Keys(b.accounts)) }

// holders returns the accounts that have pairs, sorted.
func (b block) holders() []string {
	return slices.DeleteFunc(b.names(), func(name string) bool { return len(b.accounts[name].pairs) == 0 })
}

// equals reports whether blocks have the same accounts with the same pairs. Both
// must be known.
func (b block) equals(other block) bool {
	return maps.EqualFunc(b.accounts, other.accounts, func(x, y account) bool { return maps.Equal(x.pairs, y.pairs) })
}

// value returns the argument with what accounts have.
func (k Kind) value(ctx context.Context, accounts map[string]tftypes.Value) tftypes.Value {
	return tftypes.NewValue(tftypes.Map{ElementType: k.Form.elementType().TerraformType(ctx)}, accounts)
}
