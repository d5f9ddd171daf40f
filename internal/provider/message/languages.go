package message

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// languages are texts in several languages: a map from language to texts, which is a
// list of objects in JSON.
type languages struct{ texts object }

// languageField is the field with the language in JSON.
const languageField = "Language"

func (k languages) attrType() attr.Type { return types.MapType{ElemType: k.texts.attrType()} }

func (languages) limits() string { return "" }

func (k languages) attribute(description string, required bool) schema.Attribute {
	return schema.MapNestedAttribute{
		MarkdownDescription: description, Required: required, Optional: !required,
		NestedObject: schema.NestedAttributeObject{Attributes: k.texts.attributes()},
	}
}

func (k languages) check(at path.Path, value attr.Value) (diags diag.Diagnostics) {
	m, _ := value.(types.Map)
	elements := m.Elements()
	for _, language := range slices.Sorted(maps.Keys(elements)) {
		texts, here := elements[language], at.AtMapKey(language)
		switch {
		case language == "":
			diags.Append(invalid(at, "has an empty language", "Set a language, such as \"zh\", or remove the texts.")...)
		case texts.IsNull():
			diags.Append(invalid(here, "is null", "Set its title and description, or remove it.")...)
		case isEmpty(texts):
			diags.Append(invalid(here, "is empty", "Set its title and description, or remove it. "+kit.HintMisspelled)...)
		default:
			diags.Append(k.texts.check(here, texts)...)
		}
	}
	return diags
}

// encode sorts by language, so that requests do not differ.
func (k languages) encode(value attr.Value) (any, bool) {
	m, _ := value.(types.Map)
	elements := m.Elements()
	list, known := make([]any, 0, len(elements)), !m.IsUnknown()
	for _, language := range slices.Sorted(maps.Keys(elements)) {
		if elements[language].IsNull() {
			continue
		}
		texts, isKnown := k.texts.encodeFields(elements[language])
		texts[languageField] = language
		list, known = append(list, texts), known && isKnown
	}
	return list, known
}

// decode decodes all languages or none.
func (k languages) decode(raw any) (attr.Value, any) {
	kind := types.ObjectType{AttrTypes: k.texts.types()}
	list, ok := raw.([]any)
	if !ok {
		return types.MapNull(kind), raw
	}
	elements := make(map[string]attr.Value, len(list))
	for _, element := range list {
		fields, _ := element.(map[string]any)
		language, _ := fields[languageField].(string)
		values, rest := k.texts.decodeFields(fields)
		if delete(rest, languageField); language == "" || elements[language] != nil || len(rest) > 0 {
			return types.MapNull(kind), raw
		}
		elements[language] = types.ObjectValueMust(kind.AttrTypes, values)
	}
	return types.MapValueMust(kind, elements), nil
}
