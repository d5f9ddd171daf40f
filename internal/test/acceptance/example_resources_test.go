package acceptance

import (
	"fmt"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

// resourceExample is the example of a resource, and an app for it.
type resourceExample struct {
	name   string
	empty  func() emulator.Seed // an app without what the example manages
	filled func() emulator.Seed // an app that has it
	check  func(*testing.T, *emulator.Emulator)
	write  string // the call that writes
}

// exampleSeed is an app with the accounts of the examples, and another one.
func exampleSeed(accounts map[string]emulator.Account) emulator.Seed {
	seed := emulator.Seed{
		Accounts:       map[string]emulator.Account{"test-gold": {}, "test-silver": {}, "xiaoming": {Attributes: map[string]string{"city": "ShenZhen"}, Tags: []string{"beta"}}},
		AttributeNames: map[string]emulator.AttributeName{"0": {Name: "city"}, "1": {Name: "level"}, "2": {Name: "sex"}},
	}
	for i := range 200 {
		seed.Accounts[fmt.Sprintf("canary-%03d", i)] = emulator.Account{}
	}
	maps.Copy(seed.Accounts, accounts)
	return seed
}

func resourceExamples() []resourceExample {
	names := map[string]string{"0": "city", "1": "level", "2": "country"}
	return []resourceExample{
		{
			name: "timpush_attribute_names",
			empty: func() emulator.Seed {
				return emulator.Seed{AttributeNames: map[string]emulator.AttributeName{"7": {Name: "sex"}}}
			},
			filled: func() emulator.Seed {
				return emulator.Seed{AttributeNames: map[string]emulator.AttributeName{"0": {Name: "city"}, "1": {Name: "level"}, "2": {Name: "country", Type: "registration_id"}}}
			},
			check: func(t *testing.T, service *emulator.Emulator) {
				t.Helper()
				got := holdingsOf(t, service).names
				delete(got, "7")
				if !maps.Equal(got, names) {
					t.Errorf("the app's names are %v, want %v", got, names)
				}
			},
			write: "set_attr_name",
		},
		{
			name: "timpush_user_attributes",
			empty: func() emulator.Seed {
				return exampleSeed(map[string]emulator.Account{"test-gold": {Attributes: map[string]string{"sex": "male"}}})
			},
			filled: func() emulator.Seed {
				return exampleSeed(map[string]emulator.Account{
					"test-gold":   {Attributes: map[string]string{"city": "ShenZhen", "level": "gold", "sex": "male"}},
					"test-silver": {Attributes: map[string]string{"city": "BeiJing", "level": "silver"}},
				})
			},
			check: func(t *testing.T, service *emulator.Emulator) {
				t.Helper()
				holdingsOf(t, service, "test-gold", "test-silver", "xiaoming").check(t, map[string]map[string]string{
					"test-gold":   {"city": "ShenZhen", "level": "gold", "sex": "male"},
					"test-silver": {"city": "BeiJing", "level": "silver"},
					"xiaoming":    {"city": "ShenZhen"},
				}, nil)
			},
			write: "set_attr",
		},
		{
			name: "timpush_user_tags",
			empty: func() emulator.Seed {
				return exampleSeed(map[string]emulator.Account{"test-gold": {Tags: []string{"other"}}})
			},
			filled: func() emulator.Seed {
				return exampleSeed(map[string]emulator.Account{"test-gold": {Tags: []string{"beta", "other", "vip"}}, "test-silver": {Tags: []string{"beta"}}})
			},
			check: func(t *testing.T, service *emulator.Emulator) {
				t.Helper()
				holdingsOf(t, service, "test-gold", "test-silver", "xiaoming").check(t, nil, map[string][]string{
					"test-gold": {"beta", "other", "vip"}, "test-silver": {"beta"}, "xiaoming": {"beta"},
				})
			},
			write: "add_tag",
		},
		{
			name:  "timpush_scheduled_push",
			empty: func() emulator.Seed { return exampleSeed(nil) },
			filled: func() emulator.Seed {
				seed := exampleSeed(nil)
				seed.ScheduledPushes = map[string]*emulator.ScheduledPush{"1234567890": newYear()}
				return seed
			},
			check: func(t *testing.T, service *emulator.Emulator) {
				t.Helper()
				day := time.Date(2038, 1, 1, 0, 0, 0, 0, time.UTC)
				if got := scheduledTitles(t, service, day, day.Add(12*time.Hour)); !slices.Equal(got, []string{"Happy New Year"}) {
					t.Errorf("the scheduled pushes are %q", got)
				}
			},
			write: "add_sched_task",
		},
	}
}

// newYear is the push of the example.
func newYear() *emulator.ScheduledPush {
	return &emulator.ScheduledPush{
		In: time.Until(time.Date(2038, 1, 1, 1, 0, 0, 0, time.UTC)).String(), Type: "Tag",
		Content: []byte(`{"Condition":{"AttrsAnd":{"city":"ShenZhen"}},"OfflinePushInfo":{"Title":"Happy New Year","Desc":"Your present is waiting in the app."}}`),
	}
}

// part returns a workspace with some files of a resource's example.
func (e resourceExample) part(t *testing.T, service *emulator.Emulator, files ...string) *workspace {
	t.Helper()
	w, config := newWorkspace(t), ""
	for _, file := range files {
		content := read(t, root("examples/resources/"+e.name+"/"+file))
		w.write(t, file, content)
		config += content
	}
	cli.Need(t, features(config)...)
	w.write(t, "required_providers.tf", requiredProviders)
	w.serve(t, service)
	return w
}

// count returns the number of requests of a call.
func count(service *emulator.Emulator, api string) (requests int) {
	for _, entry := range service.Journal() {
		if entry.API == api {
			requests++
		}
	}
	return requests
}

// Every example of a resource can be applied, leaves everything else alone, and has
// no changes afterwards.
func TestAccExampleResources(t *testing.T) {
	t.Parallel()
	for _, e := range resourceExamples() {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			var files []string
			for _, file := range glob(t, root("examples/resources/"+e.name+"/resource*.tf")) {
				files = append(files, filepath.Base(file))
			}
			service := seededEmulator(t, e.empty())
			w := e.part(t, service, files...)
			w.mustRun(t, "apply", "-no-color", "-auto-approve")
			e.check(t, service)
			w.mustRun(t, "plan", "-no-color", "-detailed-exitcode")
		})
	}
}

