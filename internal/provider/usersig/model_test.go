package usersig

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// UserIDs have 1 to 32 bytes: letters, digits, "_" and "-" (34385).
func TestUserIDs(t *testing.T) {
	t.Parallel()
	for userID, want := range map[string]bool{
		"a": true, "Z": true, "0": true, "-": true, "_": true, "administrator": true, "Az09_-": true, "a-user-id-of-32-bytes-0123456789": true,
		"": false, "a-user-id-of-33-bytes-0123456789a": false, "a b": false, "a.b": false, "a@b": false, "\u00e9": false, "小明": false,
		"a\n": false, "\na": false, "ok\nbad id": false, "bad id\nok": false, " a": false, "a ": false, "\x1b[31m": false,
		"379C2F0D-290D-47AE-94D1-919058C39C77": false,
	} {
		if got := userIDs.MatchString(userID); got != want {
			t.Errorf("%q: %t", userID, got)
		}
	}
}

func TestValidity(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]time.Duration{
		"1m": time.Minute, "24h": 24 * time.Hour, "4320h": 180 * 24 * time.Hour,
		"59.9s": 0, "4320h0m1s": 0, "-1m": 0, "0s": 0, "1": 0, "1d": 0, "": 0,
	} {
		if got, ok := parseValidity(text); ok != (want > 0) || ok && got != want {
			t.Errorf("%q: %s, %t", text, got, ok)
		}
	}
	if got := validityOf(userSigModel{Validity: types.StringNull()}); got != 24*time.Hour {
		t.Errorf("the default is %s", got)
	}
	if got := validityOf(userSigModel{Validity: types.StringValue("2h")}); got != 2*time.Hour {
		t.Errorf("2h is %s", got)
	}
}
