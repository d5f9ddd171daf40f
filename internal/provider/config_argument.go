package provider

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// envSentence is the sentence of the docs that names an argument's variable.
func envSentence(arg kit.Argument) string { return "Environment variable: `" + arg.Env + "`." }

// setting is one argument's value, from the configuration or the environment.
// An empty text is "not set".
type setting struct {
	kit.Argument

	text            string
	unknown         bool
	fromEnvironment bool
}

func configuredString(arg kit.Argument, value types.String) setting {
	return setting{Argument: arg, text: value.ValueString(), unknown: value.IsUnknown()}
}

func configuredNumber(arg kit.Argument, value types.Number) setting {
	s := setting{Argument: arg, unknown: value.IsUnknown()}
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

func (s setting) isSet() bool { return s.unknown || s.text != "" }

func (s setting) orEnvironment(getenv func(string) string) setting {
	if s.isSet() {
		return s
	}
	return setting{Argument: s.Argument, text: getenv(s.Env), fromEnvironment: true}
}

// pairOrEnvironment treats two arguments as one: if the configuration sets either,
// the environment variables of both are ignored. It returns sentences on those
// that were.
func pairOrEnvironment(a, b setting, getenv func(string) string) (first, second setting, ignored []string) {
	if !a.isSet() && !b.isSet() {
		return a.orEnvironment(getenv), b.orEnvironment(getenv), nil
	}
	if !a.isSet() && getenv(a.Env) != "" {
		ignored = append(ignored, fmt.Sprintf("Note: %s is set but ignored, because the provider block sets %s.", a.Env, b.Name))
	}
	if !b.isSet() && getenv(b.Env) != "" {
		ignored = append(ignored, fmt.Sprintf("Note: %s is set but ignored, because the provider block sets %s.", b.Env, a.Name))
	}
	return a, b, ignored
}

// invalid returns an error, on the argument's path unless it is secret, that
// shows the value unless it is hidden. cause ends the sentence "The value ...".
func (s setting) invalid(cause, fix string) diag.Diagnostic {
	value := "The value of " + s.Name
	if !s.Hidden {
		value += ", " + kit.Quote(s.text)
	}
	if s.fromEnvironment {
		value += " from the environment variable " + s.Env
	}
	if !s.Hidden {
		value += ","
	}
	summary, detail := "Invalid "+s.Name, value+" "+cause+" Set "+s.Name+", or "+s.Env+" in the environment, to "+fix
	if s.Secret {
		return diag.NewErrorDiagnostic(summary, detail)
	}
	return diag.NewAttributeErrorDiagnostic(path.Root(s.Name), summary, detail)
}

// missing returns the text of the error where an operation needs the argument.
func (s setting) missing(what string) string {
	return s.Name + " is set neither in the provider block nor in the environment. Set " + s.Name + ", or " + s.Env + " in the environment, to " + what
}

// wholeNumber reads a whole number between two bounds, both included.
func (s setting) wholeNumber(least, most int64) (int64, diag.Diagnostics) {
	value, err := strconv.ParseInt(s.text, 10, 64)
	if err != nil || value < least || value > most {
		return 0, diag.Diagnostics{s.invalid(fmt.Sprintf("is not a whole number from %d to %d.", least, most), "one that is.")}
	}
	return value, nil
}

// clean rejects what a value brings along from a file: white space, invisible
// and control characters, quotes.
func (s setting) clean() diag.Diagnostics {
	alone := "the value alone."
	if !s.fromEnvironment {
		alone = "the value alone; trimspace() removes white space."
	}
	invisible := strings.IndexFunc(s.text, kit.IsInvisible)
	switch {
	case strings.TrimSpace(s.text) != s.text:
		return diag.Diagnostics{s.invalid("begins or ends with white space, as a value read from a file with its line end does.", alone)}
	case invisible >= 0:
		character, _ := utf8.DecodeRuneInString(s.text[invisible:])
		return diag.Diagnostics{s.invalid(fmt.Sprintf("contains an invisible character, %U, such as a byte order mark or a zero-width space.", character), "the value alone, typed or copied without it.")}
	case strings.ContainsFunc(s.text, unicode.IsControl):
		return diag.Diagnostics{s.invalid("contains a control character, such as a line end.", "the value alone, on one line.")}
	case kit.IsQuoted(s.text):
		return diag.Diagnostics{s.invalid("is in quotes, as env files have them; here they are part of the value.", "the value alone, without quotes.")}
	}
	return nil
}
