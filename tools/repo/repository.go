package main

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// repository is what is checked. Files are named from its folder, with slashes.
type repository struct {
	folder   string
	kinds    []kind // that the provider has
	findings []string
}

// report adds a finding: what is wrong, and what to do. Line 0 is the whole file.
func (r *repository) report(file string, line int, format string, args ...any) {
	where := file
	if line > 0 {
		where = fmt.Sprintf("%s:%d", file, line)
	}
	if finding := where + ": " + fmt.Sprintf(format, args...); !slices.Contains(r.findings, finding) {
		r.findings = append(r.findings, finding)
	}
}

// read returns what a file holds; a missing file is a finding.
func (r *repository) read(file string) string {
	content, err := os.ReadFile(filepath.Join(r.folder, filepath.FromSlash(file))) // #nosec G304 -- of the repository
	if err != nil {
		r.report(file, 0, "cannot be read: %v", err)
	}
	return string(content)
}

// exists tells whether there is a file or folder.
func (r *repository) exists(file string) bool {
	_, err := os.Stat(filepath.Join(r.folder, filepath.FromSlash(file)))
	return err == nil
}

// glob returns the files that match patterns; a pattern without files is a finding,
// or a check of nothing would pass.
func (r *repository) glob(patterns ...string) (files []string) {
	for _, pattern := range patterns {
		found, err := fs.Glob(os.DirFS(r.folder), pattern)
		if err != nil || len(found) == 0 {
			r.report(pattern, 0, "no file matches; correct the pattern in tools/repo")
		}
		files = append(files, found...)
	}
	return files
}

// names returns the names in a folder, none where there is no folder.
func (r *repository) names(folder string) (names []string) {
	entries, _ := os.ReadDir(filepath.Join(r.folder, filepath.FromSlash(folder)))
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// markdown returns all Markdown files.
func (r *repository) markdown() (files []string) {
	err := fs.WalkDir(os.DirFS(r.folder), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains([]string{".git", ".bin", "dist"}, name): // not ours, and may change meanwhile
			return fs.SkipDir
		case path.Ext(name) == ".md":
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		r.report(".", 0, "cannot be searched: %v", err)
	}
	return files
}

// lineAt is the number of the line with a byte of a text.
func lineAt(text string, index int) int { return strings.Count(text[:index], "\n") + 1 }
