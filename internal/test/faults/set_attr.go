package faults

var _ = registerWrite("set_attr")
