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

// envSentence is the sentence in an argument's description that names its
// environment variable.
func envSentence(arg kit.Argument) string { return "Environment variable: `" + arg.Env + "`." }

// setting is an argument's value from the provider block or the environment. An
// empty text means not set.
type setting struct {
	kit.Argument

	text            string
	unknown         bool
	fromEnvironment bool
	unquoted        bool // errors show the text without quotes
}

func configuredString(arg kit.Argument, value types.String) setting {
	return setting{Argument: arg, text: value.ValueString(), unknown: value.IsUnknown()}
}

func configuredNumber(arg kit.Argument, value types.Number) setting {
	s := setting{Argument: arg, unknown: value.IsUnknown(), unquoted: true}
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
		// All digits, so that rounding does not hide a small fraction.
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

// pairOrEnvironment treats two arguments as a pair: if the block sets either, the
// environment variables of both are ignored. It returns facts about ignored
// variables.
func pairOrEnvironment(a, b setting, getenv func(string) string) (first, second setting, ignored []string) {
	if !a.isSet() && !b.isSet() {
		return a.orEnvironment(getenv), b.orEnvironment(getenv), nil
	}
	if !a.isSet() && getenv(a.Env) != "" {
		ignored = append(ignored, fmt.Sprintf("Ignored: %s, because the provider block sets %s", a.Env, b.Name))
	}
	if !b.isSet() && getenv(b.Env) != "" {
		ignored = append(ignored, fmt.Sprintf("Ignored: %s, because the provider block sets %s", b.Env, a.Name))
	}
	return a, b, ignored
}

// setAs is the name of the argument or environment variable that sets the value.
func (s setting) setAs() string {
	if s.fromEnvironment {
		return s.Env
	}
	return s.Name
}

// setBy returns a fact about where the value was set. It always names the
// environment variable.
func (s setting) setBy() string {
	if s.fromEnvironment {
		return "Set by: environment variable " + s.Env
	}
	return "Set by: " + s.Name + " in the provider block\nEnvironment variable: " + s.Env
}

// shown is the value as errors show it.
func (s setting) shown() string {
	if s.unquoted {
		return s.text
	}
	return kit.Quote(s.text)
}

// invalid returns an error, on the argument's path unless it is secret. cause and
// fix are complete sentences.
func (s setting) invalid(cause, fix string) diag.Diagnostic {
	summary, detail := "Invalid "+s.Title, cause+" "+fix+"\n\n"+s.setBy()
	if s.Secret {
		return diag.NewErrorDiagnostic(summary, detail)
	}
	return diag.NewAttributeErrorDiagnostic(path.Root(s.Name), summary, detail)
}

// wholeNumber reads a whole number between two bounds, both included. fix says
// what to set the argument to.
func (s setting) wholeNumber(least, most int64, fix string) (int64, diag.Diagnostics) {
	value, err := strconv.ParseInt(s.text, 10, 64)
	if err != nil || value < least || value > most {
		return 0, diag.Diagnostics{s.invalid(fmt.Sprintf("%s must be a whole number from %d to %d, not %s.", s.Name, least, most, s.shown()),
			"Set "+s.setAs()+" to "+fix+".")}
	}
	return value, nil
}

// clean rejects mistakes from copying a value: surrounding whitespace, invisible
// and control characters, and quotes.
func (s setting) clean() diag.Diagnostics {
	value := "The value of " + s.Name
	if !s.Hidden {
		value += ", " + s.shown() + ","
	}
	invisible := strings.IndexFunc(s.text, kit.IsInvisible)
	switch {
	case strings.TrimSpace(s.text) != s.text:
		fix := "Remove the whitespace, for example with trimspace()."
		if s.fromEnvironment {
			fix = "Remove the whitespace from " + s.Env + "."
		}
		return diag.Diagnostics{s.invalid(value+" begins or ends with whitespace, such as a newline at the end of a file.", fix)}
	case invisible >= 0:
		character, _ := utf8.DecodeRuneInString(s.text[invisible:])
		return diag.Diagnostics{s.invalid(value+" contains an invisible character, "+characterName(character)+".", "Set "+s.setAs()+" to the value without this character.")}
	case strings.ContainsFunc(s.text, unicode.IsControl):
		return diag.Diagnostics{s.invalid(value+" contains a control character, such as a newline.", "Set "+s.setAs()+" to a single line of text.")}
	case kit.IsQuoted(s.text):
		return diag.Diagnostics{s.invalid(value+" is in quotes, which are part of the value here.", "Remove the quotes from "+s.setAs()+".")}
	}
	return nil
}

// characterName names an invisible character.
func characterName(character rune) string {
	names := map[rune]string{'\uFEFF': "byte order mark", '\u200B': "zero-width space", '\u00AD': "soft hyphen"}
	if name, ok := names[character]; ok {
		return fmt.Sprintf("%U (%s)", character, name)
	}
	return fmt.Sprintf("%U", character)
}
