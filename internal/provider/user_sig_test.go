package provider

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"
)

const userSig = "timpush_user_sig"

// The UserSig is good for the account until it expires, and no longer.
func TestOpenUserSig(t *testing.T) {
	t.Parallel()
	for validity, expires := range map[string]time.Duration{"": 24 * time.Hour, "1m": time.Minute, "1m30.9s": 90 * time.Second, "4320h": 180 * 24 * time.Hour} {
		synctest.Test(t, func(t *testing.T) {
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

func TestOpenUserSigValidates(t *testing.T) {
	t.Parallel()
	p := newConfigured(t, newEmulator(t), nil)
	wrongID := func(userID string) string {
		return "ERROR [AttributeName(\"user_id\")] Invalid UserID\nuser_id is \"" + userID + "\", but a UserID has 1 to 32 letters, digits, _ and -. " +
			"Set it to the account's UserID; RegistrationIDs have no UserSig.\n"
	}
	for _, test := range []struct {
		arguments values
		want      string
	}{
		{values{"user_id": ""}, wrongID("")},
		{values{"user_id": "xiao ming"}, wrongID("xiao ming")},
		{values{"user_id": "xiaoming\n"}, wrongID(`xiaoming\n`)},
		{values{"user_id": "a-user-id-of-33-bytes-0123456789a"}, wrongID("a-user-id-of-33-bytes-0123456789a")},
		{values{"user_id": "xiaoming", "validity": "59s"}, `ERROR [AttributeName("validity")] Invalid Validity
validity is "59s", which is not a duration from 1m to 4320h (180 days). Set it to a duration from 1m to 4320h (180 days), such as 24h, or 168h for a week.
`},
		{values{"user_id": "xiaoming", "validity": "4320h1s"}, `ERROR [AttributeName("validity")] Invalid Validity
validity is "4320h1s", which is not a duration from 1m to 4320h (180 days). Set it to a duration from 1m to 4320h (180 days), such as 24h, or 168h for a week.
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
	const want = `ERROR Unable to Make a UserSig
The provider was given user_sig (TIMPUSH_USER_SIG), from which no other UserSig can be made. Give it secret_key (TIMPUSH_SECRET_KEY) in its place.
`
	if _, text := p.open(userSig, values{"user_id": "xiaoming"}, false); text != want {
		t.Errorf("got:\n%s\nwant:\n%s", text, want)
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
