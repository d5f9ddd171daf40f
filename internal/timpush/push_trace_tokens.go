package timpush

import (
	"cmp"
	"encoding/json"
	"io"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// deviceTokens removes the tokens of devices, which are credentials too: with the
// app's certificate, they are enough to push to a device. It removes fields whose
// names contain "token", and their texts wherever else they occur, for example in the
// error of a vendor.
type deviceTokens struct {
	clean func(string) string // of other secrets
	known *strings.Replacer   // replaces the tokens
}

const (
	shortestToken = 8 // shorter texts, such as "true", are no tokens
	replacement   = "(device token removed)"
)

// newDeviceTokens finds the tokens in decoded JSON.
func newDeviceTokens(clean func(string) string, tree any) deviceTokens {
	found := map[string]bool{}
	collectTokens(tree, false, found)
	for token := range maps.Clone(found) {
		found[url.QueryEscape(token)] = true // as in a URL
		found[url.PathEscape(token)] = true
	}
	longestFirst := slices.SortedFunc(maps.Keys(found), func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) // one can be the start of another
	})
	var pairs []string
	for _, token := range longestFirst {
		pairs = append(pairs, token, replacement)
	}
	return deviceTokens{clean, strings.NewReplacer(pairs...)}
}

func isTokenField(name string) bool { return strings.Contains(strings.ToLower(name), "token") }

// isToken reports whether the text of a field for a token can be one: a time, for
// example, contains a space.
func isToken(text string) bool {
	return len(text) >= shortestToken && !strings.ContainsFunc(text, unicode.IsSpace)
}

// tokenInText matches a field for a token in JSON that is a part of a text, with or
// without escaped quotation marks.
var tokenInText = regexp.MustCompile(`(?i)token[^"\\]*\\*"\s*:\s*\\*"([^"\\]+)`)

// collectTokens adds the texts and numbers in fields with tokens.
func collectTokens(tree any, inToken bool, found map[string]bool) {
	switch value := tree.(type) {
	case string:
		if nested, ok := nestedTree(value); ok {
			collectTokens(nested, inToken, found)
		} else if inToken && isToken(value) {
			found[value] = true
		}
		for _, match := range tokenInText.FindAllStringSubmatch(value, -1) {
			if isToken(match[1]) {
				found[match[1]] = true
			}
		}
	case json.Number:
		if inToken && isToken(value.String()) {
			found[value.String()] = true
		}
	case []any:
		for _, element := range value {
			collectTokens(element, inToken, found)
		}
	case map[string]any:
		for name, field := range value {
			collectTokens(field, inToken || isTokenField(name), found)
		}
	}
}

// text returns a text without tokens and secrets.
func (d deviceTokens) text(text string) string { return d.known.Replace(d.clean(text)) }

// tree returns decoded JSON without tokens and secrets.
func (d deviceTokens) tree(tree any) any {
	switch value := tree.(type) {
	case string:
		return d.text(value)
	case json.Number:
		if text := d.text(value.String()); text != value.String() {
			return text
		}
	case []any:
		for i := range value {
			value[i] = d.tree(value[i])
		}
	case map[string]any:
		kept := make(map[string]any, len(value))
		for _, name := range slices.Sorted(maps.Keys(value)) {
			if !isTokenField(name) {
				kept[d.text(name)] = d.tree(value[name])
			}
		}
		return kept
	}
	return tree
}

// nestedTree decodes a text that is JSON itself, and can have fields for tokens.
func nestedTree(text string) (tree any, ok bool) {
	if trimmed := strings.TrimSpace(text); !isTokenField(text) || !strings.HasPrefix(trimmed, "{") && !strings.HasPrefix(trimmed, "[") {
		return nil, false
	}
	return decodeTree(text)
}

func decodeTree(text string) (tree any, ok bool) {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber() // keeps numbers as they were sent
	if decoder.Decode(&tree) != nil {
		return nil, false
	}
	_, err := decoder.Token()
	return tree, err == io.EOF
}

// encodeTree returns compact JSON with sorted keys.
func encodeTree(tree any) string {
	var written strings.Builder
	encoder := json.NewEncoder(&written)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(tree) != nil {
		return "[]" // not reached: the tree was decoded from JSON
	}
	return strings.TrimSuffix(written.String(), "\n")
}
