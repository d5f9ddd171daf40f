package main

import (
	"fmt"
	"io"
	"net"
	"net/url"
	"strconv"
	"strings"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// announce says what is served, what to export so that the provider uses it, and how to call it by hand. Lines that begin
// with "export ", and no others, are for a shell to read.
func announce(w io.Writer, endpoint string, o emulator.Options) error {
	call, err := signedURL(endpoint, o, "get_attr_name")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "Listening on %s until interrupted; accounts: %d. To use it:\n"+
		"export TIMPUSH_SDK_APP_ID=%d\n"+
		"export TIMPUSH_ENDPOINT=%s\n"+
		"export TIMPUSH_IDENTIFIER=%s\n"+
		"export TIMPUSH_SECRET_KEY=%s\n"+
		"To call it by hand, for example:\n"+
		"curl -d '{}' %s\n",
		endpoint, len(o.Seed.Accounts), o.SDKAppID, quote(endpoint), quote(o.Admin), quote(o.Key), quote(call))
	return err
}

// handSigned is how long the UserSig of the call by hand is valid, in seconds: 180 days, the vendor's default (33517).
const handSigned = 180 * 24 * 60 * 60

// signedURL is the URL of a call by the app's administrator.
func signedURL(endpoint string, o emulator.Options, api string) (string, error) {
	userSig, err := tencentyun.GenUserSig(int(o.SDKAppID), o.Key, o.Admin, handSigned)
	if err != nil {
		return "", fmt.Errorf("cannot make a UserSig: %w", err)
	}
	query := url.Values{
		"sdkappid": {strconv.FormatUint(uint64(o.SDKAppID), 10)}, "identifier": {o.Admin}, "usersig": {userSig},
		"random": {"1"}, "contenttype": {"json"},
	}
	return endpoint + "/v4/timpush/" + api + "?" + query.Encode(), nil
}

// endpoint is the base URL under which a listener is reached from this machine.
func endpoint(a net.Addr) string {
	host := a.String()
	if t, isTCP := a.(*net.TCPAddr); isTCP && t.IP.IsUnspecified() {
		// Every address of the machine: loopback is one of them, and the one that the provider takes http on.
		host = net.JoinHostPort("127.0.0.1", strconv.Itoa(t.Port))
	}
	return (&url.URL{Scheme: "http", Host: host}).String()
}

// loopback tells whether only this machine can reach the address.
func loopback(a net.Addr) bool {
	t, isTCP := a.(*net.TCPAddr)
	return isTCP && t.IP.IsLoopback()
}

// quote makes a word that a POSIX shell reads as s.
func quote(s string) string {
	harmless := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:@", r)
	}
	if s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !harmless(r) }) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
