package main

import (
	"fmt"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// announce prints the address, what to export so that the provider uses it, and a call by hand. Lines that begin with
// "export ", and no others, are for a shell.
func announce(w io.Writer, a net.Addr, o options) error {
	base, app := endpoint(o.tls, a), o.emulator
	call, err := signedURL(base, app, "get_attr_name")
	if err != nil {
		return err
	}
	trust, cacert, err := trusting(o.certFile)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "Listening on %s until interrupted; accounts: %d. To use it:\n"+
		"export TIMPUSH_SDK_APP_ID=%d\n"+
		"export TIMPUSH_ENDPOINT=%s\n"+
		"export TIMPUSH_IDENTIFIER=%s\n"+
		"export TIMPUSH_SECRET_KEY=%s\n"+
		"%s"+
		"To call it by hand, for example:\n"+
		"curl %s-d '{}' %s\n",
		base, len(app.Seed.Accounts), app.SDKAppID, quote(base), quote(app.Admin), quote(app.Key), trust, cacert, quote(call))
	if err != nil {
		return fmt.Errorf("cannot write to standard output: %w", err)
	}
	return nil
}

// trusting returns lines to print and an option of curl with which clients trust the certificate; "" if there is none.
//
// On Linux, the BSDs, Solaris and AIX, Go's crypto/x509 reads SSL_CERT_FILE instead of the system's certificate file; it
// still reads the system's folder of certificates, unless SSL_CERT_DIR names another. On macOS and Windows it uses the
// system's store. Other programs in that shell may know the variable too, and then trust this certificate only.
func trusting(certFile string) (trust, cacert string, err error) {
	if certFile == "" {
		return "", "", nil
	}
	path, err := filepath.Abs(certFile) // a CLI runs providers in other folders
	if err != nil {
		return "", "", fmt.Errorf("cannot find %s: %w", certFile, err)
	}
	trust = "So that the provider trusts its certificate (on macOS and Windows, add that file to the system's store instead):\n" +
		"export SSL_CERT_FILE=" + quote(path) + "\n"
	return trust, "--cacert " + quote(path) + " ", nil
}

// handSigned is the validity of the UserSig of the call by hand, in seconds: 180 days, the vendor's default (33517).
const handSigned = 180 * 24 * 60 * 60

// signedURL returns the URL of a command, signed for the app's administrator.
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

// reachable returns the host and port of a listener for clients on this machine.
func reachable(a net.Addr) string {
	if t, isTCP := a.(*net.TCPAddr); isTCP && t.IP.IsUnspecified() {
		// It listens on every address: loopback is the one on which the provider accepts http.
		return net.JoinHostPort("127.0.0.1", strconv.Itoa(t.Port))
	}
	return a.String()
}

// endpoint returns the base URL of a listener.
func endpoint(withTLS bool, a net.Addr) string {
	scheme := "http"
	if withTLS {
		scheme = "https"
	}
	return (&url.URL{Scheme: scheme, Host: reachable(a)}).String()
}

// loopback returns whether only this machine can reach the address.
func loopback(a net.Addr) bool {
	t, isTCP := a.(*net.TCPAddr)
	return isTCP && t.IP.IsLoopback()
}

// quote returns a word that a POSIX shell reads as s.
func quote(s string) string {
	harmless := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:@", r)
	}
	if s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !harmless(r) }) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
