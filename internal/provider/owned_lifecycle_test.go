package provider

import "testing"

// Create, change, and destroy send what differs, and nothing else.
func TestOwnedAttributesLifecycle(t *testing.T) {
	t.Parallel()
	o := newOwner(t, ownedAttributes, crew(), nil)
	first := o.of(map[string]any{"alice": map[string]any{"level": "gold", "city": "Oslo"}, "bob": one("level", "gold"), "carol": map[string]any{}})
	checkText(t, "create", o.run(first), "create\n")
	o.wire.check(t, "create",
		`get_attr {"To_Account":["alice","bob"]}`,
		`get_attr_name {}`,
		`set_attr {"UserAttrs":[{"To_Account":"alice","Attrs":{"city":"Oslo","level":"gold"}},{"To_Account":"bob","Attrs":{"level":"gold"}}]}`)
	checkText(t, "state", o.owns(), "{alice:{city:Oslo level:gold] bob:{level:gold] carol:{]]")
	checkText(t, "errors", show(o.attribute("errors")), "{]")

	checkText(t, "second plan", o.run(first), "none\n")
	o.wire.check(t, "second plan", `get_attr {"To_Account":["alice","bob"]}`)

	checkText(t, "change", o.run(o.of(map[string]any{"alice": one("level", "silver"), "bob": one("level", "gold")})), "update\n")
	o.wire.check(t, "change",
		`get_attr {"To_Account":["alice","bob"]}`,
		`remove_attr {"UserAttrs":[{"To_Account":"alice","Attrs":["city"]}]}`,
		`set_attr {"UserAttrs":[{"To_Account":"alice","Attrs":{"level":"silver"}}]}`)
	checkText(t, "service", o.has("alice", "bob"), "{alice:{level:silver] bob:{city:Rome level:gold]]")

	checkText(t, "destroy", o.run(nil), "delete\n")
	o.wire.check(t, "destroy",
		`get_attr {"To_Account":["alice","bob"]}`,
		`remove_attr {"UserAttrs":[{"To_Account":"alice","Attrs":["level"]},{"To_Account":"bob","Attrs":["level"]}]}`)
	checkText(t, "service", o.has("alice", "bob"), "{alice:{] bob:{city:Rome]]")
}
