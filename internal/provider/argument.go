package provider

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// argument is one of the provider's arguments and the environment variable that
// stands in for it.
type argument struct {
	name, env string
	hidden    bool // errors do not show the value, which may hold a password
	secret    bool // nor do they carry a path: the CLI would print the source line
}

var (
	argSDKAppID          = argument{name: "sdk_app_id", env: "TIMPUSH_SDK_APP_ID"}
	argRegion            = argument{name: "region", env: "TIMPUSH_REGION"}
	argEndpoint          = argument{name: "endpoint", env: "TIMPUSH_ENDPOINT", hidden: true}
	argIdentifier        = argument{name: "identifier", env: "TIMPUSH_IDENTIFIER"}
	argSecretKey         = argument{name: "secret_key", env: "TIMPUSH_SECRET_KEY", hidden: true, secret: true}
	argUserSig           = argument{name: "user_sig", env: "TIMPUSH_USER_SIG", hidden: true, secret: true}
	argRequestsPerSecond = argument{name: "requests_per_second", env: "TIMPUSH_REQUESTS_PER_SECOND"}
	argMaxRetries        = argument{name: "max_retries", env: "TIMPUSH_MAX_RETRIES"}
	argRequestTimeout    = argument{name: "request_timeout", env: "TIMPUSH_REQUEST_TIMEOUT"}
)

// environment is the sentence of the docs that names the variable.
func (a argument) environment() string { return "Environment variable: `" + a.env + "`." }

// problem returns an error about the argument, on its path unless it is secret.
func (a argument) problem(summary, cause, remedy string) diag.Diagnostic {
	detail := cause + " " + remedy
	if a.secret {
		return diag.NewErrorDiagnostic(summary, detail)
	}
	return diag.NewAttributeErrorDiagnostic(path.Root(a.name), summary, detail)
}

// setting is one argument's value, from the configuration or the environment.
// An empty text is "not set".
type setting struct {
	argument
	text            string
	unknown         bool
	fromEnvironment bool
}

func configuredString(arg argument, value types.String) setting {
	return setting{argument: arg, text: value.ValueString(), unknown: value.IsUnknown()}
}

func configuredNumber(arg argument, value types.Number) setting {
	s := setting{argument: arg, unknown: value.IsUnknown()}
	number := value.ValueBigFloat()
	if number == nil {
		return s
	}
	whole, accuracy := number.Int64()
	switch {
	case accuracy == big.Exact:
		s.text = strconv.FormatInt(whole, 10)
	case number.MantExp(nil) > 1000:
		s.text = "a very large number" // 1e1000000000 has a billion digits
	default:
		// With its fraction, however small: no rounding makes it whole.
		s.text = number.Text('f', -1)
	}
	return s
}

func (s setting) said() bool { return s.unknown || s.text != "" }

func (s setting) orEnvironment(getenv func(string) string) setting {
	if s.said() {
		return s
	}
	return setting{argument: s.argument, text: getenv(s.env), fromEnvironment: true}
}

// pairOrEnvironment treats two arguments as one: what the configuration says of
// either hides what the environment says of both.
func pairOrEnvironment(a, b setting, getenv func(string) string) (setting, setting) {
	if a.said() || b.said() {
		return a, b
	}
	return a.orEnvironment(getenv), b.orEnvironment(getenv)
}

// invalid returns an error that shows the value unless it is hidden. problem
// ends the sentence "The value ...", as in "is too large.".
func (s setting) invalid(problem, remedy string) diag.Diagnostic {
	value := "The value of " + s.name
	if !s.hidden {
		value += ", " + quote(s.text)
	}
	if s.fromEnvironment {
		value += " from the environment variable " + s.env
	}
	if !s.hidden {
		value += ","
	}
	return s.problem("Invalid "+s.name, value+" "+problem, "Set "+s.name+", or "+s.env+" in the environment, to "+remedy)
}

func (s setting) missing(what string) diag.Diagnostic {
	return s.problem("Missing "+s.name, s.name+" is set neither in the provider block nor in the environment.",
		"Set "+s.name+", or "+s.env+" in the environment, to "+what)
}

// wholeNumber reads a whole number between two bounds, both included.
func (s setting) wholeNumber(least, most int64) (int64, diag.Diagnostics) {
	value, err := strconv.ParseInt(s.text, 10, 64)
	if err != nil || value < least || value > most {
		return 0, diag.Diagnostics{s.invalid(
			fmt.Sprintf("is not a whole number from %d to %d.", least, most),
			"one that is.",
		)}
	}
	return value, nil
}

// clean refuses the white space and control characters that a value read from a
// file brings along.
func (s setting) clean() diag.Diagnostics {
	switch {
	case strings.TrimSpace(s.text) != s.text:
		return diag.Diagnostics{s.invalid(
			"begins or ends with white space, as a value read from a file with its line end does.",
			"the value alone; trimspace() takes white space off.",
		)}
	case strings.ContainsFunc(s.text, unicode.IsControl):
		return diag.Diagnostics{s.invalid(
			"holds a control character, such as a line end.",
			"the value alone, on one line.",
		)}
	}
	return nil
}
