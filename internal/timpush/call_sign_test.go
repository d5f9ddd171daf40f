package timpush

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"
)

func newTestSigner() *signer {
	return &signer{sdkAppID: testSDKAppID, identifier: testAdmin, key: NewSecret(testKey), redactor: &redactor{}}
}

func sign(t *testing.T, s *signer) Secret {
	t.Helper()
	userSig, err := s.current()
	if err != nil {
		t.Fatal(err)
	}
	return userSig
}

func TestUserSigIsValidForADay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		userSig := sign(t, newTestSigner()).reveal()
		verify := func(after time.Duration) error {
			return tencentyun.VerifyUserSig(testSDKAppID, testKey, testAdmin, userSig, time.Now().Add(after))
		}
		if err := verify(24 * time.Hour); err != nil {
			t.Errorf("after 24 hours: %v", err)
		}
		if err := verify(24*time.Hour + time.Second); !errors.Is(err, tencentyun.ErrExpired) {
			t.Errorf("after 24 hours and a second: %v, want %v", err, tencentyun.ErrExpired)
		}
	})
}

func TestUserSigIsRenewedAnHourBeforeExpiry(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newTestSigner()
		first := sign(t, s)
		time.Sleep(23*time.Hour - time.Second)
		if sign(t, s) != first {
			t.Error("the UserSig was replaced within its first 23 hours")
		}
		time.Sleep(time.Second)
		if sign(t, s) == first {
			t.Error("the UserSig was kept into its last hour")
		}
	})
}

func TestUserSigIsRenewedAfterDiscard(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newTestSigner()
		first := sign(t, s)
		time.Sleep(time.Second) // a UserSig depends on the second in which it is made
		s.discard(first)
		second := sign(t, s)
		if second == first {
			t.Fatal("a discarded UserSig was handed out again")
		}
		time.Sleep(time.Second)
		s.discard(first) // a late report about the first must not discard the second
		if sign(t, s) != second {
			t.Error("discarding a replaced UserSig dropped its successor")
		}
		for _, made := range []Secret{first, second} {
			if text := s.redactor.clean(made.reveal()); text != redacted {
				t.Error("a UserSig that was made is not known to the redactor")
			}
		}
	})
}

func TestReadyMadeUserSigIsUsedAsIs(t *testing.T) {
	t.Parallel()
	s := &signer{userSig: NewSecret("ready-made"), redactor: &redactor{}}
	s.discard(s.userSig)
	if got := sign(t, s); got.reveal() != "ready-made" {
		t.Error("the ready-made UserSig was not used")
	}
}

func TestUserSigConcurrently(t *testing.T) {
	t.Parallel()
	s := newTestSigner()
	var group sync.WaitGroup
	for range 50 {
		group.Go(func() {
			userSig, err := s.current()
			if err != nil {
				t.Error(err)
			}
			s.discard(userSig)
		})
	}
	group.Wait()
}

func TestMakeUserSig(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, testConfig(nil))
	made, end, err := client.MakeUserSig("xiaoming", time.Hour)
	if err != nil || tencentyun.VerifyUserSig(testSDKAppID, testKey, "xiaoming", made, time.Now()) != nil {
		t.Errorf("made a UserSig that is not good, %v", err)
	}
	if text := end.String(); strings.Contains(text, " m=") { // Go's monotonic clock stops while the machine sleeps
		t.Errorf("when it ends is not told by the wall clock alone: %s", text)
	}
	if text := client.redactor.clean("it is " + made); text != "it is "+redacted {
		t.Errorf("a UserSig that was made is shown: %s", text)
	}
	if sign(t, client.signer).reveal() == made {
		t.Error("the client signs its own requests with it")
	}

	config := testConfig(nil)
	config.SecretKey, config.UserSig = Secret{}, NewSecret(made)
	if _, _, err := newTestClient(t, config).MakeUserSig("xiaoming", time.Hour); !errors.Is(err, ErrNoKey) {
		t.Errorf("without a key the error is %v", err)
	}
}
