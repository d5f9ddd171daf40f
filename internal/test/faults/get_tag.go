package faults

// A value of get_tag is a list of strings (60567).
var _ = registerRead("get_tag", read{list: "UserTags", field: "Tags", kind: "array", value: `[%]`})
