// Package buildinfo says which version of a binary runs.
package buildinfo

import (
	"runtime/debug"
	"strings"
)

// Version returns the version of this binary: the linked one, which release builds set,
// or "dev". In place of "dev" it returns that of the module, which "go install"
// sets.
func Version(linked string) string {
	info, ok := debug.ReadBuildInfo()
	if linked != "dev" || !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return linked
	}
	return strings.TrimPrefix(info.Main.Version, "v")
}
