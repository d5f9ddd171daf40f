package main

import (
	"strings"
	"testing"
)

// `terraform validate` needs no credentials, and finds what is wrong in the
// configuration alone.
func TestAccValidate(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t)
	validate := func(region string) (string, error) {
		w.write(t, "main.tf", requiredProviders+`
provider "timpush" {
  region = "`+region+`"
}

data "timpush_user_attributes" "team" {
  accounts = ["Mary"]
}
`)
		return w.run(t, "validate", "-no-color")
	}
	if output, err := validate("singapore"); err != nil {
		t.Errorf("%v\n%s", err, output)
	}
	if output, err := validate("mars"); err == nil || !strings.Contains(output, "Invalid region") {
		t.Errorf("a wrong region is not found: %v\n%s", err, output)
	}
}
