package faults

var _ = registerWrite("add_tag")
