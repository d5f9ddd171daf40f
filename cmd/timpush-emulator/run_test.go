package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"
	"go.uber.org/goleak"
)

// asCommand is an environment variable that makes the test binary run the command, so that tests can send it signals.
const asCommand = "TIMPUSH_EMULATOR_TEST_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		stopWithin = time.Minute // long enough for a busy machine
		main()                   // exits
	}
	if to := os.Getenv(asClient); to != "" {
		os.Exit(client(to)) //nolint:forbidigo // runs as a separate program
	}
	goleak.VerifyTestMain(m)
}

// noEnv is an environment without variables.
func noEnv(string) string { return "" }

// running is the command under test.
type running struct {
	text        string            // the lines that set no variable
	export      map[string]string // the variables, without quotes
	exportLines string            // the lines that set them
	curl        string            // the URL of the example call
	curlOptions string            // the options of its curl command
	stderr      *bytes.Buffer     // read it only after stop
	stop        func() int        // ends the context, waits, and returns the exit code
}

// start runs the command, and returns when it has printed everything.
func start(t *testing.T, args ...string) running {
	t.Helper()
	return startIn(t, noEnv, args...)
}

// startIn is start with an environment.
func startIn(t *testing.T, getenv func(string) string, args ...string) running {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	var stderr bytes.Buffer
	ended := make(chan int, 1)
	go func() {
		code := run(ctx, args, getenv, in, &stderr)
		_ = in.Close()
		ended <- code
	}()
	r := running{export: map[string]string{}, stderr: &stderr}
	stopped := false
	code := 0
	r.stop = func() int {
		if !stopped {
			stopped = true
			cancel()
			code = <-ended
		}
		return code
	}
	t.Cleanup(func() { r.stop() })

	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if call, isCall := strings.CutPrefix(lines.Text(), "curl "); isCall {
			options, address, _ := strings.Cut(call, "-d '{}' ")
			r.curl, r.curlOptions = word(address), options
			return r
		}
		if strings.HasPrefix(lines.Text(), "{") {
			if err := json.Unmarshal(lines.Bytes(), &r.export); err != nil {
				t.Fatal(err)
			}
			return r
		}
		name, value, isExport := strings.Cut(strings.TrimPrefix(lines.Text(), "export "), "=")
		if !isExport || !strings.HasPrefix(lines.Text(), "export ") {
			r.text += lines.Text()
			continue
		}
		r.export[name] = word(value)
		r.exportLines += lines.Text() + "\n"
	}
	t.Fatalf("it exited with %d before it printed everything; stderr: %s", r.stop(), stderr.String())
	return r
}

// word reverses quote.
func word(quoted string) string {
	return strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(quoted, "'"), "'"), `'\''`, "'")
}

// readAttributes reads attributes with the variables that the command printed.
func readAttributes(t *testing.T, export map[string]string, account string) string {
	t.Helper()
	return call(t, export, "get_attr", map[string]any{"To_Account": []string{account}})
}

// call calls an API command.
func call(t *testing.T, export map[string]string, api string, request map[string]any) string {
	t.Helper()
	app, err := strconv.Atoi(export["TIMPUSH_SDK_APP_ID"])
	if err != nil {
		t.Fatal(err)
	}
	sig, err := tencentyun.GenUserSig(app, export["TIMPUSH_SECRET_KEY"], export["TIMPUSH_IDENTIFIER"], 60)
	if err != nil {
		t.Fatal(err)
	}
	q := url.Values{
		"usersig": {sig}, "identifier": {export["TIMPUSH_IDENTIFIER"]}, "sdkappid": {export["TIMPUSH_SDK_APP_ID"]},
		"random": {"1"}, "contenttype": {"json"},
	}
	return post(t, export["TIMPUSH_ENDPOINT"]+"/v4/timpush/"+api+"?"+q.Encode(), request)
}

