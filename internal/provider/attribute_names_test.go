package provider

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

const attributeNames = "timpush_attribute_names"

// golden returns a sample body from an API page, which the tests of client and
// emulator use too.
func golden(t *testing.T, name string) string {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("..", "emulator", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func emptyNames(n int) (lines string) {
	for i := range n {
		lines += fmt.Sprintf("Index \"%d\": the name is empty, so it was omitted\n", i)
	}
	return lines
}

func TestReadAttributeNames(t *testing.T) {
	t.Parallel()
	const envelope = `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0`
	const odd = `WARNING Unexpected Attribute Names
The service returned attribute names that differ from the API documentation. Check them in the console.

`
	name := func(index, accountType any) map[string]any {
		return map[string]any{"index": index, "account_type": accountType}
	}
	for _, test := range []struct {
		body, diagnostics string
		want              map[string]any
	}{
		{golden(t, "get_attr_name_response.json"), "", map[string]any{"sex": name("0", "user_id"), "city": name("1", "user_id"), "country": name("2", "registration_id")}},
		{envelope + `}`, "", map[string]any{}},
		{envelope + `,"AttrNames":null,"AttrTypes":null}`, "", map[string]any{}},
		{envelope + `,"AttrNames":{}}`, "", map[string]any{}},
		{envelope + `,"AttrNames":{"9":"sex"},"AttrTypes":{"8":1}}`, "", map[string]any{"sex": name("9", nil)}},
		{
			envelope + `,"AttrNames":{"3":"sex","1":"sex"},"AttrTypes":{"1":1}}`,
			odd + `Index "3": the name "sex" is also at index "1", which was used` + "\n",
			map[string]any{"sex": name("1", "registration_id")},
		},
		{
			envelope + `,"AttrNames":{"":"sex","-":"sex","5":"sex","10":"sex"},"AttrTypes":{"5":0}}`,
			odd + `Index "": the name "sex" is also at index "5", which was used` + "\n" +
				`Index "-": the name "sex" is also at index "5", which was used` + "\n" +
				`Index "10": the name "sex" is also at index "5", which was used` + "\n",
			map[string]any{"sex": name("5", "user_id")},
		},
		{ // the CLI would treat both as one name
			envelope + `,"AttrNames":{"0":"cafe\u0301","1":"caf\u00e9"}}`,
			odd + `Index "1": the name "café" is also at index "0", which was used` + "\n",
			map[string]any{"café": name("0", nil)},
		},
		{
			envelope + `,"AttrNames":{"0":"","1":"","2":"","3":"","4":"","5":"","6":"","7":"","8":"","9":"","a":"","b":""}}`,
			odd + emptyNames(10) + "Not shown: 2 more\n",
			map[string]any{},
		},
		{
			envelope + `,"AttrNames":{"0":"sex","1":"","2":null}}`,
			odd + `Index "1": the name is empty, so it was omitted` + "\n" + `Index "2": the name is empty, so it was omitted` + "\n",
			map[string]any{"sex": name("0", nil)},
		},
		{
			envelope + `,"AttrNames":{"10":"a","x":"b"},"AttrTypes":{"10":7}}`,
			odd + `Index "10": the index of the name "a" is not a number from 0 to 9` + "\n" +
				`Index "10": the name "a" has the undocumented account type "7", so its account_type is null` + "\n" +
				`Index "x": the index of the name "b" is not a number from 0 to 9` + "\n",
			map[string]any{"a": name("10", nil), "b": name(nil, nil)},
		},
	} {
		service := newEmulator(t)
		service.Script(emulator.Fault{Effect: emulator.Effect{Body: test.body}})
		p := newConfigured(t, service, nil)
		response := p.read(t.Context(), attributeNames, nil, false)
		if text := render(response.Diagnostics); text != test.diagnostics {
			t.Errorf("%s: got:\n%s\nwant:\n%s", test.body, text, test.diagnostics)
		}
		if got := p.stateOf(attributeNames, response, "attribute_names"); !reflect.DeepEqual(got, any(test.want)) {
			t.Errorf("%s: got %v, want %v", test.body, got, test.want)
		}
		if entry := service.Journal()[0]; entry.API != "get_attr_name" {
			t.Errorf("the request was %+v", entry)
		}
	}
}

func TestReadAttributeNamesFails(t *testing.T) {
	t.Parallel()
	service := newEmulator(t)
	service.Script(emulator.Fault{Effect: emulator.Effect{Code: 90009}})
	p := newConfigured(t, service, nil)
	response := p.read(t.Context(), attributeNames, nil, false)
	if len(response.Diagnostics) != 1 || response.Diagnostics[0].Summary != "Unable to Read Attribute Names" || p.stateOf(attributeNames, response, "attribute_names") != nil {
		t.Errorf("got:\n%s", render(response.Diagnostics))
	}
}
