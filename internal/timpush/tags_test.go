package timpush

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
)

func TestGetUserTagsSample(t *testing.T) {
	t.Parallel()
	reply := golden(t, "get_tag_reply.json")
	var path string
	var sent []byte
	client := newTestClient(t, testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
		path = request.URL.Path
		var err error
		if sent, err = io.ReadAll(request.Body); err != nil {
			return nil, err
		}
		return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(bytes.NewReader(reply))}, nil
	})))
	got, err := client.GetUserTags(t.Context(), []string{"xiaoming", "xiaohong", "Mary"}, 0)
	if err != nil {
		t.Fatal(err)
	}
	var request bytes.Buffer
	if err := json.Compact(&request, golden(t, "get_tag_request.json")); err != nil {
		t.Fatal(err)
	}
	if path != "/v4/timpush/get_tag" || !bytes.Equal(sent, request.Bytes()) {
		t.Errorf("sent %s to %s, want %s", sent, path, request.Bytes())
	}
	want := &UserTags{
		Read:   map[string][]string{"xiaoming": {"GoldMember", "WeekPassUser"}, "xiaohong": {"MonthPassUser", "PlatinumMember"}},
		Errors: map[string]AccountError{"Mary": accountError(70107, "")},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// Tags are sorted, none twice, and no tags are no fault, however they are sent.
// Anything else is the account's error.
func TestGetUserTags(t *testing.T) {
	t.Parallel()
	for tags, want := range map[string][]string{
		`,"Tags":["b","a","b"]`:                      {"a", "b"},
		`,"Tags":[7,true,"` + testKey + `"]`:         {redacted, "7", "true"},
		`,"Tags":[]`:                                 {},
		`,"Tags":[null,"","a"]`:                      {"a"},
		`,"Tags":["z","caf\u00e9","b","cafe\u0301"]`: {"b", "caf\u00e9", "z"},
		`,"Tags":null`:                               {},
		``:                                           {},
		`,"Tags":"a"`:                                nil,
		`,"Tags":{"a":1}`:                            nil,
	} {
		client := newTestClient(t, testConfig(responses(`{"ActionStatus":"OK","ErrorCode":0,"UserTags":[{"To_Account":"a"`+tags+`}]}`)))
		got, err := client.GetUserTags(t.Context(), []string{"a"}, 0)
		if want == nil {
			if err != nil || len(got.Read) > 0 || !strings.Contains(got.Errors["a"].Message(), "holds a field Tags with JSON of type") {
				t.Errorf("%s: got %+v, %v", tags, got, err)
			}
			continue
		}
		if err != nil || !reflect.DeepEqual(got.Read, map[string][]string{"a": want}) {
			t.Errorf("%s: got %v, %v; want %v", tags, got, err, want)
		}
	}
}
