package main

import (
	"fmt"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"strconv"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// announce prints the address, the environment variables for the provider, and an example call. As JSON, it prints only the
// variables.
func announce(w io.Writer, a net.Addr, o options) error {
	base, app := endpoint(o.tls, a), o.emulator
	call, err := signedURL(base, app, "get_attr_name")
	if err != nil {
		return err
	}
	certificate, err := certificatePath(o.certFile)
	if err != nil {
		return err
	}
	text := formats[o.print](announcement{
		endpoint: base, accounts: len(app.Seed.Accounts), certificate: certificate, call: call,
		variables: []variable{
			{"TIMPUSH_SDK_APP_ID", strconv.FormatUint(uint64(app.SDKAppID), 10)},
			{"TIMPUSH_ENDPOINT", base},
			{"TIMPUSH_IDENTIFIER", app.Admin},
			{"TIMPUSH_SECRET_KEY", app.Key},
		},
	})
	if _, err := io.WriteString(w, text); err != nil {
		return fmt.Errorf("cannot write to standard output: %w", err)
	}
	return nil
}

// certificatePath returns the path of the certificate's file, or "" if there is none. It is absolute, since a CLI runs
// providers in other folders.
func certificatePath(certFile string) (string, error) {
	if certFile == "" {
		return "", nil
	}
	path, err := filepath.Abs(certFile)
	if err != nil {
		return "", fmt.Errorf("cannot find %s: %w", certFile, err)
	}
	return path, nil
}

// exampleSigValidity is the validity of the example call's UserSig, in seconds: 180 days, the vendor's default (33517).
const exampleSigValidity = 180 * 24 * 60 * 60

// signedURL returns the URL of an API command, signed for the app's administrator.
func signedURL(endpoint string, o emulator.Options, api string) (string, error) {
	userSig, err := tencentyun.GenUserSig(int(o.SDKAppID), o.Key, o.Admin, exampleSigValidity)
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
		// It listens on every address. The provider accepts http only for loopback.
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

// loopback reports whether only this machine can reach the address.
func loopback(a net.Addr) bool {
	t, isTCP := a.(*net.TCPAddr)
	return isTCP && t.IP.IsLoopback()
}
