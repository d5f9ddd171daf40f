package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// files are the files of a repository in which a check finds nothing.
type files map[string]string

// broken is a change after which a check has one finding.
type broken struct {
	file     string
	old, now string // the text to replace, and its replacement; if old is empty, now is the complete file
	want     string // the finding, or its beginning
}

// fixture writes files to a new folder.
func fixture(t *testing.T, good files) *repository {
	t.Helper()
	r := &repository{folder: t.TempDir()}
	for name, content := range good {
		write(t, r, name, content)
	}
	return r
}

func write(t *testing.T, r *repository, name, content string) {
	t.Helper()
	path := filepath.Join(r.folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// testCheck expects no findings in the good files, and one after each change.
func testCheck(t *testing.T, check func(*repository), kinds []kind, good files, changes []broken) {
	t.Helper()
	r := fixture(t, good)
	r.kinds = kinds
	if check(r); len(r.findings) > 0 {
		t.Errorf("found in good files:\n%s", strings.Join(r.findings, "\n"))
	}
	for _, change := range changes {
		r := fixture(t, good)
		r.kinds = kinds
		content := change.now
		if change.old != "" {
			if content = strings.Replace(good[change.file], change.old, change.now, 1); content == good[change.file] {
				t.Errorf("%s does not contain %q", change.file, change.old)
			}
		}
		write(t, r, change.file, content)
		if check(r); len(r.findings) != 1 || !strings.HasPrefix(r.findings[0], change.want) {
			t.Errorf("found:\n%s\nwant:\n%s", strings.Join(r.findings, "\n"), change.want)
		}
	}
}

func TestMissingFileIsFound(t *testing.T) {
	t.Parallel()
	for i, check := range checks {
		r := fixture(t, nil)
		if check(r); len(r.findings) == 0 {
			t.Errorf("check %d finds nothing in an empty folder", i)
		}
	}
}

func TestRunNeedsTheRepository(t *testing.T) {
	t.Parallel()
	if err := run(t.Context(), t.TempDir(), io.Discard); err == nil || !strings.Contains(err.Error(), "is not the folder of the repository") {
		t.Error(err)
	}
}
