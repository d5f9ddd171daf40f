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

// parameters are the parameters of the URL (60564). Names are case-sensitive (34620).
var parameters = map[string]bool{
	"sdkappid": true, "identifier": true, "usersig": true, "random": true, "contenttype": true,
}

// checkURL returns the code for an invalid method or parameter, or 0.
func (e *Emulator) checkURL(req *request) int {
	if req.http.Method != http.MethodPost || req.badQuery {
		return codeBadHTTP // pick
	}
	for name, values := range req.query {
		if !parameters[name] || len(values) != 1 {
			return codeBadHTTP // pick: unknown or duplicate
		}
	}
	if req.param("sdkappid") == "" {
		return codeNoSDKAppID
	}
	if req.param("sdkappid") != strconv.FormatUint(uint64(e.id), 10) {
		return codeUnknownApp
	}
	if req.param("identifier") == "" || req.param("usersig") == "" || req.param("contenttype") != "json" {
		return codeBadParameters
	}
	// "A random 32-bit unsigned integer ranging from 0 to 4294967295" (60564).
	if _, err := strconv.ParseUint(req.param("random"), 10, 32); err != nil {
		return codeBadHTTP // pick
	}
	return 0
}

// checkUserSig returns the code for a UserSig that is not valid for this app and identifier, or 0.
func (e *Emulator) checkUserSig(sig, identifier string, now time.Time) int {
	// VerifyUserSig inflates without a limit, and treats a token that is not JSON as one for app 0 (70014).
	if !parsesAsUserSig(sig) {
		return codeSigMalformed
	}
	err := tencentyun.VerifyUserSig(uint64(e.id), e.key, identifier, sig, now)
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
		// The key is wrong, or the UserSig has a user buffer (pick): such UserSigs are for entering rooms, not for this API.
		return codeSigWrong
	}
}

// maxSigJSON is the most bytes that a UserSig may inflate to. Those of the vendor's library have about 200.
const maxSigJSON = 16 << 10

// sigEncoding is the vendor's: base64 with '*' for '+', '-' for '/' and '_' for '=' (34385). Standard base64, which the
// library accepts too, is rejected (pick).
var sigEncoding = base64.NewEncoding(
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-").WithPadding('_')

// parsesAsUserSig returns whether sig has the form of a UserSig: base64 of zlib of a JSON object of version 2.0.
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
	var doc struct { // with the types of the library, which ignores values of other types
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
