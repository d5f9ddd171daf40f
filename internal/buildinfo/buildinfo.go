// Package buildinfo determines the version of the running binary.
package buildinfo

import (
	"runtime/debug"
	"strings"
)

// Version returns the version of this binary. linked is the version that release
// builds set at link time, or "dev". Instead of "dev", Version returns the version of
// the module, if "go install" has set it.
func Version(linked string) string {
	info, ok := debug.ReadBuildInfo()
	if linked != "dev" || !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return linked
	}
	return strings.TrimPrefix(info.Main.Version, "v")
}
