package conformance

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// decoded returns decoded JSON whose numbers are as they were sent.
func decoded(raw []byte) (tree any) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	_ = decoder.Decode(&tree)
	return tree
}

// different lists what is added or altered.
func different(sent, got any) []string { return append(added(sent, got), altered(sent, got)...) }

// added lists the fields that decoded JSON has where they were not sent, with their values.
func added(sent, got any) (list []string) {
	eachPair("", sent, got, func(at string, sent, got []byte) {
		if sent == nil {
			list = append(list, fmt.Sprintf("%s = %s", at, got))
		}
	})
	return list
}

// altered lists the fields that were sent, and that decoded JSON lacks, or has with another value.
func altered(sent, got any) (list []string) {
	eachPair("", sent, got, func(at string, sent, got []byte) {
		switch {
		case got == nil:
			list = append(list, at+" is missing")
		case sent != nil && !bytes.Equal(sent, got):
			list = append(list, fmt.Sprintf("%s = %s in place of %s", at, got, sent))
		}
	})
	return list
}

// eachPair calls visit with what two trees of decoded JSON have in each place, as JSON, nil if one lacks it. It goes into
// objects, and into lists of the same length, if both have them.
func eachPair(at string, sent, got any, visit func(at string, sent, got []byte)) {
	before, wasObject := sent.(map[string]any)
	after, isObject := got.(map[string]any)
	list, wasList := sent.([]any)
	others, isList := got.([]any)
	switch {
	case wasObject && isObject:
		for name, value := range before {
			if now, found := after[name]; found {
				eachPair(within(at, name), value, now, visit)
			} else {
				visit(within(at, name), encoded(value), nil)
			}
		}
		for name, value := range after {
			if _, found := before[name]; !found {
				visit(within(at, name), nil, encoded(value))
			}
		}
	case wasList && isList && len(list) == len(others):
		for i := range list {
			eachPair(fmt.Sprintf("%s[%d]", at, i), list[i], others[i], visit)
		}
	default:
		visit(at, encoded(sent), encoded(got))
	}
}

// within returns the place of a field.
func within(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

// encoded returns a tree as JSON.
func encoded(tree any) []byte {
	raw, _ := json.Marshal(tree) // only of what JSON has
	return raw
}
