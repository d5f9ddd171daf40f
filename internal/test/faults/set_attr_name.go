package faults

// The response of set_attr_name is the envelope only (60563): other fields are
// ignored.
var _ = register("set_attr_name", responses{faults: func() []Fault {
	return []Fault{
		jsonFault("only an envelope", envelope+`}`, Harmless, ""),
		jsonFault("new fields", envelope+`,"AttrNames":7,"ErrorList":["`+Key+`"]}`, Harmless, ""),
	}
}})
