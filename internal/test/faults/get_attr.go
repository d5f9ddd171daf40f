package faults

// A value of get_attr is an object of strings by name (60564). The names come from
// the service too.
var _ = registerRead("get_attr", read{list: "UserAttrs", field: "Attrs", kind: "object", value: `{"name":%}`},
	jsonFault("key in a name", envelope+`,"UserAttrs":[{"To_Account":"user0","Attrs":{"`+Key+`":"`+Key+`"}}]}`, Harmless, ""),
	jsonFault("attribute name that is not UTF-8", envelope+",\"UserAttrs\":[{\"To_Account\":\"user0\",\"Attrs\":{\"a\xff\":\"\"}}]}", Final, "is not UTF-8"),
)
