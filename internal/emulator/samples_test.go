package emulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"testing"
	"time"
)

// sample is the sample on the API page of a command, without comments. Tests of the client use the same files. Requests that
// contain an SDKAppID have that of the tests. Pages without a sample, or of which only the beginning is known, have one in
// the form of their tables.
type sample struct {
	seed              Seed // the app before the request
	request, response []byte
}

// sampleOf reads the files of a command. There is a seed file only if the app of twoKinds does not give the response.
func sampleOf(t *testing.T, api string) sample {
	t.Helper()
	s := sample{twoKindsSeed(), testdata(t, api+"_request.json"), testdata(t, api+"_response.json")}
	file, err := os.Open(filepath.Join("testdata", api+"_seed.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return s
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	if s.seed, err = ReadSeed(file); err != nil {
		t.Fatalf("%s: %v", file.Name(), err)
	}
	return s
}

func testdata(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatalf("each command needs the sample of its API page: %v", err)
	}
	return data
}

// emulator returns an emulator with the seed. Each request arrives a second after the last one, so that no rate limit
// matters; the emulator starts in the window of the sample, if it has one.
func (s sample) emulator(t *testing.T) *Emulator {
	t.Helper()
	c := newClock()
	var window struct{ StartTime, Sdkappid int64 }
	if err := json.Unmarshal(s.request, &window); err != nil {
		t.Fatal(err)
	}
	if window.StartTime != 0 {
		c.t = time.Unix(window.StartTime, 0).Add(time.Hour)
	}
	if window.Sdkappid != 0 {
		c.t = scheduledStart
	}
	return newTest(t, func(o *Options) {
		o.Seed, o.Now = s.seed, func() time.Time {
			c.forward(time.Second)
			return c.now()
		}
	})
}

// list returns the field of the request that lists accounts, "" if there is none, and its elements.
func (s sample) list(t *testing.T) (field string, elements []json.RawMessage) {
	t.Helper()
	var request map[string]json.RawMessage
	if err := json.Unmarshal(s.request, &request); err != nil {
		t.Fatal(err)
	}
	for name, value := range request {
		if name != "TaskID" && json.Unmarshal(value, &elements) == nil {
			return name, elements
		}
	}
	return "", nil
}

// accounts returns the accounts of the request, in order.
func (s sample) accounts(t *testing.T) (accounts []string) {
	t.Helper()
	_, elements := s.list(t)
	for _, element := range elements {
		accounts = append(accounts, accountOf(t, element))
	}
	var request struct{ UserID string }
	if err := json.Unmarshal(s.request, &request); err != nil {
		t.Fatal(err)
	}
	if request.UserID != "" {
		accounts = append(accounts, request.UserID)
	}
	return accounts
}

// accountOf returns the account of an element, which is a string or an object with a field for it.
func accountOf(t *testing.T, element json.RawMessage) (account string) {
	t.Helper()
	var item struct {
		Account string `json:"To_Account"`
	}
	if json.Unmarshal(element, &account) == nil {
		return account
	}
	if err := json.Unmarshal(element, &item); err != nil {
		t.Fatal(err)
	}
	return item.Account
}

// good returns the first element of the request that does not fail.
func (s sample) good(t *testing.T) string {
	t.Helper()
	var response struct{ ErrorList []json.RawMessage }
	if err := json.Unmarshal(s.response, &response); err != nil {
		t.Fatal(err)
	}
	_, elements := s.list(t)
	for _, element := range elements {
		fails := func(failed json.RawMessage) bool { return accountOf(t, failed) == accountOf(t, element) }
		if !slices.ContainsFunc(response.ErrorList, fails) {
			return string(element)
		}
	}
	t.Fatalf("all accounts of the sample fail: %s", s.response)
	return ""
}

// body returns the request with a field replaced.
func (s sample) body(t *testing.T, field, value string) string {
	t.Helper()
	var request map[string]json.RawMessage
	if err := json.Unmarshal(s.request, &request); err != nil {
		t.Fatal(err)
	}
	request[field] = json.RawMessage(value)
	body, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// TestSamples sends the requests on the API pages and expects the responses shown there.
func TestSamples(t *testing.T) {
	t.Parallel()
	for _, api := range Commands() {
		t.Run(api, func(t *testing.T) {
			t.Parallel()
			s := sampleOf(t, api)
			response := postTo(t, s.emulator(t), api, string(s.request)).Body.Bytes()
			var got, want any
			if err := json.Unmarshal(response, &got); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(s.response, &want); err != nil {
				t.Fatal(err)
			}
			sameTask(got, want)
			sameScheduled(s.request, got, want)
			sameTimes(got, want)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got  %s\nwant %s", response, s.response)
			}
			if got, want := fieldOrder(t, response), fieldOrder(t, s.response); !slices.Equal(got, want) {
				t.Errorf("fields in order\ngot  %q\nwant %q", got, want)
			}
		})
	}
}

// taskID is the form of a TaskId: hexadecimal numbers, the first of which is the time.
var taskID = regexp.MustCompile(`^(batch_)?[0-9a-f]{8}(_[0-9a-f]+)+$`)

// sameTask replaces a TaskId by the wanted one if it has the same form: the service chooses it.
func sameTask(got, want any) {
	g, _ := got.(map[string]any)
	w, _ := want.(map[string]any)
	one, isText := g["TaskId"].(string)
	other, wanted := w["TaskId"].(string)
	form := taskID.FindStringSubmatch(one)
	if isText && wanted && form != nil && form[1] == taskID.FindStringSubmatch(other)[1] {
		g["TaskId"] = other
	}
}

// scheduledStart is when the scheduled push in the samples was created (78842).
var scheduledStart = time.Date(2025, 5, 20, 8, 30, 0, 0, time.UTC)

// sameScheduled replaces the TaskID of a new scheduled push by the wanted one: the service chooses it.
func sameScheduled(request []byte, got, want any) {
	g, _ := got.(map[string]any)
	w, _ := want.(map[string]any)
	_, isNumber := g["TaskID"].(float64)
	if !bytes.Contains(request, []byte(`"TaskID"`)) && isNumber {
		g["TaskID"] = w["TaskID"]
	}
}

// sameTimes replaces the times in a trace by the wanted ones: they depend on when the emulator started.
func sameTimes(got, want any) {
	switch g := got.(type) {
	case []any:
		w, _ := want.([]any)
		for i := range min(len(g), len(w)) {
			sameTimes(g[i], w[i])
		}
	case map[string]any:
		w, _ := want.(map[string]any)
		for name, value := range g {
			if isTime(value) && isTime(w[name]) {
				g[name] = w[name]
			}
			sameTimes(value, w[name])
		}
	}
}

func isTime(value any) bool {
	text, _ := value.(string)
	_, err := time.Parse(time.DateTime, text)
	return err == nil
}

// fieldOrder returns the field names in a JSON text in order, except for attribute names, which have none.
func fieldOrder(t *testing.T, text []byte) []string {
	t.Helper()
	var names []string
	var walk func(d *json.Decoder, note bool)
	walk = func(d *json.Decoder, note bool) {
		token, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		switch token {
		case json.Delim('['):
			for d.More() {
				walk(d, note)
			}
			_, _ = d.Token()
		case json.Delim('{'):
			for d.More() {
				name, err := d.Token()
				if err != nil {
					t.Fatal(err)
				}
				if note {
					names = append(names, fmt.Sprint(name))
				}
				walk(d, note && name != "Attrs")
			}
			_, _ = d.Token()
		}
	}
	walk(json.NewDecoder(bytes.NewReader(text)), true)
	return names
}
