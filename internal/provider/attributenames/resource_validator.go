package attributenames

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/text/unicode/norm"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// namesValidator rejects names that the service rejects or that can only be
// mistakes, and indexes that are invalid or occur twice.
type namesValidator struct{}

var _ validator.Map = namesValidator{}

const invalidNames = "Invalid Attribute Names"

func (namesValidator) Description(context.Context) string {
	return fmt.Sprintf("1 to %d names of 1 to %d bytes, each with its own index from %s", timpush.MaxNames, timpush.MaxNameBytes, indexRange)
}

func (v namesValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (namesValidator) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	elements := req.ConfigValue.Elements()
	switch count := len(elements); {
	case count == 0:
		resp.Diagnostics.AddAttributeError(req.Path, invalidNames, fmt.Sprintf("%s is empty. List at least one name, or remove the resource.", req.Path))
	case count > timpush.MaxNames:
		resp.Diagnostics.AddAttributeError(req.Path, invalidNames, fmt.Sprintf("%s has %d names, and the limit is %d. Remove some of them.", req.Path, count, timpush.MaxNames))
		return // so that there are not more errors than names
	}
	seen, indexes := map[string]string{}, map[int64]string{} // names by their NFC, and by index
	for _, name := range slices.Sorted(maps.Keys(elements)) {
		at := req.Path.AtMapKey(name)
		if text := nameProblem(name); text != "" {
			resp.Diagnostics.AddAttributeError(at, invalidNames, fmt.Sprintf("The name %s %s", kit.Quote(name), text))
		}
		normal := norm.NFC.String(name)
		if _, twice := seen[normal]; twice {
			resp.Diagnostics.AddAttributeError(at, invalidNames, fmt.Sprintf("The name %s is listed twice, with different Unicode characters. Remove one of them.", kit.Quote(name)))
		}
		seen[normal] = name
		object, ok := elements[name].(types.Object)
		if !ok || object.IsUnknown() {
			continue
		}
		if object.IsNull() {
			resp.Diagnostics.AddAttributeError(at, invalidNames, fmt.Sprintf("%s is null. Set it to an object with an index, or remove the name.", at))
			continue
		}
		number, ok := object.Attributes()[indexField].(indexValue)
		if !ok || number.IsUnknown() {
			continue
		}
		at = at.AtName(indexField)
		index, isIndex := number.index()
		if !isIndex {
			resp.Diagnostics.AddAttributeError(at, invalidNames, fmt.Sprintf("%s is %s. Set it to a whole number from %s.", at, number.text(), indexRange))
			continue
		}
		if other, twice := indexes[index]; twice {
			resp.Diagnostics.AddAttributeError(at, invalidNames, fmt.Sprintf("%s is %d, and so is the index of %s. Set one of them to another index.", at, index, kit.Quote(other)))
		}
		indexes[index] = name
	}
}

// nameProblem returns what is wrong with a name, and the fix, or "". Limits are in
// bytes of what the CLI sends, which is in NFC.
func nameProblem(name string) string {
	size := len(norm.NFC.String(name))
	switch {
	case size == 0:
		return "is empty. Remove it."
	case size > timpush.MaxNameBytes:
		return fmt.Sprintf("has %d bytes, and the limit is %d. Shorten it.", size, timpush.MaxNameBytes)
	case strings.TrimSpace(name) != name:
		return "begins or ends with whitespace. Remove the whitespace, for example with trimspace()."
	}
	return ""
}
