package timpush

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"reflect"

	"golang.org/x/text/unicode/norm"
)

// Fields are the fields of an object that the caller knows, by name. Of another field,
// only what was sent counts: the service may add fields.
type Fields map[string]Field

// Field is a field that the caller knows.
type Field struct {
	Default string // what a missing number or text means, as text; "" if it is not known
	Fields  Fields // of an object, or of each object in a list; nil if all that it contains belongs to it
}

// noFields are the fields of an object that the caller does not know.
var noFields = Fields{}

// Same reports whether two objects, as they are sent, mean the same: a known field that is
// missing is the same as its default, or as an empty object or list.
func (f Fields) Same(a, b map[string]any) bool {
	return reflect.DeepEqual(f.withoutDefaults(decodedObject(a)), f.withoutDefaults(decodedObject(b)))
}

// Digest returns a text that two objects, as they are sent or returned, share if they can
// mean the same, and practically only then. The service may not keep the difference between
// a missing value and an empty one or 0, or between a number and its text.
func (f Fields) Digest(object map[string]any) string {
	return digest(plain(f.withoutDefaults(decodedObject(object))))
}

// AudienceDigest returns a text that two pushes share if they have the same audience, and
// practically only then. ok is whether the audience can be sent.
func (p ScheduledPush) AudienceDigest() (text string, ok bool) {
	body, err := p.content()
	if err != nil {
		return "", false
	}
	encoded, err := json.Marshal(body)
	if err != nil {
		return "", false
	}
	content := decodeObject(encoded)
	sortAudience(content)
	return digest([]any{p.Kind, content["Condition"], content["To_Account"]}), true
}

// digest returns a hash of decoded JSON.
func digest(tree any) string {
	sum := sha256.Sum256([]byte(encodeTree(tree)))
	return hex.EncodeToString(sum[:])
}

// decodedObject returns an object as JSON decodes it.
func decodedObject(object map[string]any) map[string]any {
	encoded, err := json.Marshal(object)
	if err != nil {
		return object
	}
	return decodeObject(encoded)
}

// withoutDefaults returns decoded JSON without known fields that mean the same if they
// are missing.
func (f Fields) withoutDefaults(tree any) any {
	switch value := tree.(type) {
	case map[string]any:
		kept := make(map[string]any, len(value))
		for name, element := range value {
			field, isKnown := f[name]
			if isKnown && field.Fields != nil {
				element = field.Fields.withoutDefaults(element)
			}
			if !isKnown || !field.isDefault(element) {
				kept[name] = element
			}
		}
		return kept
	case []any:
		kept := make([]any, len(value))
		for i, element := range value {
			kept[i] = f.withoutDefaults(element)
		}
		return kept
	default:
		return tree
	}
}

// isDefault reports whether a value of the field means the same as none.
func (f Field) isDefault(tree any) bool {
	switch value := tree.(type) {
	case map[string]any:
		return len(value) == 0
	case []any:
		return len(value) == 0
	case nil:
		return true
	default:
		return f.Default != "" && scalarText(value) == f.Default
	}
}

// plain returns decoded JSON with texts in place of scalars, and without empty values in
// objects.
func plain(tree any) any {
	switch value := tree.(type) {
	case map[string]any:
		kept := make(map[string]any, len(value))
		for name, element := range value {
			if element = plain(element); !isEmpty(element) {
				kept[name] = element
			}
		}
		return kept
	case []any:
		kept := make([]any, len(value))
		for i, element := range value {
			kept[i] = plain(element)
		}
		return kept
	}
	switch text := norm.NFC.String(scalarText(tree)); text {
	case "0", "false":
		return ""
	default:
		return text
	}
}
