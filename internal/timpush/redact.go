package timpush

import (
	"encoding/hex"
	"strings"
	"sync"
)

// shortestPart is the length, in letters and digits, of the shortest part of a
// secret that is removed from texts. Any 24 characters of a key (64 hexadecimal
// digits) or UserSig (base64) have more letters and digits, and ordinary texts
// have fewer in common with them.
const shortestPart = 16

// shortestSecret is the length, in letters and digits, of the shortest secret
// that is removed. Shorter ones cannot be distinguished from ordinary words.
const shortestSecret = 8

// redactor removes known secrets from texts of the service or the network:
// verbatim, escaped as in URLs or JSON, in another base64 alphabet, wrapped over
// lines, or in part. It compares only letters and digits, which are the same in
// all these forms. The client's own texts never contain a secret. It is safe for
// concurrent use.
type redactor struct {
	mu    sync.RWMutex
	parts map[int]map[string]bool // the letters and digits of parts, by their number
	hints map[string]bool         // all substrings of hintLength of the parts
}

// hintLength is short enough that every part in a text contains a hint at a
// multiple of hintLength. Texts without hints need no further search.
const hintLength = 4

// add adds a secret to remove.
func (r *redactor) add(secret Secret) {
	text := appendPlain(nil, nil, secret.reveal())
	if len(text) < shortestSecret {
		return
	}
	length := min(len(text), shortestPart)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.parts == nil {
		r.parts, r.hints = map[int]map[string]bool{}, map[string]bool{}
	}
	if r.parts[length] == nil {
		r.parts[length] = map[string]bool{}
	}
	for i := 0; i+length <= len(text); i++ {
		r.parts[length][string(text[i:i+length])] = true
	}
	for i := 0; i+hintLength <= len(text); i++ {
		r.hints[string(text[i:i+hintLength])] = true
	}
}

// suspect reports whether a text may contain a part of a secret.
func (r *redactor) suspect(characters []byte) bool {
	for i := 0; i+hintLength <= len(characters); i += hintLength {
		if r.hints[string(characters[i:i+hintLength])] {
			return true
		}
	}
	return false
}

// clean returns text without any known secret.
func (r *redactor) clean(text string) string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if len(text) < shortestSecret || len(r.parts) == 0 {
		return text
	}
	var short [128]byte // enough for attribute values
	characters := appendPlain(short[:0], nil, text)
	if !r.suspect(characters) {
		return text
	}
	at := make([]span, 0, len(text))
	characters = appendPlain(characters[:0], &at, text)
	var hidden []bool // by byte of text
	for length, parts := range r.parts {
		for i := 0; i+length <= len(characters); i++ {
			if !parts[string(characters[i:i+length])] {
				continue
			}
			if hidden == nil {
				hidden = make([]bool, len(text))
			}
			for j := at[i].from; j < at[i+length-1].to; j++ {
				hidden[j] = true
			}
		}
	}
	if hidden == nil {
		return text
	}
	return without(text, hidden)
}

// without returns text with each hidden run, and any base64 padding after it,
// replaced.
func without(text string, hidden []bool) string {
	var shown strings.Builder
	for i := range len(text) {
		if i > 0 && hidden[i-1] && (text[i] == '_' || text[i] == '=') {
			hidden[i] = true
		}
		switch {
		case !hidden[i]:
			shown.WriteByte(text[i])
		case i == 0 || !hidden[i-1]:
			shown.WriteString(redacted)
		}
	}
	return shown.String()
}

// span is the position in a text of a character, including its escape.
type span struct{ from, to int }

// appendPlain decodes escapes in a text and appends its letters and digits.
// Unless at is nil, it appends their positions to at.
func appendPlain(characters []byte, at *[]span, text string) []byte {
	for i := 0; i < len(text); {
		character, length := text[i], 1
		if character == '%' || character == '\\' {
			character, length = decodeEscape(text[i:])
		}
		i += length
		if character >= '0' && character <= '9' || character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z' {
			characters = append(characters, character)
			if at != nil {
				*at = append(*at, span{i - length, i})
			}
		}
	}
	return characters
}

// decodeEscape returns the first character of a text and the length in bytes of
// its encoding: a URL escape such as %41, or a JSON escape, possibly escaped more
// than once.
func decodeEscape(text string) (character byte, length int) {
	switch text[0] {
	case '%':
		digits := 1
		for strings.HasPrefix(text[digits:], "25") { // an escaped %
			digits += 2
		}
		if b, ok := hexByte(text, digits); ok {
			return b, digits + 2
		}
	case '\\':
		rest := strings.TrimLeft(text, `\`) // more than one if it is escaped more than once
		length := len(text) - len(rest)
		if b, ok := hexByte(rest, 3); ok && strings.HasPrefix(rest, "u00") {
			return b, length + 5
		}
		return ' ', min(length+1, len(text)) // a line ending, tab or quote
	}
	return text[0], 1
}

// hexByte decodes two hexadecimal digits.
func hexByte(text string, at int) (byte, bool) {
	if at+2 > len(text) {
		return 0, false
	}
	b, err := hex.DecodeString(text[at : at+2])
	if err != nil {
		return 0, false
	}
	return b[0], true
}
