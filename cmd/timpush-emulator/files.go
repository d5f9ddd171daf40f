package main

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// publishedFile is a file for other programs while the command runs. It is written atomically, so that they can wait for it,
// and removed at the end. A nil publishedFile does nothing.
type publishedFile struct {
	path      string
	temporary *os.File // in the same folder; renamed to the file
	published string   // the content; "" before publish
}

// preparePublishedFile removes the file of an earlier run, and ensures that it can be written. It returns nil if path is "".
func preparePublishedFile(flag, path string, isOurs func(content string) bool) (*publishedFile, error) {
	if path == "" {
		return nil, nil
	}
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, cannotWrite(flag, err)
	case !info.Mode().IsRegular():
		return nil, cannotWrite(flag, fmt.Errorf("%s exists and is not a regular file", path))
	default:
		if err := checkOurs(flag, path, isOurs); err != nil {
			return nil, err
		}
		if err := os.Remove(path); err != nil {
			return nil, cannotWrite(flag, err)
		}
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return nil, cannotWrite(flag, err)
	}
	return &publishedFile{path: path, temporary: temporary}, nil
}

// publish writes the file. Everyone can read it: its content is not secret, and programs of other users may need it.
func (n *publishedFile) publish(content string) error {
	if n == nil {
		return nil
	}
	_, err := n.temporary.WriteString(content)
	err = errors.Join(err, n.temporary.Chmod(0o644), n.temporary.Close())
	if err == nil {
		err = os.Rename(n.temporary.Name(), n.path)
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", n.path, err)
	}
	n.published = content
	return nil
}

// remove removes the file, unless another program has written it since. If that fails, the next run removes it.
func (n *publishedFile) remove() {
	if n == nil {
		return
	}
	_ = n.temporary.Close()
	_ = os.Remove(n.temporary.Name())
	if content, err := os.ReadFile(n.path); err == nil && n.published != "" && string(content) == n.published {
		_ = os.Remove(n.path)
	}
}

// isAddress reports whether -addr-file writes such content.
func isAddress(content string) bool {
	line, ended := strings.CutSuffix(content, "\n")
	_, port, err := net.SplitHostPort(line)
	_, notNumber := strconv.ParseUint(port, 10, 16)
	return ended && err == nil && notNumber == nil
}

// isCertificate reports whether -tls-cert-file writes such content.
func isCertificate(content string) bool {
	block, rest := pem.Decode([]byte(content))
	if block == nil || len(rest) > 0 || !strings.HasPrefix(content, "-----BEGIN ") {
		return false
	}
	certificate, err := x509.ParseCertificate(block.Bytes)
	return err == nil && certificate.Subject.CommonName == certificateName
}

// checkOurs returns an error if a file must not be overwritten: if it is neither empty nor from an earlier run. isOurs gets
// only the first 64 KiB, since a journal can be large.
func checkOurs(flag, path string, isOurs func(content string) bool) error {
	f, err := os.Open(path) // #nosec G304 -- the user names the file
	if err != nil {
		return cannotWrite(flag, err)
	}
	defer func() { _ = f.Close() }() // opened only for reading
	content, err := io.ReadAll(io.LimitReader(f, 64<<10))
	if err != nil {
		return cannotWrite(flag, err)
	}
	if len(content) > 0 && !isOurs(string(content)) {
		return fmt.Errorf("the file of %s, %s, already exists and was not written by this command; remove it, or choose another file", flag, path)
	}
	return nil
}

func cannotWrite(flag string, err error) error {
	return fmt.Errorf("cannot write the file of %s: %w; choose a file in a folder that exists and is writable", flag, err)
}
