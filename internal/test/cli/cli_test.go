package cli

import "testing"

// A feature is lacking below the minor version that brought it, which the two CLIs
// count for themselves, and nowhere else.
func TestLacking(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]string{
		"Terraform v1.5.7":        "Terraform 1.5 lacks ephemeral resources, which 1.10 brought",
		"Terraform v1.9.8":        "Terraform 1.9 lacks ephemeral resources, which 1.10 brought",
		"Terraform v1.10.0-beta1": "",
		"Terraform v1.11.4":       "",
		"Terraform v2.0.0":        "",
		"OpenTofu v1.10.7":        "OpenTofu 1.10 lacks ephemeral resources, which 1.11 brought",
		"OpenTofu v1.11.0":        "",
	} {
		if got, err := Ephemeral.Lacking(version); err != nil || got != want {
			t.Errorf("%s: %q, %v", version, got, err)
		}
	}
	for _, version := range []string{"", "Terraform", "Terraform v1", "Vault v1.15.0"} {
		if got, err := Ephemeral.Lacking(version); err == nil {
			t.Errorf("%q is taken for a version: %q", version, got)
		}
	}
}
