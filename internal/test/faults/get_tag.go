package faults

// getTag are the faults of replies to get_tag; what it has in common with get_attr
// stands there.
func getTag() []Fault {
	return append(wrongTypes([]field{
		{"UserTags", envelope + `,"UserTags":%}`, nil, []string{"null", "array"}},
		{"UserTags", envelope + `,"UserTags":[%]}`, nil, all}, // belongs to no account
		{"To_Account", envelope + `,"UserTags":[{"To_Account":%,"Tags":[]}]}`, []string{"string"}, all},
		{"Tags", envelope + `,"UserTags":[{"To_Account":"user0","Tags":%}]}`, []string{"array"}, all}, // the account's error
		{"tag", envelope + `,"UserTags":[{"To_Account":"user0","Tags":[%]}]}`, []string{"string"}, all},
	}),
		answer("no lists", envelope+`}`, Harmless, ""),
		answer("no tags", envelope+`,"UserTags":[{"To_Account":"user0"}]}`, Harmless, ""),
		answer("key in tags", envelope+`,"UserTags":[{"To_Account":"user0","Tags":["`+Key+`",["`+Key+`"]]}]}`, Harmless, ""),
		answer("lists of get_attr", envelope+`,"UserAttrs":[{"To_Account":"user0","Attrs":{}}]}`, Harmless, ""),
	)
}
