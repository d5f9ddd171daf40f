package acceptance

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// moduleRoot is the folder of go.mod. Tests run in the folder of their package.
var moduleRoot = func() string {
	folder, err := filepath.Abs("../../..")
	if err != nil {
		panic(err)
	}
	return folder
}()

// root returns the absolute path of a file of the repository.
func root(name string) string { return filepath.Join(moduleRoot, filepath.FromSlash(name)) }

// read returns what a file holds.
func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// exists reports whether there is a file.
func exists(t *testing.T, path string) bool {
	t.Helper()
	_, err := os.Stat(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return err == nil
}

// glob returns the files that match a pattern, of which there is at least one.
func glob(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("found no %s: %v", pattern, err)
	}
	return files
}

// unzip returns the contents of all files in an archive, such as a plan file.
func unzip(t *testing.T, path string) string {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = archive.Close() }()
	var all strings.Builder
	for _, file := range archive.File {
		content, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, content); err != nil {
			t.Fatal(err)
		}
		_ = content.Close()
	}
	return all.String()
}

// shortTemp is t.TempDir for a process that puts a provider's socket there: macOS
// allows 104 characters for its path. Scripts have to quote its name.
func shortTemp(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("/tmp", "it's ") //nolint:usetesting // see above
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}

// patience is how long to wait for what ought to happen soon: however busy the
// machine is, but not until the tests time out, which would say nothing of it.
func patience(t *testing.T) time.Duration {
	t.Helper()
	end, limited := t.Deadline()
	if !limited {
		return time.Hour
	}
	return time.Until(end) - time.Minute
}
