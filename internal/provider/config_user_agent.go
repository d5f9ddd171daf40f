package provider

import (
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// userAgentEnv adds to the User-Agent of many providers, as this one's.
const userAgentEnv = "TF_APPEND_USER_AGENT"

// userAgent is what the service sees of who asks, as in
// "terraform-provider-timpush/1.2.3 cli/1.11.4 added". The CLI's version is what it
// says to providers. Which CLI it is does not come with it, and OpenTofu 1.12
// gives a version of Terraform, 1.13.0.
func userAgent(version, cliVersion, added string) (string, diag.Diagnostics) {
	agent := "terraform-provider-timpush/" + version
	if cliVersion != "" {
		agent += " cli/" + cliVersion
	}
	if added = strings.TrimSpace(added); added != "" {
		agent += " " + added
	}
	if strings.ContainsFunc(added, unicode.IsControl) {
		return "", diag.Diagnostics{diag.NewErrorDiagnostic("Invalid "+userAgentEnv,
			"The environment variable "+userAgentEnv+" holds a control character, such as a line end, which no request can carry in its User-Agent. "+
				"Set it to one line of text, or unset it.")}
	}
	return agent, nil
}
