package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// names are the files of a folder.
func names(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, entry := range entries {
		list = append(list, entry.Name())
	}
	return strings.Join(list, " ")
}

// TestAddrFile finds in the file where it listens, in place of what an earlier run left, and nothing after it has stopped.
func TestAddrFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "addr")
	if err := os.WriteFile(file, []byte("127.0.0.1:1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := start(t, "-listen", "127.0.0.1:0", "-addr-file", file)
	ask(t, r.export, "xiaoming") // nothing is answered before the file is there
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.TrimPrefix(r.export["TIMPUSH_ENDPOINT"], "http://") + "\n"; string(content) != want {
		t.Errorf("the file holds %q, want %q", content, want)
	}
	if got := names(t, folder); got != "addr" {
		t.Errorf("the folder holds %q", got)
	}
	if code := r.stop(); code != 0 || r.stderr.Len() > 0 {
		t.Errorf("it ended with %d and said %q", code, r.stderr)
	}
	if got := names(t, folder); got != "" {
		t.Errorf("it has stopped, and the folder holds %q", got)
	}
}

// addrWatcher is a standard output that looks for the file when something is said.
type addrWatcher struct {
	file string
	err  error // of looking for it
}

func (w *addrWatcher) Write(text []byte) (int, error) {
	address, _, _ := strings.Cut(strings.TrimPrefix(string(text), "Listening on http://"), " ")
	if conn, err := net.Dial("tcp", address); err == nil { //nolint:noctx // a Writer has none
		_ = conn.Close()
		_, w.err = os.Lstat(w.file)
	}
	return 0, errors.New("enough seen")
}

// TestReadiness listens before it says so, and writes the file only after all is said; when saying so fails, nothing stays.
func TestReadiness(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	w := &addrWatcher{file: filepath.Join(folder, "addr")}
	var stderr bytes.Buffer
	if code := run(t.Context(), []string{"-listen", "127.0.0.1:0", "-addr-file", w.file}, noEnv, w, &stderr); code != 1 {
		t.Errorf("exit code %d, want 1", code)
	}
	if !errors.Is(w.err, fs.ErrNotExist) {
		t.Errorf("looking for the file while it spoke: %v, want it to listen, and none", w.err)
	}
	if got := names(t, folder); got != "" {
		t.Errorf("it has failed, and the folder holds %q", got)
	}
}

// TestNoticeStaysOut leaves alone what is not a regular file, and leaves nothing behind where it cannot listen.
func TestNoticeStaysOut(t *testing.T) {
	t.Parallel()
	taken, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "empty"), 0o700); err != nil {
		t.Fatal(err)
	}
	for file, tc := range map[string]struct{ listen, want string }{
		"empty": {"127.0.0.1:0", "not a regular file"}, "addr": {taken.Addr().String(), "cannot listen"},
	} {
		var stdout, stderr bytes.Buffer
		code := run(t.Context(), []string{"-listen", tc.listen, "-addr-file", filepath.Join(folder, file)}, noEnv, &stdout, &stderr)
		if code != 1 || stdout.Len() > 0 || !strings.Contains(stderr.String(), tc.want) {
			t.Errorf("%s: exit code %d, stdout %q, stderr %q, want %q in it", file, code, &stdout, &stderr, tc.want)
		}
		if got := names(t, folder); got != "empty" {
			t.Errorf("%s: the folder holds %q", file, got)
		}
	}
}

// TestFilesOfOthersStay starts where the address is taken, and with files that hold something else: each is as it was.
func TestFilesOfOthersStay(t *testing.T) {
	t.Parallel()
	taken, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })
	for name, tc := range map[string]struct{ content, listen, want string }{
		"address of one that serves": {"127.0.0.1:1\n", taken.Addr().String(), "cannot listen"},
		"journal of one that serves": {`{"at":"2026-01-01T00:00:00.000Z"}` + "\n", taken.Addr().String(), "cannot listen"},
		"a configuration":            {"provider \"timpush\" {}\n", "127.0.0.1:0", "was not written by this command"},
		"a certificate of somebody":  {someCertificate(t), "127.0.0.1:0", "was not written by this command"},
		"a certificate with its key": {"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n", "127.0.0.1:0", "was not written by this command"},
	} {
		for _, flags := range [][]string{{"-addr-file"}, {"-journal"}, {"-tls", "-tls-cert-file"}} {
			t.Run(name+flags[len(flags)-1], func(t *testing.T) {
				t.Parallel()
				file := filepath.Join(t.TempDir(), "file")
				if err := os.WriteFile(file, []byte(tc.content), 0o600); err != nil {
					t.Fatal(err)
				}
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				stdout, stderr := &stopper{stop: cancel}, &bytes.Buffer{}
				code := run(ctx, append(append([]string{"-listen", tc.listen}, flags...), file), noEnv, stdout, stderr)
				if code != 1 || stdout.Len() > 0 || !strings.Contains(stderr.String(), tc.want) {
					t.Errorf("exit code %d, stdout %q, stderr %q, want %q in it", code, stdout, stderr, tc.want)
				}
				if content, err := os.ReadFile(file); string(content) != tc.content {
					t.Errorf("the file holds %q (%v)", content, err)
				}
			})
		}
	}
}

// stopper is a standard output that stops the command when it has started: it should not.
type stopper struct {
	bytes.Buffer
	stop func()
}

func (s *stopper) Write(text []byte) (int, error) {
	s.stop()
	return s.Buffer.Write(text)
}

// someCertificate is one as the command makes them, but with another name.
func someCertificate(t *testing.T) string {
	t.Helper()
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "somebody"}}
	der, err := x509.CreateCertificate(nil, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

// TestNoticeOfAnotherStays stops after somebody else has written the file: what they wrote stays.
func TestNoticeOfAnotherStays(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "addr")
	r := start(t, "-listen", "127.0.0.1:0", "-addr-file", file)
	ask(t, r.export, "xiaoming")
	if err := os.WriteFile(file, []byte("127.0.0.1:1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code := r.stop(); code != 0 {
		t.Errorf("it ended with %d", code)
	}
	if content, err := os.ReadFile(file); string(content) != "127.0.0.1:1\n" {
		t.Errorf("the file holds %q (%v)", content, err)
	}
}
