package timpush

import (
	"fmt"
	"sync"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"
)

const (
	// userSigValidity is how long a UserSig made here is valid. The advice for
	// code 70001 asks for at least 24 hours (34348).
	userSigValidity = 24 * time.Hour
	// userSigRenewal is how long before its end a UserSig is replaced.
	userSigRenewal = time.Hour
)

// signer hands out the UserSig of the admin account: a ready-made one as it is,
// or one made from the app's key, kept until an hour before it ends. Safe for
// concurrent use.
type signer struct {
	sdkAppID   uint32
	identifier string
	key        Secret // not set where the UserSig is ready-made
	redactor   *redactor

	mu      sync.Mutex
	userSig Secret
	renewAt time.Time
}

// current returns the UserSig to sign a request with.
func (s *signer) current() (Secret, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.renewable() || s.userSig.isSet() && time.Now().Before(s.renewAt) {
		return s.userSig, nil
	}
	made := time.Now().Round(0) // the wall clock, which goes on while a machine sleeps
	// The library takes the SDKAppID as int: hence no 32-bit builds.
	text, err := tencentyun.GenUserSig(int(s.sdkAppID), s.key.reveal(), s.identifier, int(userSigValidity/time.Second))
	if err != nil {
		return Secret{}, fmt.Errorf("making a UserSig: %w", err)
	}
	s.userSig, s.renewAt = NewSecret(text), made.Add(userSigValidity-userSigRenewal)
	s.redactor.add(s.userSig)
	return s.userSig, nil
}

// discard drops a UserSig that the service called expired, so that the next
// call of current makes another. One that was already replaced, by another
// request that got the same answer, is no reason to drop its successor.
func (s *signer) discard(refused Secret) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.renewable() && s.userSig == refused {
		s.userSig = Secret{}
	}
}

// renewable reports whether the signer can make a UserSig.
func (s *signer) renewable() bool { return s.key.isSet() }
