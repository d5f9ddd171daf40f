package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRunDrift: the seed's drift is applied, and an entry that requests have made impossible is a warning.
func TestRunDrift(t *testing.T) {
	t.Parallel()
	seed := filepath.Join(t.TempDir(), "seed.json")
	if err := os.WriteFile(seed, []byte(`{
		"accounts": { "alice": { "attributes": { "city": "ShenZhen" } } },
		"drift": [
			{ "after_writes": 1, "attribute_names": { "0": { "name": "town" } } },
			{ "after_writes": 1, "accounts": { "alice": null } }
		]
	}`), 0o600); err != nil {
		t.Fatal(err)
	}
	r := start(t, "-listen", "127.0.0.1:0", "-seed", seed)
	call(t, r.export, "set_attr_name", map[string]any{"AttrNames": map[string]string{"1": "town"}})
	if response := readAttributes(t, r.export, "alice"); !strings.Contains(response, "70107") {
		t.Errorf("response %s, want 70107 for alice", response)
	}
	const want = `timpush-emulator: warning: skipped an entry of drift, because requests have changed the app: ` +
		`drift[0].attribute_names["0"].name: index "1" already has the name "town"` + "\n"
	if code := r.stop(); code != 0 || r.stderr.String() != want {
		t.Errorf("it exited with %d, stderr\n%s\nwant\n%s", code, r.stderr, want)
	}
}
