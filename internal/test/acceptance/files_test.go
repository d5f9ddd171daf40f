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

// read returns the content of a file.
func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// exists reports whether a file exists.
func exists(t *testing.T, path string) bool {
	t.Helper()
	_, err := os.Stat(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return err == nil
}

// glob returns the files that match a pattern. There must be at least one.
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

// shortTemp is t.TempDir with a short path, for a provider's socket: on macOS,
// its path has at most 104 characters. The name contains characters that scripts
// must quote.
func shortTemp(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("/tmp", "it's ") //nolint:usetesting // see above
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}

// waitLimit is how long to wait for something that should happen soon: long
// enough for a busy machine, but shorter than the timeout of the tests, whose
// message would not help.
func waitLimit(t *testing.T) time.Duration {
	t.Helper()
	end, limited := t.Deadline()
	if !limited {
		return time.Hour
	}
	return time.Until(end) - time.Minute
}