// Every import block, and every import command, imports exactly what the example
// manages: the plan has no changes, and nothing is written.
func TestAccExampleImports(t *testing.T) {
	t.Parallel()
	for _, e := range resourceExamples() {
		for _, block := range []string{"import-by-string-id.tf", "import-by-identity.tf", "import.sh"} {
			if !exists(t, root("examples/resources/"+e.name+"/"+block)) {
				continue
			}
			t.Run(e.name+" "+block, func(t *testing.T) {
				t.Parallel()
				service := seededEmulator(t, e.filled())
				if block == "import.sh" {
					if _, err := exec.LookPath("bash"); err != nil {
						t.Skip("needs bash") //nolint:forbidigo // about a tool
					}
					w := e.part(t, service, "resource.tf")
					w.shell(t, "sh", read(t, root("examples/resources/"+e.name+"/"+block)))
					w.mustRun(t, "plan", "-no-color", "-detailed-exitcode")
				} else {
					w := e.part(t, service, "resource.tf", block)
					if output := w.mustRun(t, "apply", "-no-color", "-auto-approve"); !strings.Contains(output, "1 imported, 0 added, 0 changed, 0 destroyed") {
						t.Errorf("the apply prints:\n%s", output)
					}
				}
				if requests := count(service, e.write); requests > 0 {
					t.Errorf("%d requests wrote", requests)
				}
				e.check(t, service)
			})
		}
	}
}

// Each example of a resource has its tests here.
func TestResourceExamplesAreTested(t *testing.T) {
	t.Parallel()
	for _, folder := range glob(t, root("examples/resources/*")) {
		if !slices.ContainsFunc(resourceExamples(), func(e resourceExample) bool { return e.name == filepath.Base(folder) }) {
			t.Errorf("%s is not in resourceExamples", folder)
		}
	}
}
