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

// names returns the names of the files in a folder.
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

// TestAddrFile checks that the file contains the address, replaces the file of an earlier run, and is removed at the end.
func TestAddrFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "addr")
	if err := os.WriteFile(file, []byte("127.0.0.1:1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := start(t, "-listen", "127.0.0.1:0", "-addr-file", file)
	readAttributes(t, r.export, "xiaoming") // it responds only after writing the file
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.TrimPrefix(r.export["TIMPUSH_ENDPOINT"], "http://") + "\n"; string(content) != want {
		t.Errorf("the file contains %q, want %q", content, want)
	}
	if got := names(t, folder); got != "addr" {
		t.Errorf("the folder contains %q", got)
	}
	if code := r.stop(); code != 0 || r.stderr.Len() > 0 {
		t.Errorf("it exited with %d, stderr %q", code, r.stderr)
	}
	if got := names(t, folder); got != "" {
		t.Errorf("after it stopped, the folder contains %q", got)
	}
}

// addrWatcher is a standard output that checks, on each write, whether the file exists.
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

// TestReadiness checks that the command listens before it prints, and writes the file after printing. If printing fails, it
// leaves no file.
func TestReadiness(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	w := &addrWatcher{file: filepath.Join(folder, "addr")}
	var stderr bytes.Buffer
	if code := run(t.Context(), []string{"-listen", "127.0.0.1:0", "-addr-file", w.file}, noEnv, w, &stderr); code != 1 {
		t.Errorf("exit code %d, want 1", code)
	}
	if !errors.Is(w.err, fs.ErrNotExist) {
		t.Errorf("looking for the file during the output: %v, want it to listen, and no file", w.err)
	}
	if got := names(t, folder); got != "" {
		t.Errorf("after it failed, the folder contains %q", got)
	}
}

// TestAddrFileErrors checks that the command keeps a file that is not regular, and leaves no file if it cannot listen.
func TestAddrFileErrors(t *testing.T) {
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
			t.Errorf("%s: the folder contains %q", file, got)
		}
	}
}

// TestForeignFilesAreKept checks that files are unchanged if the address is in use, or if the command did not write them.
func TestForeignFilesAreKept(t *testing.T) {
	t.Parallel()
	taken, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() })
	for name, tc := range map[string]struct{ content, listen, want string }{
		"address of another emulator": {"127.0.0.1:1\n", taken.Addr().String(), "cannot listen"},
		"journal of another emulator": {`{"at":"2026-01-01T00:00:00.000Z"}` + "\n", taken.Addr().String(), "cannot listen"},
		"a configuration":             {"provider \"timpush\" {}\n", "127.0.0.1:0", "was not written by this command"},
		"a foreign certificate":       {someCertificate(t), "127.0.0.1:0", "was not written by this command"},
		"a certificate with its key":  {"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n", "127.0.0.1:0", "was not written by this command"},
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
					t.Errorf("the file contains %q (%v)", content, err)
				}
			})
		}
	}
}

// stopper is a standard output that stops the command, in case it starts by mistake.
type stopper struct {
	bytes.Buffer
	stop func()
}

func (s *stopper) Write(text []byte) (int, error) {
	s.stop()
	return s.Buffer.Write(text)
}

// someCertificate returns a certificate like the command's, with another name.
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

// TestReplacedFileIsKept checks that the command does not remove a file that another program has written since.
func TestReplacedFileIsKept(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "addr")
	r := start(t, "-listen", "127.0.0.1:0", "-addr-file", file)
	readAttributes(t, r.export, "xiaoming")
	if err := os.WriteFile(file, []byte("127.0.0.1:1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code := r.stop(); code != 0 {
		t.Errorf("it ended with %d", code)
	}
	if content, err := os.ReadFile(file); string(content) != "127.0.0.1:1\n" {
		t.Errorf("the file contains %q (%v)", content, err)
	}
}
