package emulator

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"
)

// parameters are those of the request URL (60564). Names are case-sensitive (34620).
var parameters = map[string]bool{
	"sdkappid": true, "identifier": true, "usersig": true, "random": true, "contenttype": true,
}

// checkURL gives the code for what is wrong with method and parameters, or 0.
func (e *Emulator) checkURL(c call) int {
	if c.http.Method != http.MethodPost {
		return codeBadHTTP // pick
	}
	if c.badQuery {
		return codeBadHTTP
	}
	for name, values := range c.query {
		if !parameters[name] || len(values) != 1 {
			return codeBadHTTP // pick: unknown, or given twice
		}
	}
	switch app := c.param("sdkappid"); app {
	case "":
		return codeNoSDKAppID
	case strconv.FormatUint(uint64(e.app), 10):
	default:
		return codeUnknownApp
	}
	if c.param("identifier") == "" || c.param("usersig") == "" || c.param("contenttype") != "json" {
		return codeBadParameters
	}
	// "A random 32-bit unsigned integer ranging from 0 to 4294967295" (60564).
	if _, err := strconv.ParseUint(c.param("random"), 10, 32); err != nil {
		return codeBadHTTP // pick
	}
	return 0
}

// checkUserSig gives the code for what is wrong with a UserSig, or 0 where it is valid for this app and identifier.
func (e *Emulator) checkUserSig(sig, identifier string, now time.Time) int {
	// VerifyUserSig inflates without a limit, and takes a token that is not JSON for one of app 0 (70014): both are
	// settled before it is asked.
	if !parsesAsUserSig(sig) {
		return codeSigIllegal
	}
	err := tencentyun.VerifyUserSig(uint64(e.app), e.key, identifier, sig, now)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, tencentyun.ErrExpired):
		return codeSigExpired
	case errors.Is(err, tencentyun.ErrIdentifierNotMatch):
		return codeSigOtherUser
	case errors.Is(err, tencentyun.ErrSdkAppIDNotMatch):
		return codeSigOtherApp
	default:
		// The wrong key; and a UserSig with a user buffer (pick), which is for entering rooms, not for this API.
		return codeSigWrong
	}
}

// maxSigJSON is the most that a UserSig may inflate to, in bytes. Those of the vendor's library have some 200.
const maxSigJSON = 16 << 10

// sigEncoding is the vendor's: base64 with '*' for '+', '-' for '/' and '_' for '=' (34385). Standard base64, which
// the library would take as well, is refused (pick).
var sigEncoding = base64.NewEncoding(
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-").WithPadding('_')

// parsesAsUserSig tells whether sig has the form of a UserSig: base64 of zlib of a JSON object of version 2.0.
func parsesAsUserSig(sig string) bool {
	if strings.ContainsAny(sig, "\r\n") {
		return false // the decoder would skip them
	}
	packed, err := sigEncoding.DecodeString(sig)
	if err != nil {
		return false
	}
	z, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return false
	}
	text, err := io.ReadAll(io.LimitReader(z, maxSigJSON+1))
	if err != nil || len(text) > maxSigJSON {
		return false
	}
	var doc struct { // the types that the library wants, or else it falls into the error it swallows
		Version    string `json:"TLS.ver"`
		Identifier string `json:"TLS.identifier"`
		SDKAppID   uint64 `json:"TLS.sdkappid"`
		Expire     int64  `json:"TLS.expire"`
		Time       int64  `json:"TLS.time"`
		UserBuf    []byte `json:"TLS.userbuf"`
		Sig        []byte `json:"TLS.sig"`
	}
	return json.Unmarshal(text, &doc) == nil && doc.Version == "2.0" && len(doc.Sig) > 0
}
