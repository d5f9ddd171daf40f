package provider

import (
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// userAgentEnv adds to the User-Agent of many providers, as this one's.
const userAgentEnv = "TF_APPEND_USER_AGENT"

// userAgent returns the User-Agent header, such as
// "terraform-provider-timpush/1.2.3 cli/1.11.4 added". The CLI's version is the one
// that it reports to providers. The CLI's name is not reported, and OpenTofu 1.12
// reports a version of Terraform, 1.13.0.
func userAgent(version, cliVersion, added string) (string, diag.Diagnostics) {
	agent := "terraform-provider-timpush/" + version
	if cliVersion != "" {
		agent += " cli/" + cliVersion
	}
	if added = strings.TrimSpace(added); added != "" {
		agent += " " + added
	}
	if strings.ContainsFunc(added, unicode.IsControl) {
		return "", diag.Diagnostics{diag.NewErrorDiagnostic("Invalid User Agent",
			userAgentEnv+" contains a control character, such as a newline, which HTTP headers cannot contain. "+
				"Set it to a single line of text, or unset it.\n\nSet by: environment variable "+userAgentEnv)}
	}
	return agent, nil
}
