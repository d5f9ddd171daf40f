package main

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// notice is a file by which the command tells other programs something while it runs. It appears whole or not at all, so
// that they can wait for it, and is gone when the command has stopped. A nil notice is one that nobody wants.
type notice struct {
	path      string
	temporary *os.File // what becomes the file, in the same folder
	published string   // what it holds; "" before
}

// prepareNotice takes away what an earlier run left, and makes sure before anything is served that the file can be
// written. A file that holds something else than such notices do is somebody's, and stays. Errors name the flag that asks
// for it; where its value is "", nobody wants it.
func prepareNotice(name, path string, isNotice func(content string) bool) (*notice, error) {
	if path == "" {
		return nil, nil
	}
	fail := func(err error) (*notice, error) {
		return nil, fmt.Errorf("cannot write the file of %s: %w; give a file in a folder that exists and can be written to", name, err)
	}
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return fail(err)
	case !info.Mode().IsRegular():
		return fail(fmt.Errorf("%s is there already, and is no ordinary file", path))
	default:
		content, err := os.ReadFile(path) // #nosec G304 -- the user names the file
		if err == nil && len(content) > 0 && !isNotice(string(content)) {
			return nil, errTaken(name, path)
		}
		if err == nil {
			err = os.Remove(path)
		}
		if err != nil {
			return fail(err)
		}
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fail(err)
	}
	return &notice{path: path, temporary: temporary}, nil
}

// errTaken is about a file that a flag names and that is not the command's to overwrite.
func errTaken(name, path string) error {
	return fmt.Errorf("%s is %s, which is there already and holds something else than this command writes; remove it, or give another file", name, path)
}

// isAddress tells whether content is what -addr-file writes.
func isAddress(content string) bool {
	line, ended := strings.CutSuffix(content, "\n")
	_, port, err := net.SplitHostPort(line)
	_, notNumber := strconv.ParseUint(port, 10, 16)
	return ended && err == nil && notNumber == nil
}

// isCertificate tells whether content is what -tls-cert-file writes.
func isCertificate(content string) bool {
	block, rest := pem.Decode([]byte(content))
	if block == nil || len(rest) > 0 || !strings.HasPrefix(content, "-----BEGIN ") {
		return false
	}
	certificate, err := x509.ParseCertificate(block.Bytes)
	return err == nil && certificate.Subject.CommonName == certificateName
}

// publish makes the file appear. Everybody may read it: what it holds is no secret, and other users' programs may need it.
func (n *notice) publish(content string) error {
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

// remove takes the file away, published or not, unless somebody else has written it since. One that somebody else has
// removed is gone as well, and one that cannot be removed is found by the next run.
func (n *notice) remove() {
	if n == nil {
		return
	}
	_ = n.temporary.Close()
	_ = os.Remove(n.temporary.Name())
	if content, err := os.ReadFile(n.path); err == nil && n.published != "" && string(content) == n.published {
		_ = os.Remove(n.path)
	}
}
