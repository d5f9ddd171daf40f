package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// TestRunJournal checks that each request is in the file when its response arrives, and that the file contains no secret.
func TestRunJournal(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "journal.jsonl")
	const key = "canary-key-5f1e8c2d9b7a4e6f"
	r := start(t, "-listen", "127.0.0.1:0", "-key", key, "-journal", file)
	readAttributes(t, r.export, "<Mary>")
	call(t, r.export, "add_tag", map[string]any{"UserTags": []map[string]any{{"To_Account": "xiaohua", "Tags": []string{"a"}}}})
	call(t, r.export, "get_attr_name", map[string]any{})
	call(t, r.export, "push", map[string]any{"From_Account": "administrator", "MsgRandom": 1, "OfflinePushInfo": map[string]any{}})
	signed, err := url.Parse(r.curl)
	if err != nil {
		t.Fatal(err)
	}
	signature := signed.Query().Get("usersig")
	leak := strings.Replace(r.curl, "get_attr_name", "get_attr", 1)
	post(t, leak, map[string]any{"To_Account": []string{key, signature}}) // a client that sends secrets as accounts

	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`"method":"POST","api":"get_attr","sdk_app_id":"1400000000","identifier":"administrator","random":"1",` +
			`"content_type":"","user_agent":"Go-http-client/1.1","accounts":["<Mary>"],"task_id":"","sent":[],"signed":true,"code":0}`,
		`"api":"add_tag","sdk_app_id":"1400000000","identifier":"administrator","random":"1",` +
			`"content_type":"","user_agent":"Go-http-client/1.1","accounts":["xiaohua"],"task_id":"","sent":[],"signed":true,"code":0}`,
		`"accounts":[],"task_id":"","sent":[],"signed":true,"code":0}`,
		`"api":"push","sdk_app_id":"1400000000","identifier":"administrator","random":"1",` +
			`"content_type":"","user_agent":"Go-http-client/1.1","accounts":[],"task_id":"(task)","sent":["xiaohua","xiaoming"],"signed":true,"code":0}`,
		`"accounts":["(secret)","(secret)"],"task_id":"","sent":[],"signed":true,"code":0}`,
	}
	lines := strings.Split(strings.TrimSuffix(string(content), "\n"), "\n")
	if len(lines) != len(want) {
		t.Fatalf("%d lines, want %d:\n%s", len(lines), len(want), content)
	}
	for i, line := range lines {
		line = regexp.MustCompile(`"task_id":"[0-9a-f]{8}_1"`).ReplaceAllString(line, `"task_id":"(task)"`)
		if !strings.HasSuffix(line, want[i]) || !regexp.MustCompile(`^{"at":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","method":`).MatchString(line) {
			t.Errorf("line %d is\n%s\nwant at its end\n%s", i, line, want[i])
		}
	}
	for _, secret := range []string{key, signature, url.QueryEscape(signature)} {
		if strings.Contains(string(content), secret) {
			t.Errorf("the journal holds %q", secret)
		}
	}
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode() != 0o600 {
		t.Errorf("the journal has mode %v", info.Mode())
	}
	if code := r.stop(); code != 0 || r.stderr.Len() > 0 {
		t.Errorf("it exited with %d, stderr %q", code, r.stderr)
	}
	if after, err := os.ReadFile(file); err != nil || string(after) != string(content) {
		t.Errorf("after stopping, the journal holds %q (%v)", after, err)
	}
	start(t, "-listen", "127.0.0.1:0", "-journal", file)
	if anew, err := os.ReadFile(file); err != nil || len(anew) > 0 {
		t.Errorf("another run begins with %q (%v)", anew, err)
	}
}

// TestRunJournalFull checks that the command keeps serving without disk space for the journal, and then exits with an error.
func TestRunJournalFull(t *testing.T) {
	t.Parallel()
	const full = "/dev/full"
	if _, err := os.Stat(full); err != nil {
		t.Skip("no such device on this system") //nolint:forbidigo // about the system
	}
	r := start(t, "-listen", "127.0.0.1:0", "-journal", full)
	for range 2 {
		if got := readAttributes(t, r.export, "xiaoming"); !strings.Contains(got, `"city":"ShenZhen"`) {
			t.Errorf("response %s", got)
		}
	}
	if code := r.stop(); code != 1 || !strings.Contains(r.stderr.String(), "the journal is not complete") {
		t.Errorf("it exited with %d, stderr %q", code, r.stderr)
	}
}

