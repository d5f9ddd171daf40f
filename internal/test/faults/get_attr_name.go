package faults

import "slices"

var _ = register("get_attr_name", responses{faults: func() []Fault {
	return slices.Concat(wrongTypes([]field{
		{"AttrNames", envelope + `,"AttrNames":%}`, []string{"object"}, []string{"null"}},
		{"name", envelope + `,"AttrNames":{"0":%}}`, []string{"string"}, all},
		{"AttrTypes", envelope + `,"AttrNames":{"0":"sex"},"AttrTypes":%}`, []string{"object"}, []string{"null"}},
		{"type", envelope + `,"AttrNames":{"0":"sex"},"AttrTypes":{"0":%}}`, []string{"number"}, all},
	}), []Fault{
		jsonFault("no names", envelope+`}`, Harmless, ""),
		jsonFault("duplicate names", envelope+`,"AttrNames":{"0":"sex","1":"sex"}}`, Harmless, ""),
		jsonFault("invalid indexes", envelope+`,"AttrNames":{"":"a","10":"b","x":"c","-1":"d","1e400":"e"}}`, Harmless, ""),
		jsonFault("types without names", envelope+`,"AttrTypes":{"0":1}}`, Harmless, ""),
		jsonFault("key in indexes, names and types", envelope+`,"AttrNames":{"`+Key+`":"`+Key+`","0":["`+Key+`"]},"AttrTypes":{"0":"`+Key+`"}}`, Harmless, ""),
	})
}})
