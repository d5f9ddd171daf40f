package timpush

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"
)

const (
	// userSigValidity is how long UserSigs are valid: at least 24 hours, as the
	// page about code 70001 recommends (34348).
	userSigValidity = 24 * time.Hour
	// userSigRenewal is how long before it expires a UserSig is replaced.
	userSigRenewal = time.Hour
)

// signer returns the UserSig of the admin account: a ready-made one as is, or one
// made from the app's key and reused until an hour before it expires. It is safe
// for concurrent use.
type signer struct {
	sdkAppID   uint32
	identifier string
	key        Secret // not set if the UserSig is ready-made
	redactor   *redactor

	mu      sync.Mutex
	userSig Secret
	renewAt time.Time
}

// current returns the UserSig to use for a request.
func (s *signer) current() (Secret, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.renewable() || s.userSig.isSet() && time.Now().Before(s.renewAt) {
		return s.userSig, nil
	}
	userSig, end, err := s.sign(s.identifier, userSigValidity)
	if err != nil {
		return Secret{}, err
	}
	s.userSig, s.renewAt = userSig, end.Add(-userSigRenewal)
	return s.userSig, nil
}

// sign makes a UserSig for an account and returns when it expires. The UserSig is
// redacted from then on.
func (s *signer) sign(userID string, validity time.Duration) (userSig Secret, end time.Time, err error) {
	text, end, err := MakeUserSig(s.sdkAppID, s.key, userID, validity)
	if err != nil {
		return Secret{}, time.Time{}, err
	}
	userSig = NewSecret(text)
	s.redactor.add(userSig)
	return userSig, end, nil
}

// discard drops a UserSig that the service reported as expired, so that the next
// call of current makes another. It does nothing if another request with the same
// UserSig has already replaced it.
func (s *signer) discard(expired Secret) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.renewable() && s.userSig == expired {
		s.userSig = Secret{}
	}
}

// renewable reports whether the signer can make a UserSig.
func (s *signer) renewable() bool { return s.key.isSet() }

// ErrNoKey means that the client cannot make UserSigs, since it has a ready-made
// one instead of the app's key.
var ErrNoKey = errors.New("there is no key to make a UserSig from")

// MakeUserSig makes a UserSig for an account of an app and returns when it
// expires, without a request. The error is [ErrNoKey], or the library's.
func MakeUserSig(sdkAppID uint32, key Secret, userID string, validity time.Duration) (userSig string, end time.Time, err error) {
	if !key.isSet() {
		return "", time.Time{}, ErrNoKey
	}
	made := time.Now().Round(0) // the wall clock, which keeps running while the machine sleeps
	// The library's SDKAppID is an int, so 32-bit builds are not possible.
	userSig, err = tencentyun.GenUserSig(int(sdkAppID), key.reveal(), userID, int(validity/time.Second))
	if err != nil {
		return "", time.Time{}, fmt.Errorf("making a UserSig: %w", err)
	}
	return userSig, made.Add(validity.Truncate(time.Second)), nil
}

// MakeUserSig is like the function of that name, for the client's app. The client
// redacts the UserSig from then on.
func (c *Client) MakeUserSig(userID string, validity time.Duration) (userSig string, end time.Time, err error) {
	secret, end, err := c.signer.sign(userID, validity)
	return secret.reveal(), end, err
}
