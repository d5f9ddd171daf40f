package acceptance

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

const (
	deliveryGuide   = "docs/guides/delivery.md"
	deliveryExample = "examples/delivery"
)

// The example's check names the platform that stopped delivering, with the reason, as
// the guide shows. The picture's chart is that of the example's output.
func TestAccExampleDelivery(t *testing.T) {
	t.Parallel()
	w := example(t, deliveryExample, exampleService(t, deliveryExample))
	output := w.mustRun(t, "plan", "-no-color")
	if losses := between(t, output, "losses    = {", "}"); !strings.Contains(losses, `"before_send, code 403: InvalidProviderToken"`) || !strings.Contains(losses, "= 870") {
		t.Errorf("the output losses is:\n%s", losses)
	}
	shown := strings.TrimSpace(codeBlock(t, "text", "Check block", deliveryGuide))
	for part := range strings.SplitSeq(shown, "\n\n") {
		if !strings.Contains(output, part) {
			t.Errorf("the plan does not print what the guide shows:\n%s\n\nit prints:\n%s", part, output)
		}
	}
	if strings.Count(output, "Check block assertion failed") != 1 {
		t.Errorf("another check fails too:\n%s", output)
	}
	picture := read(t, root("assets/deliveries.svg"))
	for _, platform := range []string{"apns", "fcm", "huawei", "online", "xiaomi"} {
		if !strings.Contains(output, "+ "+platform+" ") || !strings.Contains(picture, ">"+platform+"<") {
			t.Errorf("plan and picture should both show %s: run make picture", platform)
		}
	}
}

// Without pushes, nothing is wrong. Lost pushes fail a check, also if they were lost
// for weeks.
func TestAccExampleDeliveryChecks(t *testing.T) {
	t.Parallel()
	counts := func(total, sent, delivered int64) map[string]emulator.Counts {
		return map[string]emulator.Counts{"fcm": {Total: total, Sent: sent, Delivered: delivered}}
	}
	const silent = "No pushes yesterday, although there were some in the weeks before: fcm."
	before, rare := emulator.Statistics{Age: "500h", Platforms: counts(300, 300, 280)}, emulator.Statistics{Age: "500h", Platforms: counts(300, 300, 279)}
	yesterday := func(counts map[string]emulator.Counts) emulator.Statistics {
		return emulator.Statistics{Age: "3h", Platforms: counts}
	}
	for name, test := range map[string]struct {
		seed    []emulator.Statistics
		message string // of the check that fails; "" if all pass
	}{
		"no pushes":        {nil, ""},
		"rare pushes":      {[]emulator.Statistics{rare}, ""},
		"only old pushes":  {[]emulator.Statistics{before}, silent},
		"another platform": {[]emulator.Statistics{before, yesterday(map[string]emulator.Counts{"apns": {Total: 1, Sent: 1, Delivered: 1}})}, silent},
		"healthy":          {[]emulator.Statistics{before, yesterday(counts(10, 10, 2))}, ""},
		"too few":          {[]emulator.Statistics{before, yesterday(counts(10, 10, 1))}, "Too few pushes were delivered yesterday: fcm."},
		"none":             {[]emulator.Statistics{before, yesterday(counts(10, 0, 0))}, "Too few pushes were delivered yesterday: fcm."},
		"for weeks":        {[]emulator.Statistics{yesterday(counts(10, 0, 0))}, "Too few pushes were delivered yesterday: fcm."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := example(t, deliveryExample, seededEmulator(t, emulator.Seed{Accounts: map[string]emulator.Account{}, Statistics: test.seed}))
			output := w.mustRun(t, "plan", "-no-color")
			_, message, warned := strings.Cut(output, "Check block assertion failed")
			if warned != (test.message != "") || !strings.Contains(flat(message), test.message) {
				t.Errorf("the checks should say %q, and the plan prints:\n%s", test.message, output)
			}
		})
	}
}

// A number that the service does not send fails the check.
func TestAccExampleDeliveryWithoutNumbers(t *testing.T) {
	t.Parallel()
	for results, want := range map[string]string{
		`,"Results":[{"PlatformStatistics":[{"EventType":1,"PushPlatform":4,"TotalCount":9,"SentCount":9}]}]`: "Too few pushes were delivered yesterday: fcm.",
		`,"Results":[{"TotalCount":870,"SentCount":0,"DeliveredCount":0,"ClickCount":0}]`:                     "The service sent no numbers per platform.",
		``: "The service sent no numbers per platform.",
	} {
		service := newEmulator(t)
		service.Script(emulator.Fault{Match: emulator.Match{API: "all_member_push_statistics"}, Effect: emulator.Effect{
			Body: `{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""` + results + `}`,
		}})
		output := example(t, deliveryExample, service).mustRun(t, "plan", "-no-color")
		if !strings.Contains(flat(output), want) {
			t.Errorf("with %s, the plan prints:\n%s", results, output)
		}
	}
}

// The scheduled jobs fail for the example, and their report is as the guide shows.
func TestAccScheduledJobNamesPlatform(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("needs jq, as the job does") //nolint:forbidigo // about a tool
	}
	for _, file := range []string{"scheduled.yml", "gitlab-scheduled.yml"} {
		w := example(t, deliveryExample, exampleService(t, deliveryExample))
		w.useMirror(t)
		output, failed := w.runJob(t, read(t, root("examples/ci/"+file)))
		report := read(t, filepath.Join(w.folder, "report.md"))
		if want := codeBlock(t, "text", "check.every_platform_delivers: fail", deliveryGuide); !failed || strings.TrimSpace(report) != strings.TrimSpace(want) {
			t.Errorf("%s: the job fails: %t; the report is:\n%s\nwant:\n%s\n%s", file, failed, report, want, output)
		}
	}
}
