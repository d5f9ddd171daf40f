package message

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Random notifications, valid or not, are sent and read as the same notification.
func TestNotificationRoundTrip(t *testing.T) {
	t.Parallel()
	r := random{rand.New(rand.NewPCG(17, 17))}
	for range 100 {
		values := r.fields(notificationFields)
		values[jsonName] = types.StringNull()
		if r.IntN(2) == 0 {
			values[jsonName] = types.StringValue(jsonText(r.extra(values)))
		}
		value := types.ObjectValueMust(notificationTypes(), values)
		request, known := ReadNotification(value)
		if read := NotificationValue(decoded(t, encoded(t, request))); !known || !read.Equal(value) {
			t.Fatalf("%s is sent as %s and read as %s", value, encoded(t, request), read)
		}
		CheckNotification(notificationPath, value)
	}
}

// random makes random values in the form in which they are read: JSON as jsonencode()
// writes it.
type random struct{ *rand.Rand }

func (r random) fields(table object) map[string]attr.Value {
	values := map[string]attr.Value{}
	for _, f := range table {
		values[f.name], _ = f.kind.decode(nil)
		if r.IntN(2) == 0 {
			values[f.name] = r.value(f.kind)
		}
	}
	return values
}

func (r random) value(k kind) attr.Value {
	switch k := k.(type) {
	case number:
		return types.Int64Value(r.Int64() - r.Int64())
	case flag:
		return types.BoolValue(r.IntN(2) == 0)
	case document:
		return types.StringValue(jsonText(r.object(2)))
	case languages:
		elements := map[string]attr.Value{}
		for range r.IntN(3) {
			elements["l"+r.text()] = types.ObjectValueMust(k.texts.types(), r.fields(k.texts))
		}
		return types.MapValueMust(k.texts.attrType(), elements)
	case object:
		return types.ObjectValueMust(k.types(), r.fields(k))
	default:
		return types.StringValue(r.text())
	}
}

// extra returns fields without arguments. It adds some to an object only if that has
// arguments that are set, or is null: an empty object is read as null if json has
// fields of it.
func (r random) extra(values map[string]attr.Value) map[string]any {
	fields := r.object(2)
	fields["Unknown"] = r.text()
	android, _ := values["android"].(types.Object)
	isSet := func(v attr.Value) bool { return !v.IsNull() }
	if android.IsNull() || slices.ContainsFunc(slices.Collect(maps.Values(android.Attributes())), isSet) {
		fields["AndroidInfo"] = map[string]any{"Unknown": r.object(1)}
	}
	return fields
}

// object returns an object, of which none is in the table of fields.
func (r random) object(depth int) map[string]any {
	fields := map[string]any{}
	for i := range r.IntN(3) {
		name := fmt.Sprint("field", i)
		switch {
		case depth > 0 && r.IntN(2) == 0:
			fields[name] = []any{r.object(depth - 1), nil, r.IntN(2) == 0}
		case r.IntN(2) == 0:
			fields[name] = r.Int64()
		default:
			fields[name] = r.text()
		}
	}
	return fields
}

func (r random) text() string {
	letters := []rune("a1 <\"\\长\u2028é")
	text := ""
	for range r.IntN(5) {
		text += string(letters[r.IntN(len(letters))])
	}
	return text
}
