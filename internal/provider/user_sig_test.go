package provider

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"
)

const userSig = "timpush_user_sig"

// The UserSig is valid for the account until it expires.
func TestOpenUserSig(t *testing.T) {
	t.Parallel()
	for validity, expires := range map[string]time.Duration{"": 24 * time.Hour, "1m": time.Minute, "1m30.9s": 90 * time.Second, "4320h": 180 * 24 * time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			<-time.After(900 * time.Millisecond) // times in a UserSig are in seconds, rounded down
			service := newEmulator(t)
			p := newConfigured(t, service, nil)
			arguments := values{"user_id": "xiao-ming_1"}
			if validity != "" {
				arguments["validity"] = validity
			}
			response, text := p.open(userSig, arguments, false)
			if text != "" {
				t.Fatal(text)
			}
			if got, want := p.opened(userSig, response, "expires_at"), time.Now().Add(expires).UTC().Format(time.RFC3339); got != want {
				t.Errorf("validity %q: expires at %v, want %s", validity, got, want)
			}
			made, _ := p.opened(userSig, response, "user_sig").(string)
			verify := func(after time.Duration) error {
				return tencentyun.VerifyUserSig(testSDKAppID, testKey, "xiao-ming_1", made, time.Now().Add(after))
			}
			if verify(expires) != nil || verify(expires+time.Second) == nil {
				t.Errorf("validity %q: %v at the end, %v after it", validity, verify(expires), verify(expires+time.Second))
			}
			checkNoRequest(t, service)
		})
	}
}

// Making a UserSig needs only the SDKAppID and the key.
func TestOpenUserSigWithUnknownProviderConfiguration(t *testing.T) {
	t.Parallel()
	for _, argument := range []string{"sdk_app_id", "secret_key", "user_sig"} {
		p := newConfigured(t, newEmulator(t), values{argument: tftypes.UnknownValue})
		response, text := p.open(userSig, values{"user_id": "xiaoming"}, true)
		if text != "" || response.Deferred == nil {
			t.Errorf("%s unknown: it is not put off: %s", argument, text)
		}
		if _, text := p.open(userSig, values{"user_id": "xiaoming"}, false); !strings.HasSuffix(text, "\n\nKnown only after apply: "+argument+"\n") {
			t.Errorf("%s unknown: the error is: %s", argument, text)
		}
	}
	unknown := values{}
	for _, argument := range []string{"region", "endpoint", "identifier", "requests_per_second", "max_retries", "request_timeout"} {
		unknown[argument] = tftypes.UnknownValue
	}
	p := newConfigured(t, newEmulator(t), unknown)
	for _, deferral := range []bool{true, false} {
		response, text := p.open(userSig, values{"user_id": "xiaoming"}, deferral)
		if text != "" || response.Deferred != nil {
			t.Fatalf("it is put off, or: %s", text)
		}
		made, _ := p.opened(userSig, response, "user_sig").(string)
		if err := tencentyun.VerifyUserSig(testSDKAppID, testKey, "xiaoming", made, time.Now()); err != nil {
			t.Error(err)
		}
	}
}

