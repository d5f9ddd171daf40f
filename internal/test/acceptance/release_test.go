package acceptance

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"debug/elf"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// released is the output of scripts/release.sh.
type released struct {
	folder, version string
}

// newReleased returns the release to test, or skips the test if there is none.
func newReleased(t *testing.T) released {
	t.Helper()
	folder := os.Getenv("RELEASE_DIST")
	if folder == "" {
		t.Skip("looks at what a release holds: run make release-test, which makes it") //nolint:forbidigo // not about a version
	}
	sums := glob(t, filepath.Join(folder, "terraform-provider-timpush_*_SHA256SUMS"))
	if len(sums) != 1 {
		t.Fatalf("there are %v", sums)
	}
	return released{folder, strings.TrimSuffix(strings.TrimPrefix(filepath.Base(sums[0]), "terraform-provider-timpush_"), "_SHA256SUMS")}
}

// name returns the name of a file of the release.
func (r released) name(rest string) string {
	return "terraform-provider-timpush_" + r.version + "_" + rest
}

// A release has the files that registries require for each system, and checksums
// of all.
func TestAccReleaseFiles(t *testing.T) {
	t.Parallel()
	r := newReleased(t)
	wanted := []string{r.name("manifest.json")}
	for _, system := range []string{"linux", "darwin", "windows", "freebsd"} {
		for _, architecture := range []string{"amd64", "arm64"} {
			for _, kind := range []string{".zip", ".cdx.json"} {
				wanted = append(wanted, r.name(system+"_"+architecture+kind))
			}
			r.checkZip(t, system, architecture)
			r.checkSBOM(t, system, architecture)
		}
	}
	sums := map[string]string{}
	for line := range strings.Lines(read(t, filepath.Join(r.folder, r.name("SHA256SUMS")))) {
		sum, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		sums[name] = sum
	}
	for _, name := range wanted {
		if want := fmt.Sprintf("%x", sha256.Sum256([]byte(read(t, filepath.Join(r.folder, name))))); sums[name] != want {
			t.Errorf("the checksum of %s is %q, want %s", name, sums[name], want)
		}
		delete(sums, name)
	}
	if len(sums) > 0 {
		t.Errorf("there are checksums of %v too", sums)
	}
	var manifest struct {
		Version  int
		Metadata struct {
			Protocols []string `json:"protocol_versions"`
		}
	}
	if err := json.Unmarshal([]byte(read(t, filepath.Join(r.folder, r.name("manifest.json")))), &manifest); err != nil || manifest.Version != 1 ||
		!slices.Equal(manifest.Metadata.Protocols, []string{"6.0"}) {
		t.Errorf("the manifest is %+v, %v", manifest, err)
	}
}

// checkZip checks that a zip contains the license, and the binary with the name
// that the CLI expects.
func (r released) checkZip(t *testing.T, system, architecture string) {
	t.Helper()
	archive, err := zip.OpenReader(filepath.Join(r.folder, r.name(system+"_"+architecture+".zip")))
	if err != nil {
		t.Error(err)
		return
	}
	defer func() { _ = archive.Close() }()
	var got []string
	for _, file := range archive.File {
		got = append(got, fmt.Sprint(file.Mode(), " ", file.Name))
	}
	binary := "terraform-provider-timpush_v" + r.version
	if system == "windows" {
		binary += ".exe"
	}
	if want := []string{"-rw-r--r-- LICENSE", "-rwxr-xr-x " + binary}; !slices.Equal(got, want) {
		t.Errorf("%s %s: the zip holds %q, want %q", system, architecture, got, want)
		return
	}
	content, err := archive.Open(binary)
	if err != nil {
		t.Error(err)
		return
	}
	all, err := io.ReadAll(content)
	if err != nil {
		t.Error(err)
	}
	r.checkBinary(t, all, system, architecture)
}

// checkBinary checks that a binary is for its system, has no dynamic
// dependencies, and does not depend on the machine, time or checkout of the
// build.
func (r released) checkBinary(t *testing.T, binary []byte, system, architecture string) {
	t.Helper()
	info, err := buildinfo.Read(bytes.NewReader(binary))
	if err != nil {
		t.Error(err)
		return
	}
	settings := map[string]string{}
	for _, setting := range info.Settings {
		settings[setting.Key] = setting.Value
		if strings.HasPrefix(setting.Key, "vcs") {
			t.Errorf("%s %s: the binary tells %s", system, architecture, setting.Key)
		}
	}
	for key, want := range map[string]string{"GOOS": system, "GOARCH": architecture, "CGO_ENABLED": "0", "-trimpath": "true"} {
		if settings[key] != want {
			t.Errorf("%s %s: the binary was built with %s=%s", system, architecture, key, settings[key])
		}
	}
	if file, err := elf.NewFile(bytes.NewReader(binary)); err == nil && file.Section(".symtab") != nil {
		t.Errorf("%s %s: the binary is not stripped", system, architecture)
	}
}

// checkSBOM checks that a software bill of materials is for this release, and
// lists the most important dependencies.
func (r released) checkSBOM(t *testing.T, system, architecture string) {
	t.Helper()
	var bill struct {
		BOMFormat string
		Metadata  struct {
			Component struct{ Version, PURL string }
		}
		Components []struct{ Name string }
	}
	if err := json.Unmarshal([]byte(read(t, filepath.Join(r.folder, r.name(system+"_"+architecture+".cdx.json")))), &bill); err != nil {
		t.Error(err)
		return
	}
	made := bill.Metadata.Component
	if bill.BOMFormat != "CycloneDX" || made.Version != "v"+r.version || !strings.Contains(made.PURL, "goarch="+architecture+"&goos="+system) {
		t.Errorf("%s %s: the bill of materials is of %+v", system, architecture, made)
	}
	for _, name := range []string{"github.com/hashicorp/terraform-plugin-framework", "github.com/tencentyun/tls-sig-api-v2-golang", "std"} {
		if !slices.ContainsFunc(bill.Components, func(c struct{ Name string }) bool { return c.Name == name }) {
			t.Errorf("%s %s: the bill of materials lacks %s", system, architecture, name)
		}
	}
}
