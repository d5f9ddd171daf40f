package provider

import (
	"reflect"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

const userTags = "timpush_user_tags"

func TestReadUserTags(t *testing.T) {
	t.Parallel()
	service := newEmulator(t)
	service.Script(emulator.Fault{Effect: emulator.Effect{Body: golden(t, "get_tag_response.json")}})
	p := newConfigured(t, service, nil)
	response := p.read(t.Context(), userTags, values{"accounts": []any{"xiaoming", "xiaohong", "Mary", "Peter"}}, false)
	const want = `WARNING [AttributeName("accounts")] Some Accounts Could Not Be Read
The tags of 2 of 4 accounts could not be read. The accounts are listed in ` + "`errors`" + `.

Error code 70107 (the account does not exist in the app): "Mary"
Fix: Import the account or let it log in once, or remove it from accounts.

No error code (the response does not include this account): "Peter"
Fix: Try again.
`
	if text := render(response.Diagnostics); text != want {
		t.Errorf("got:\n%s\nwant:\n%s", text, want)
	}
	if got, want := p.stateOf(userTags, response, "tags"), any(map[string]any{
		"xiaoming": []any{"GoldMember", "WeekPassUser"}, "xiaohong": []any{"MonthPassUser", "PlatinumMember"},
	}); !reflect.DeepEqual(got, want) {
		t.Errorf("tags are %v, want %v", got, want)
	}
	if got, want := p.stateOf(userTags, response, "errors"), any(map[string]any{
		"Mary":  map[string]any{"code": "70107", "message": "the account does not exist in the app"},
		"Peter": map[string]any{"code": nil, "message": "the response does not include this account"},
	}); !reflect.DeepEqual(got, want) {
		t.Errorf("errors are %v, want %v", got, want)
	}
	if entry := service.Journal()[0]; entry.API != "get_tag" || len(entry.Accounts) != 4 {
		t.Errorf("the request was %+v", entry)
	}
}

// Invalid accounts are an error on the argument's path, before any request.
func TestValidateUserTags(t *testing.T) {
	t.Parallel()
	const want = `ERROR [AttributeName("accounts")] Invalid Accounts
`
	if got := newProtocol(t, nil, newEmulator(t)).validate(userTags, values{"accounts": []any{"xiao ming "}}); !strings.HasPrefix(got, want) {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
