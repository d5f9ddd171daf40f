package provider

import (
	"strings"
	"testing"
)

// What the guide says of replaced and renamed resources: create_before_destroy loses
// values until the next apply, and a moved block writes nothing.
func TestAccOwnedReplacedAndRenamed(t *testing.T) {
	t.Parallel()
	recorded := &requestLog{Handler: newApp(t, crew())}
	env, _ := serve(t, recorded)
	config := providerSource + `
resource "timpush_user_tags" "canaries" {
  tags = { alice = ["canary"] }

  lifecycle {
    create_before_destroy = true
  }
}
`
	const add, remove = `add_tag {"UserTags":[{"To_Account":"alice","Tags":["canary"]}]}`, `remove_tag {"UserTags":[{"To_Account":"alice","Tags":["canary"]}]}`
	w := newWorkspace(t, config, env...)
	apply := func(when, want string, writes []string, arguments ...string) {
		t.Helper()
		output, err := w.run(t, nil, append([]string{"apply", "-auto-approve"}, arguments...)...)
		if err != nil {
			t.Fatal(output)
		}
		checkParts(t, when, output, want)
		var got []string
		for _, request := range recorded.taken() {
			if !strings.HasPrefix(request, "get_") {
				got = append(got, request)
			}
		}
		checkText(t, when, strings.Join(got, "\n"), strings.Join(writes, "\n"))
	}
	apply("create", "1 added", []string{add})
	apply("replace", "1 added, 0 changed, 1 destroyed", []string{add, remove}, "-replace=timpush_user_tags.canaries")
	apply("next apply", "0 added, 1 changed, 0 destroyed", []string{add})

	w.write(t, "main.tf", strings.ReplaceAll(config, `"canaries"`, `"staff"`)+`
moved {
  from = timpush_user_tags.canaries
  to   = timpush_user_tags.staff
}
`)
	apply("rename", "0 added, 0 changed, 0 destroyed", nil)
}
