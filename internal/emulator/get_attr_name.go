package emulator

// getAttrNameReply is the reply to get_attr_name, in the page's order of fields (67815). Pick: both objects are {} where
// the app has no names.
type getAttrNameReply struct {
	envelope
	AttrNames map[string]string // by index, "0" to "9"
	AttrTypes map[string]kind   // likewise; older pages (60562) do not know it
}

// getAttrName is get_attr_name (67815). The request is {}; pick: what else stands in it is ignored.
func (s *state) getAttrName(object) answer {
	reply := getAttrNameReply{envelope: done, AttrNames: map[string]string{}, AttrTypes: map[string]kind{}}
	for i, a := range s.attributes {
		if a.name != "" {
			reply.AttrNames[indexes[i]], reply.AttrTypes[indexes[i]] = a.name, a.kind
		}
	}
	return ok(reply)
}
