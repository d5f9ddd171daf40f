package acceptance

import (
	"regexp"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// The user agent of requests has the versions of provider and CLI, and the user's
// addition.
func TestAccUserAgent(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	service := newEmulator(t)
	w.serve(t, service)
	w.env = append(w.env, "TF_APPEND_USER_AGENT=team/7")
	w.write(t, "main.tf", requiredProviders+readTeam)
	w.mustRun(t, "plan")
	checkUserAgent(t, service, "dev", "team/7")
}

// checkUserAgent checks the user agent of all requests to the service.
func checkUserAgent(t *testing.T, service *emulator.Emulator, version, added string) {
	t.Helper()
	line, err := cli.Version()
	if err != nil {
		t.Fatal(err)
	}
	product, itself, _ := strings.Cut(line, " v")
	itself = regexp.QuoteMeta(itself)
	if product == "OpenTofu" {
		itself = `\d+\.\d+\.\d+\S*` // in OpenTofu, may be a Terraform version
	}
	want := regexp.MustCompile("^terraform-provider-timpush/" + regexp.QuoteMeta(version) + " cli/" + itself + " " + regexp.QuoteMeta(added) + "$")
	journal := service.Journal()
	if len(journal) == 0 {
		t.Error("there was no request")
	}
	for _, entry := range journal {
		if !want.MatchString(entry.UserAgent) {
			t.Errorf("the user agent is %q, want %s", entry.UserAgent, want)
		}
	}
}
