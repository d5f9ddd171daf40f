package faults

// The response of revoke is the envelope only (269/105123): other fields are ignored.
// 90050 means that the push has been revoked already.
var _ = register("revoke", responses{success: []int64{90050}, faults: func() []Fault {
	return []Fault{
		jsonFault("only an envelope", envelope+`}`, Harmless, ""),
		jsonFault("new fields", envelope+`,"TaskId":["`+Key+`"],"ErrorList":7}`, Harmless, ""),
	}
}})