func TestOpenUserSigValidates(t *testing.T) {
	t.Parallel()
	p := newConfigured(t, newEmulator(t), nil)
	wrongID := func(userID string) string {
		return "ERROR [AttributeName(\"user_id\")] Invalid UserID\n\"" + userID + "\" is not a valid UserID: it must consist of 1 to 32 letters, digits, \"_\", or \"-\". " +
			"Set user_id to the account's UserID; RegistrationIDs have no UserSig.\n"
	}
	for _, test := range []struct {
		arguments values
		want      string
	}{
		{values{"user_id": ""}, wrongID("")},
		{values{"user_id": "xiao ming"}, wrongID("xiao ming")},
		{values{"user_id": "xiaoming\n"}, wrongID(`xiaoming\n`)},
		{values{"user_id": "a-user-id-of-33-bytes-0123456789a"}, wrongID("a-user-id-of-33-bytes-0123456789a")},
		{values{"user_id": nil}, `ERROR [AttributeName("user_id")] Missing UserID
user_id is null. Set it to the account's UserID.
`},
		{values{"user_id": "xiaoming", "validity": "7 days"}, `ERROR [AttributeName("validity")] Invalid Validity
validity must be a duration from 1m to 4320h (180 days), not "7 days"; did you mean "168h"? Set it to a number with a unit, such as "24h", or "168h" for a week.
`},
		{values{"user_id": "xiaoming", "validity": "59s"}, `ERROR [AttributeName("validity")] Invalid Validity
validity must be a duration from 1m to 4320h (180 days), not "59s". Set it to a number with a unit, such as "24h", or "168h" for a week.
`},
		{values{"user_id": "xiaoming", "validity": "4320h1s"}, `ERROR [AttributeName("validity")] Invalid Validity
validity must be a duration from 1m to 4320h (180 days), not "4320h1s". Set it to a number with a unit, such as "24h", or "168h" for a week.
`},
	} {
		if _, text := p.open(userSig, test.arguments, false); text != test.want {
			t.Errorf("%v: got:\n%s\nwant:\n%s", test.arguments, text, test.want)
		}
	}
}

func TestOpenUserSigWithoutKey(t *testing.T) {
	t.Parallel()
	ready, err := tencentyun.GenUserSig(testSDKAppID, testKey, "administrator", 3600)
	if err != nil {
		t.Fatal(err)
	}
	p := newConfigured(t, newEmulator(t), values{"user_sig": ready})
	const want = `ERROR Unable to Create UserSig
The provider has a ready-made UserSig, user_sig (TIMPUSH_USER_SIG), from which it cannot make others. Set secret_key (TIMPUSH_SECRET_KEY) instead.
`
	if _, text := p.open(userSig, values{"user_id": "xiaoming"}, false); text != want {
		t.Errorf("got:\n%s\nwant:\n%s", text, want)
	}
}

// An error about a missing key does not suggest a ready-made UserSig.
func TestOpenUserSigWithMissingArguments(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		env  environment
		want string
	}{
		"nothing else": {environment{"TIMPUSH_SDK_APP_ID": "1400000000", "TIMPUSH_SECRET_KEY": testKey, "HTTPS_PROXY": "not a proxy"}, ""},
		"no key": {environment{"TIMPUSH_SDK_APP_ID": "1400000000"}, `ERROR Missing Secret Key
Neither secret_key in the provider block nor TIMPUSH_SECRET_KEY in the environment is set. Set one of them to the key that the console shows for the app: the provider makes UserSigs from it.
`},
		"no SDKAppID": {environment{"TIMPUSH_SECRET_KEY": testKey}, `ERROR Missing SDKAppID
Neither sdk_app_id in the provider block nor TIMPUSH_SDK_APP_ID in the environment is set. Set one of them to the SDKAppID that the console shows for the app.
`},
	} {
		p := newProtocol(t, test.env, newEmulator(t))
		if text := p.configure(nil); text != "" {
			t.Fatal(text)
		}
		if _, text := p.open(userSig, values{"user_id": "xiaoming"}, true); text != test.want {
			t.Errorf("%s: got:\n%s\nwant:\n%s", name, text, test.want)
		}
	}
}

func TestUserSigIsSensitive(t *testing.T) {
	t.Parallel()
	p := newProtocol(t, nil, newEmulator(t))
	sensitive := map[string]bool{}
	for _, attribute := range p.schema.EphemeralResourceSchemas[userSig].Block.Attributes {
		sensitive[attribute.Name] = attribute.Sensitive
	}
	if !sensitive["user_sig"] || sensitive["expires_at"] || sensitive["user_id"] {
		t.Errorf("sensitive are %v", sensitive)
	}
}
