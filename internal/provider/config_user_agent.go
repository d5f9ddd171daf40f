package provider

import (
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// userAgentEnv is an addition to the User-Agent. Many providers support it.
const userAgentEnv = "TF_APPEND_USER_AGENT"

// userAgent returns the User-Agent header, such as
// "terraform-provider-timpush/1.2.3 cli/1.11.4 added". The CLI's version is what
// it reports to providers, which does not include the CLI's name. OpenTofu 1.12
// reports a Terraform version, 1.13.0.
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
