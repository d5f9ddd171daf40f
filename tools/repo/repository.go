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

// repository is the repository to check. Paths are relative to its folder, with
// slashes.
type repository struct {
	folder   string
	kinds    []kind // of the provider
	findings []string
}

// report adds a finding: what is wrong, and what to do. Line 0 means the file itself.
func (r *repository) report(file string, line int, format string, args ...any) {
	where := file
	if line > 0 {
		where = fmt.Sprintf("%s:%d", file, line)
	}
	if finding := where + ": " + fmt.Sprintf(format, args...); !slices.Contains(r.findings, finding) {
		r.findings = append(r.findings, finding)
	}
}

// read returns the content of a file. A missing file is a finding.
func (r *repository) read(file string) string {
	content, err := os.ReadFile(filepath.Join(r.folder, filepath.FromSlash(file))) // #nosec G304 -- a file of the repository
	if err != nil {
		r.report(file, 0, "cannot be read: %v", err)
	}
	return string(content)
}

// exists reports whether a file or folder exists.
func (r *repository) exists(file string) bool {
	_, err := os.Stat(filepath.Join(r.folder, filepath.FromSlash(file)))
	return err == nil
}

// glob returns the files that match the patterns. A pattern without a match is a
// finding, because otherwise a check without files would pass.
func (r *repository) glob(patterns ...string) (files []string) {
	for _, pattern := range patterns {
		found, err := fs.Glob(os.DirFS(r.folder), pattern)
		if err != nil || len(found) == 0 {
			r.report(pattern, 0, "no file matches; fix the pattern in tools/repo")
		}
		files = append(files, found...)
	}
	return files
}

// names returns the names in a folder, or none if there is no such folder.
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
		case entry.IsDir() && slices.Contains([]string{".git", ".bin", "dist"}, name): // generated, and may change meanwhile
			return fs.SkipDir
		case path.Ext(name) == ".md":
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		r.report(".", 0, "cannot be listed: %v", err)
	}
	return files
}

// lineAt returns the number of the line that contains the byte at index.
func lineAt(text string, index int) int { return strings.Count(text[:index], "\n") + 1 }
