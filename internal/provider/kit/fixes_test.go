package kit

import (
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// The fix for every code names the argument or console setting to check.
func TestFixesNameWhatToCheck(t *testing.T) {
	t.Parallel()
	looked := map[int64]bool{}
	for _, test := range []struct {
		codes []int64
		names []string
	}{
		{[]int64{60026, 70016, 70020}, []string{"data center", "region (TIMPUSH_REGION)", "sdk_app_id (TIMPUSH_SDK_APP_ID)"}},
		{[]int64{60006}, []string{"the SDKAppID is invalid", "sdk_app_id (TIMPUSH_SDK_APP_ID)", "console"}},
		{[]int64{60027}, []string{"product type", "Push Service", "sdk_app_id"}},
		{[]int64{60025}, []string{"is invalid", "sdk_app_id", "identifier", "secret_key", "user_sig"}},
		{[]int64{60004, 60005}, []string{"check failed", "identifier", "secret_key", "user_sig"}},
		{[]int64{70009, 70346}, []string{"UserSig", "secret_key (TIMPUSH_SECRET_KEY)", "console"}},
		{[]int64{60010, 90009, 70403}, []string{"requires an app administrator", "identifier (TIMPUSH_IDENTIFIER)", "administrators"}},
		{[]int64{70003}, []string{"malformed", "copied completely", "user_sig (TIMPUSH_USER_SIG)"}},
		{[]int64{70013}, []string{"another identifier", "identifier (TIMPUSH_IDENTIFIER)", "user_sig"}},
		{[]int64{70014}, []string{"another SDKAppID", "sdk_app_id", "user_sig"}},
		{[]int64{70001}, []string{"expired", "clock", "user_sig"}},
		{[]int64{70050}, []string{"too often", "wait a minute", "secret_key"}},
		{[]int64{60020}, []string{"console", "package", "bill"}},
		{[]int64{60021}, []string{"console", "address"}},
		{[]int64{60028}, []string{"trial", "tomorrow"}},
		{[]int64{60016, 70398}, []string{"status and edition in the console"}},
		{[]int64{90045}, []string{"not enabled", "Enable the Push Service"}},
		{[]int64{60007, 60011}, []string{"rate is over the limit", "requests_per_second (TIMPUSH_REQUESTS_PER_SECOND)"}},
		{[]int64{60018, 60019}, []string{"too many requests", "requests_per_second (TIMPUSH_REQUESTS_PER_SECOND)"}},
		{[]int64{60008, 60014, 70169, 70202}, []string{"timed out", "max_retries (TIMPUSH_MAX_RETRIES)"}},
		{[]int64{70500, 91000}, []string{"failed internally", "max_retries (TIMPUSH_MAX_RETRIES)"}},
		{[]int64{60009}, []string{"path", "endpoint (TIMPUSH_ENDPOINT)", "/v4/timpush"}},
		{[]int64{60013, 60017}, []string{"Tencent Cloud support"}},
		{[]int64{70107}, []string{"does not exist", "Import", "accounts"}},
		{[]int64{70399}, []string{"deleted", "Remove"}},
		{[]int64{70051}, []string{"blocklist"}},
		{[]int64{90033}, []string{"attribute", "timpush_attribute_names", "50 bytes"}},
		{[]int64{90020, 90034}, []string{"tag", "50 bytes"}},
		{[]int64{90032}, []string{"too many tags", "Remove tags", "100", "1,000"}},
		{[]int64{90035}, []string{"other account type", "UserID or RegistrationID", "of the type"}},
		{[]int64{90005}, []string{"message random", "bug in the provider"}},
		{[]int64{90008}, []string{"sender", "from_account"}},
		{[]int64{90022}, []string{"both lists", "tags_or", "tags_and"}},
		{[]int64{90024}, []string{"less than a second ago", "Wait a second", "other programs"}},
		{[]int64{90039}, []string{"both tags and attributes", "not both"}},
		{[]int64{90040}, []string{"empty tag"}},
		{[]int64{90043}, []string{"malformed", "OfflinePushInfo", "json"}},
		{[]int64{90047}, []string{"daily quota", "tomorrow", "push to accounts", "edition"}},
		{[]int64{90049}, []string{"does not exist", "task ID", "listed accounts", "not certain"}},
		{[]int64{90050}, []string{"already been revoked", "nothing to do"}},
		{[]int64{90051}, []string{"less than a second ago", "Wait a second"}},
		{[]int64{90052}, []string{"more than 24 hours ago", "Nothing can be done"}},
		{[]int64{90053}, []string{"missing", "bug in the provider"}},
		{[]int64{90056}, []string{"10 KiB", "Shorten the notification"}},
		{[]int64{90057}, []string{"64 bytes", "data_id"}},
		{[]int64{90104}, []string{"does not exist", "task ID", "clock", "time of the push"}},
		{[]int64{90105}, []string{"failed internally", "max_retries (TIMPUSH_MAX_RETRIES)"}},
		{[]int64{90106}, []string{"already been dispatched", "timpush_revoke_push"}},
		{[]int64{90107}, []string{"being dispatched", "in a minute"}},
		{[]int64{60002, 60003, 60012, 60015, 70402, 90001, 90018}, []string{"endpoint", "bug in the provider"}},
		{[]int64{12345}, []string{"12345", "34348"}}, // not in the table
	} {
		for _, code := range test.codes {
			looked[code] = true
			for _, name := range test.names {
				if text := timpush.Meaning(code) + ": " + CodeFix(code); !strings.Contains(text, name) {
					t.Errorf("%d: the text does not name %q: %s", code, name, text)
				}
			}
		}
	}
	for _, code := range timpush.Codes() {
		if fix, ok := codeFixes[code]; !ok || !strings.HasSuffix(fix, ".") || strings.ContainsAny(fix, "|`\n") {
			t.Errorf("%d: the fix %q is not a sentence for a table", code, fix)
		}
		if !looked[code] {
			t.Errorf("%d is looked at by nobody", code)
		}
	}
	if timpush.Meaning(0) != "" || timpush.Meaning(12345) != "" {
		t.Error("an unknown code has a meaning")
	}
}
