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

// announce says what is served, what to export so that the provider uses it, and how to call it by hand. Lines that begin
// with "export ", and no others, are for a shell to read.
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

// trusting is what to say, and which option to give to curl, so that the certificate is trusted; nothing where there is
// none.
//
// Go's crypto/x509 takes SSL_CERT_FILE on Linux, the BSDs, Solaris and AIX, in place of the system's file of certificates;
// it goes on reading the system's folder of them, unless SSL_CERT_DIR names another. On macOS and Windows it asks the
// system's own store. Other programs in that shell may know the variable too, and then trust this certificate alone.
func trusting(certFile string) (trust, cacert string, err error) {
	if certFile == "" {
		return "", "", nil
	}
	path, err := filepath.Abs(certFile) // a CLI runs providers in folders of its choice
	if err != nil {
		return "", "", fmt.Errorf("cannot tell where %s is: %w", certFile, err)
	}
	trust = "So that the provider trusts its certificate (on macOS and Windows, add that file to the system's store instead):\n" +
		"export SSL_CERT_FILE=" + quote(path) + "\n"
	return trust, "--cacert " + quote(path) + " ", nil
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

// reachable is the host and port under which a listener is reached from this machine.
func reachable(a net.Addr) string {
	if t, isTCP := a.(*net.TCPAddr); isTCP && t.IP.IsUnspecified() {
		// Every address of the machine: loopback is one of them, and the one that the provider takes http on.
		return net.JoinHostPort("127.0.0.1", strconv.Itoa(t.Port))
	}
	return a.String()
}

// endpoint is the base URL of a listener.
func endpoint(withTLS bool, a net.Addr) string {
	scheme := "http"
	if withTLS {
		scheme = "https"
	}
	return (&url.URL{Scheme: scheme, Host: reachable(a)}).String()
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
