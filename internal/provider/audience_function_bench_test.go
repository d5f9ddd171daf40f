package provider

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// BenchmarkAudience calls the function with 100,000 accounts, half of which are
// reached, from the encoded request to the encoded response.
func BenchmarkAudience(b *testing.B) {
	const accounts = 100_000
	text := func(text string) tftypes.Value { return tftypes.NewValue(tftypes.String, text) }
	attributes := tftypes.Map{ElementType: tftypes.String}
	tags := tftypes.List{ElementType: tftypes.String}
	byAttributes, byTags := map[string]tftypes.Value{}, map[string]tftypes.Value{}
	for i := range accounts {
		name, city, level := fmt.Sprintf("user%06d", i), []string{"ShenZhen", "BeiJing"}[i%2], []string{"gold", "silver"}[i%2]
		byAttributes[name] = tftypes.NewValue(attributes, map[string]tftypes.Value{"city": text(city), "level": text("gold"), "sex": text("male")})
		byTags[name] = tftypes.NewValue(tags, []tftypes.Value{text("all"), text(level), text("android")})
	}
	objectTypes := map[string]tftypes.Type{}
	for name := range byAttributes {
		objectTypes[name] = attributes
	}
	p := newProtocol(b, nil, nil)
	for name, users := range map[string]struct {
		condition map[string]any
		users     tftypes.Value
	}{
		"attributes": {map[string]any{"attributes_and": map[string]any{"city": "ShenZhen", "level": "gold"}}, tftypes.NewValue(tftypes.Map{ElementType: attributes}, byAttributes)},
		"tags":       {map[string]any{"tags_and": []any{"gold", "all"}, "tags_not": []any{"ios"}}, tftypes.NewValue(tftypes.Map{ElementType: tags}, byTags)},
		"object":     {map[string]any{"attributes_and": map[string]any{"city": "ShenZhen", "level": "gold"}}, tftypes.NewValue(tftypes.Object{AttributeTypes: objectTypes}, byAttributes)},
	} {
		b.Run(name, func(b *testing.B) {
			arguments := []*tfprotov6.DynamicValue{dynamic(b, literal(users.condition)), dynamic(b, users.users)}
			for b.Loop() {
				response, err := p.server.CallFunction(b.Context(), &tfprotov6.CallFunctionRequest{Name: "audience", Arguments: arguments})
				if err != nil || response.Error != nil {
					b.Fatal(err, response.Error)
				}
			}
			b.ReportAllocs()
		})
	}
}