// post sends a request to a URL and returns the response.
func post(t *testing.T, to string, request map[string]any) string {
	t.Helper()
	body, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	res, err := (&http.Client{Transport: transport}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	response, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(response)
}

// The example call works, and also with the name and body of other commands.
func TestRunExampleCall(t *testing.T) {
	t.Parallel()
	r := start(t, "-listen", "127.0.0.1:0", "-admin", "it's me", "-key", "a key & more")
	if response := post(t, r.curl, map[string]any{}); !strings.Contains(response, `"AttrNames":{"0":"sex","1":"city","2":"country"}`) {
		t.Errorf("%s answers %s", r.curl, response)
	}
	response := post(t, strings.Replace(r.curl, "get_attr_name", "add_tag", 1), map[string]any{
		"UserTags": []map[string]any{{"To_Account": "xiaohua", "Tags": []string{"New"}}},
	})
	if !strings.Contains(response, `"ErrorCode":0`) || strings.Contains(response, "ErrorList") {
		t.Errorf("add_tag answers %s", response)
	}
}

func TestRunDefaults(t *testing.T) {
	t.Parallel()
	r := start(t, "-listen", "127.0.0.1:0")
	if got := r.export["TIMPUSH_SDK_APP_ID"]; got != "1400000000" {
		t.Errorf("SDKAppID %q", got)
	}
	if got := r.export["TIMPUSH_IDENTIFIER"]; got != "administrator" {
		t.Errorf("identifier %q", got)
	}
	if got := r.export["TIMPUSH_SECRET_KEY"]; !regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(got) {
		t.Errorf("key %q, want 64 hexadecimal digits", got)
	}
	if got := r.export["TIMPUSH_ENDPOINT"]; !regexp.MustCompile(`^http://127\.0\.0\.1:[1-9][0-9]*$`).MatchString(got) {
		t.Errorf("endpoint %q", got)
	}
	if len(r.export) != 4 || r.curlOptions != "" || !strings.Contains(r.text, r.export["TIMPUSH_ENDPOINT"]) {
		t.Errorf("it printed %q and %v", r.text, r.export)
	}
	if got := readAttributes(t, r.export, "xiaoming"); !strings.Contains(got, `"city":"ShenZhen"`) {
		t.Errorf("response %s", got)
	}
	if other := start(t, "-listen", "127.0.0.1:0"); other.export["TIMPUSH_SECRET_KEY"] == r.export["TIMPUSH_SECRET_KEY"] {
		t.Error("two starts, one key")
	}
	if code := r.stop(); code != 0 || r.stderr.Len() > 0 {
		t.Errorf("it exited with %d, stderr %q", code, r.stderr)
	}
}

func TestRunFlags(t *testing.T) {
	t.Parallel()
	seed := filepath.Join(t.TempDir(), "seed.json")
	if err := os.WriteFile(seed, []byte(`{"accounts":{"Mary":{"attributes":{"sex":"female"}}}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	r := start(t, "-listen", "127.0.0.1:0", "-seed", seed, "-sdk-app-id", "4294967295", "-key", "abc-key",
		"-admin", "boss", "-requests-per-second", "1")
	want := map[string]string{
		"TIMPUSH_SDK_APP_ID": "4294967295", "TIMPUSH_IDENTIFIER": "boss", "TIMPUSH_SECRET_KEY": "abc-key",
		"TIMPUSH_ENDPOINT": r.export["TIMPUSH_ENDPOINT"],
	}
	for name, value := range want {
		if r.export[name] != value {
			t.Errorf("%s is %q, want %q", name, r.export[name], value)
		}
	}
	if got := readAttributes(t, r.export, "Mary"); !strings.Contains(got, `"sex":"female"`) {
		t.Errorf("response %s", got)
	}
}

// TestRunWrites checks that writes are visible to later reads.
func TestRunWrites(t *testing.T) {
	t.Parallel()
	seed := filepath.Join(t.TempDir(), "seed.json")
	if err := os.WriteFile(seed, []byte(`{"accounts":{"Mary":{"tags":["a"]}},"attribute_names":{"7":{"name":"sex"}}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	r := start(t, "-listen", "127.0.0.1:0", "-seed", seed)
	mary := func(field string, content any) map[string]any {
		return map[string]any{"To_Account": "Mary", field: content}
	}
	for _, step := range []struct {
		api     string
		request map[string]any
		want    string // part of the response
	}{
		{"get_attr_name", map[string]any{}, `"AttrNames":{"7":"sex"}`},
		{"set_attr", map[string]any{"UserAttrs": []any{mary("Attrs", map[string]string{"sex": "female"})}}, `"ErrorCode":0`},
		{"add_tag", map[string]any{"UserTags": []any{mary("Tags", []string{"b"})}}, `"ErrorCode":0`},
		{"get_attr", map[string]any{"To_Account": []string{"Mary"}}, `"Attrs":{"sex":"female"}`},
		{"get_tag", map[string]any{"To_Account": []string{"Mary"}}, `"Tags":["a","b"]`},
	} {
		if got := call(t, r.export, step.api, step.request); !strings.Contains(got, step.want) {
			t.Errorf("%s: response %s, want %s in it", step.api, got, step.want)
		}
	}
}

// TestRunWarns listens on every address. The printed endpoint is loopback, since the provider accepts http only there.
func TestRunWarns(t *testing.T) {
	t.Parallel()
	r := start(t, "-listen", "0.0.0.0:0")
	if got := r.export["TIMPUSH_ENDPOINT"]; !strings.HasPrefix(got, "http://127.0.0.1:") {
		t.Errorf("endpoint %q, want one that the provider takes", got)
	}
	if got := readAttributes(t, r.export, "xiaoming"); !strings.Contains(got, `"city":"ShenZhen"`) {
		t.Errorf("response %s", got)
	}
	if code := r.stop(); code != 0 || !strings.Contains(r.stderr.String(), "warning") || !strings.Contains(r.stderr.String(), "plain HTTP") {
		t.Errorf("it exited with %d, stderr %q, want a warning", code, r.stderr)
	}
	r = start(t, "-listen", "0.0.0.0:0", "-tls", "-tls-cert-file", filepath.Join(t.TempDir(), "cert"))
	if r.stop(); !strings.Contains(r.stderr.String(), "warning") || strings.Contains(r.stderr.String(), "plain HTTP") {
		t.Errorf("with TLS, it printed %q, want a warning", r.stderr)
	}
}

func TestRunErrors(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	absolute, err := filepath.Abs("run_test.go")
	if err != nil {
		t.Fatal(err)
	}
	bad, nowhere := filepath.Join(dir, "bad.json"), filepath.Join(dir, "none", "x")
	if err := os.WriteFile(bad, []byte(`{"accounts":{"Mary":{"tags":[""]}}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	taken, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = taken.Close() }) // unlike a defer, after the parallel subtests

	for name, tc := range map[string]struct {
		args []string
		code int
		want []string // parts of stderr
	}{
		"help": {[]string{"-h"}, 0, []string{
			"-listen", "-seed", "-sdk-app-id", "-key", "-key-file", "process list", "TIMPUSH_EMULATOR_KEY", "-version", "-admin", "-requests-per-second", "-addr-file", "-journal", "-tls\n",
			"-tls-cert-file", "Usage: timpush-emulator [flags]", "Listening on", "-print", "powershell", "seed.schema.json",
		}},
		"unknown flag":         {[]string{"-nothing"}, 2, []string{"-nothing", "timpush-emulator -h"}},
		"unknown format":       {[]string{"-print", "bash"}, 2, []string{`-print "bash"`, "sh, powershell, or json"}},
		"argument":             {[]string{"seed.json"}, 2, []string{`"seed.json"`, "flags"}},
		"app 0":                {[]string{"-sdk-app-id", "0"}, 2, []string{"-sdk-app-id", "4294967295"}},
		"app too big":          {[]string{"-sdk-app-id", "4294967296"}, 2, []string{"-sdk-app-id", "4294967295"}},
		"app not a number":     {[]string{"-sdk-app-id", "x"}, 2, []string{"-sdk-app-id", "whole number"}},
		"rate 0":               {[]string{"-requests-per-second", "0"}, 2, []string{"-requests-per-second is 0"}},
		"empty admin":          {[]string{"-admin", ""}, 2, []string{"-admin is empty"}},
		"empty key":            {[]string{"-key", ""}, 2, []string{"-key is empty", "omit the flag"}},
		"admin with lines":     {[]string{"-admin", "a\nb"}, 2, []string{"-admin has surrounding whitespace"}},
		"key with line ending": {[]string{"-key", "canary-key\n"}, 2, []string{"-key has surrounding whitespace"}},
		"no port":              {[]string{"-listen", "127.0.0.1"}, 2, []string{`-listen "127.0.0.1"`, "127.0.0.1:0"}},
		"address in use":       {[]string{"-listen", taken.Addr().String()}, 1, []string{taken.Addr().String(), "-listen"}},
		"tls without file":     {[]string{"-tls"}, 2, []string{"-tls and -tls-cert-file must be used together"}},
		"file without tls":     {[]string{"-tls-cert-file", "x"}, 2, []string{"-tls and -tls-cert-file must be used together"}},
		"seed is a folder":     {[]string{"-seed", "."}, 1, []string{"cannot use the seed file .: "}},
		"same file, absolute":  {[]string{"-seed", "run_test.go", "-journal", absolute}, 2, []string{"-seed and -journal both name " + absolute}},
		"same file":            {[]string{"-seed", "x", "-journal", "./x"}, 2, []string{"-seed and -journal both name ./x"}},
		"no folder, addr-file": {[]string{"-listen", "127.0.0.1:0", "-addr-file", nowhere}, 1, []string{"-addr-file", nowhere[:len(nowhere)-1], "folder that exists"}},
		"no folder, cert":      {[]string{"-listen", "127.0.0.1:0", "-tls", "-tls-cert-file", nowhere}, 1, []string{"-tls-cert-file", "folder that exists"}},
		"no folder, journal":   {[]string{"-listen", "127.0.0.1:0", "-journal", nowhere}, 1, []string{"-journal", nowhere, "folder that exists"}},
		"missing seed":         {[]string{"-seed", filepath.Join(dir, "none.json")}, 1, []string{"none.json", "-seed"}},
		"invalid seed":         {[]string{"-seed", bad}, 1, []string{`bad.json: line 1: accounts["Mary"].tags[0]: tag is empty`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var stdout, stderr bytes.Buffer
			if code := run(t.Context(), tc.args, noEnv, &stdout, &stderr); code != tc.code {
				t.Errorf("exit code %d, want %d", code, tc.code)
			}
			for _, piece := range tc.want {
				if !strings.Contains(stderr.String(), piece) {
					t.Errorf("stderr %q lacks %q", &stderr, piece)
				}
			}
			if strings.Contains(stderr.String(), "canary-key") {
				t.Errorf("stderr shows the key: %q", &stderr)
			}
			if stdout.Len() > 0 {
				t.Errorf("stdout %q", &stdout)
			}
		})
	}
}

// brokenPipe is a standard output whose reader has closed it.
type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestRunWithoutStdout(t *testing.T) {
	t.Parallel()
	var stderr bytes.Buffer
	code := run(t.Context(), []string{"-listen", "127.0.0.1:0"}, noEnv, brokenPipe{}, &stderr)
	if code != 1 || !strings.Contains(stderr.String(), "standard output: broken pipe") {
		t.Errorf("exit code %d and %q", code, &stderr)
	}
}

func TestEndpoint(t *testing.T) {
	t.Parallel()
	for want, a := range map[string]*net.TCPAddr{
		"http://127.0.0.1:80":        {IP: net.IPv4(127, 0, 0, 1), Port: 80},
		"http://127.0.0.1:81":        {IP: net.IPv4zero, Port: 81},
		"http://127.0.0.1:82":        {IP: net.IPv6unspecified, Port: 82},
		"http://[::1]:83":            {IP: net.IPv6loopback, Port: 83},
		"http://192.0.2.1:84":        {IP: net.IPv4(192, 0, 2, 1), Port: 84},
		"http://[fe80::1%25eth0]:85": {IP: net.ParseIP("fe80::1"), Port: 85, Zone: "eth0"},
	} {
		if got := endpoint(false, a); got != want {
			t.Errorf("%v: %s, want %s", a, got, want)
		}
		if got := endpoint(true, a); got != strings.Replace(want, "http", "https", 1) {
			t.Errorf("%v: %s with TLS", a, got)
		}
	}
}
