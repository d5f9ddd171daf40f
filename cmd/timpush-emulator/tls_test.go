package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// asClient is an environment variable that makes the test binary send one request, trusting the system's certificates.
const asClient = "TIMPUSH_EMULATOR_TEST_CLIENT"

// client sends one request, and prints the protocol and the response.
func client(to string) int {
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, to, strings.NewReader("{}"))
	if err != nil {
		panic(err)
	}
	res, err := (&http.Client{Transport: &http.Transport{ForceAttemptHTTP2: true}}).Do(r)
	if err != nil {
		_, _ = io.WriteString(os.Stdout, err.Error())
		return 1
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.WriteString(os.Stdout, res.Proto+" ")
	_, _ = io.Copy(os.Stdout, res.Body)
	return 0
}

// TestTLS checks that a client that trusts only the file gets a response over HTTP/2.
func TestTLS(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "it's the cert.pem")
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	fromHere, err := filepath.Rel(here, file) // users can give a relative path; the exported one is absolute
	if err != nil {
		fromHere = file // on another drive in Windows
	}
	r := start(t, "-listen", "127.0.0.1:0", "-tls", "-tls-cert-file", fromHere)
	if got := r.export["TIMPUSH_ENDPOINT"]; !strings.HasPrefix(got, "https://127.0.0.1:") || !strings.Contains(r.text, got) {
		t.Errorf("endpoint %q; it printed %q", got, r.text)
	}
	if got := r.export["SSL_CERT_FILE"]; got != file || len(r.export) != 5 {
		t.Errorf("it exports %v", r.export)
	}
	if want := "--cacert " + quote(file) + " "; r.curlOptions != want {
		t.Errorf("options of curl %q, want %q", r.curlOptions, want)
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if block, rest := pem.Decode(content); block == nil || block.Type != "CERTIFICATE" || len(rest) > 0 {
		t.Errorf("the file contains %q, want a certificate and nothing else", content)
	}
	if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode() != 0o644 {
		t.Errorf("mode %v (%v)", info.Mode(), err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(content)

	for _, host := range []string{"127.0.0.1", "localhost"} {
		transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS13}, ForceAttemptHTTP2: true}
		defer transport.CloseIdleConnections()
		to := strings.Replace(r.curl, "127.0.0.1", host, 1)
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, to, strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		res, err := (&http.Client{Transport: transport}).Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if err != nil || res.Proto != "HTTP/2.0" || !strings.Contains(string(response), `"0":"sex"`) {
			t.Errorf("%s: %s %s (%v)", host, res.Proto, response, err)
		}
		transport.CloseIdleConnections()
	}
	if code := r.stop(); code != 0 || r.stderr.Len() > 0 {
		t.Errorf("it exited with %d, stderr %q", code, r.stderr)
	}
	if got := names(t, folder); got != "" {
		t.Errorf("after it stopped, the folder contains %q", got)
	}
}

// TestTrust checks that a separate program trusts the certificate with the variable that the command prints, and not without
// it.
func TestTrust(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("the variable is for Linux and its like") //nolint:forbidigo // about the system
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	r := start(t, "-listen", "127.0.0.1:0", "-tls", "-tls-cert-file", filepath.Join(t.TempDir(), "it's the cert.pem"))
	for want, env := range map[string][]string{
		`HTTP/2.0 {"ActionStatus":"OK"`:           {"SSL_CERT_FILE=" + r.export["SSL_CERT_FILE"]},
		"certificate signed by unknown authority": nil,
	} {
		cmd := exec.CommandContext(t.Context(), self)
		cmd.Env = append(env, asClient+"="+r.curl)
		if out, _ := cmd.Output(); !strings.Contains(string(out), want) {
			t.Errorf("with %q, the program printed %q, want %q", env, out, want)
		}
	}
	if r.stop(); !strings.Contains(r.stderr.String(), "TLS handshake error") {
		t.Errorf("it printed %q, want that a client does not trust it", r.stderr)
	}
}

func TestCertificate(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for name, tc := range map[string]struct {
		listen *net.TCPAddr
		good   []string
		bad    string
	}{
		"loopback":        {&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}, nil, "192.0.2.1"},
		"another address": {&net.TCPAddr{IP: net.IPv4(192, 0, 2, 1)}, []string{"192.0.2.1"}, "192.0.2.2"},
		"every address":   {&net.TCPAddr{IP: net.IPv6unspecified}, nil, "::"},
	} {
		made, err := newCertificate(now, tc.listen)
		if err != nil {
			t.Fatal(err)
		}
		if text := certificatePEM(made); strings.Contains(text, "PRIVATE") {
			t.Errorf("%s: the key is written", name)
		}
		c, err := x509.ParseCertificate(made.Certificate[0])
		if err != nil {
			t.Fatal(err)
		}
		roots := x509.NewCertPool()
		roots.AddCert(c)
		verify := func(host string, at time.Time) error {
			_, err := c.Verify(x509.VerifyOptions{Roots: roots, DNSName: host, CurrentTime: at})
			return err
		}
		for _, host := range append(tc.good, "localhost", "127.0.0.1", "::1") {
			if err := verify(host, now); err != nil {
				t.Errorf("%s: for %s: %v", name, host, err)
			}
		}
		if verify(tc.bad, now) == nil || verify("example.com", now) == nil {
			t.Errorf("%s: it is good for %s or example.com", name, tc.bad)
		}
		const hour, day = time.Hour, 24 * time.Hour
		for at, good := range map[time.Duration]bool{-hour - time.Second: false, -hour: true, 30 * day: true, 30*day + time.Second: false} {
			if err := verify("localhost", now.Add(at)); (err == nil) != good {
				t.Errorf("%s: %v after it was made: %v, want it good: %v", name, at, err, good)
			}
		}
		if c.IsCA || c.PublicKeyAlgorithm != x509.ECDSA {
			t.Errorf("%s: it can sign others, or has a key of another kind", name)
		}
		again, err := newCertificate(now, tc.listen)
		if err != nil || bytes.Equal(again.Certificate[0], made.Certificate[0]) {
			t.Errorf("%s: two starts, one certificate (%v)", name, err)
		}
	}
}