// sink is a file whose writes fail after some.
type sink struct {
	strings.Builder
	good int // number of writes that succeed
}

func (s *sink) Write(p []byte) (int, error) {
	if s.good--; s.good < 0 {
		return 0, errors.New("disk full")
	}
	return s.Builder.Write(p)
}

func (s *sink) Close() error { return nil }

// TestJournalLine checks that a line has every field of an entry but Executed, with names in snake case.
func TestJournalLine(t *testing.T) {
	t.Parallel()
	entry := emulator.Entry{
		At: time.Date(2026, 1, 2, 3, 4, 5, 60_000_000, time.FixedZone("", 3600)), Method: "m", API: "a", SDKAppID: "s",
		Identifier: "i", Random: "r", ContentType: "c", UserAgent: "u\n", Accounts: []string{"x"}, TaskID: "t", Sent: []string{"x"}, Signed: true, Code: 5,
	}
	var to sink
	to.good = 1
	(&journal{to: &to}).note(entry)
	var line map[string]any
	if err := json.Unmarshal([]byte(to.String()), &line); err != nil || strings.Count(to.String(), "\n") != 1 {
		t.Fatalf("the line is %q (%v)", to.String(), err)
	}
	if line["at"] != "2026-01-02T02:04:05.060Z" {
		t.Errorf("at %v", line["at"])
	}
	fields := reflect.TypeFor[emulator.Entry]()
	for field := range fields.Fields() {
		if field.Name == "Executed" {
			continue
		}
		snake := regexp.MustCompile(`([a-z]|SDK)([A-Z])`).ReplaceAllString(field.Name, "${1}_$2")
		if value, found := line[strings.ToLower(snake)]; !found || reflect.ValueOf(value).IsZero() {
			t.Errorf("%s of the entry is %v in the line", field.Name, value)
		}
	}
	if len(line) != fields.NumField()-1 {
		t.Errorf("%d fields in the line, %d in the entry", len(line), fields.NumField())
	}
}

// TestJournalFails checks that the journal has no gaps, and that close reports that its end is missing.
func TestJournalFails(t *testing.T) {
	t.Parallel()
	to := &sink{good: 1}
	j := &journal{to: to}
	j.note(emulator.Entry{})
	j.note(emulator.Entry{})
	to.good = 5 // there is space again
	j.note(emulator.Entry{})
	if strings.Count(to.String(), "\n") != 1 {
		t.Errorf("it holds %q, want the first line only", to.String())
	}
	if err := j.close(); err == nil || err.Error() != "the journal is not complete: disk full" {
		t.Errorf("error %v", err)
	}
	j = &journal{to: to}
	if err := j.close(); err != nil {
		t.Errorf("error %v", err)
	}
	to.Reset()
	if j.note(emulator.Entry{}); to.Len() > 0 || !errors.Is(j.err, fs.ErrClosed) {
		t.Errorf("after closing it holds %q", to.String())
	}
}

// A journal whose path is a link, such as /dev/stdout, is written to the link's target, and the link remains.
func TestJournalThroughLink(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("links take a privilege there, and /dev/stdout is none") //nolint:forbidigo // about the system
	}
	folder := t.TempDir()
	link, file := filepath.Join(folder, "link"), filepath.Join(folder, "file")
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second run replaces the journal of the first one
		r := start(t, "-listen", "127.0.0.1:0", "-journal", link)
		readAttributes(t, r.export, "xiaoming")
		r.stop()
		if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
			t.Errorf("the link is %v, %v", info, err)
		}
		if content, err := os.ReadFile(file); err != nil || strings.Count(string(content), "\n") != 1 {
			t.Errorf("the file contains %q, %v", content, err)
		}
	}
}
