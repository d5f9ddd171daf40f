package cli

import "testing"

// A CLI lacks a feature in versions before the one that added it. Terraform and
// OpenTofu added it in different versions.
func TestLacking(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]string{
		"Terraform v1.5.7":        "Terraform 1.5 lacks ephemeral resources (added in 1.10)",
		"Terraform v1.9.8":        "Terraform 1.9 lacks ephemeral resources (added in 1.10)",
		"Terraform v1.10.0-beta1": "",
		"Terraform v1.11.4":       "",
		"Terraform v2.0.0":        "",
		"OpenTofu v1.10.7":        "OpenTofu 1.10 lacks ephemeral resources (added in 1.11)",
		"OpenTofu v1.11.0":        "",
	} {
		if got, err := Ephemeral.Lacking(version); err != nil || got != want {
			t.Errorf("%s: %q, %v", version, got, err)
		}
	}
	for version, want := range map[string]string{
		"Terraform v1.13.5": "Terraform 1.13 lacks actions (added in 1.14)",
		"Terraform v1.14.0": "",
		"OpenTofu v1.12.6":  "OpenTofu 1.12 lacks actions (in no version)",
		"OpenTofu v2.0.0":   "OpenTofu 2.0 lacks actions (in no version)",
	} {
		if got, err := Actions.Lacking(version); err != nil || got != want {
			t.Errorf("%s: %q, %v", version, got, err)
		}
	}
	for _, version := range []string{"", "Terraform", "Terraform v1", "Vault v1.15.0"} {
		if got, err := Ephemeral.Lacking(version); err == nil {
			t.Errorf("%q is accepted as a version: %q", version, got)
		}
	}
}
