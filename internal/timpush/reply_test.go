package timpush

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// attrsReply returns an empty reply of get_attr.
func attrsReply(client *Client) *accountsReply[map[string]string] {
	return &accountsReply[map[string]string]{call: getAttr, clean: client.redactor.clean}
}

func TestDecodeJudgesTheEnvelope(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, testConfig(replies("")))
	for body, want := range map[string]error{
		`{"ActionStatus":"OK","ErrorCode":0}`:                                      nil,
		`{"ActionStatus":"OK","ErrorInfo":null,"ErrorCode":0,"New":{"field":[1]}}`: nil,
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":null,"ErrorList":null}`:    nil,
		`{"ActionStatus":"FAIL","ErrorInfo":"bad key","ErrorCode":70009}`:          &ServiceError{Code: 70009, Info: "bad key"},
		`{"ErrorCode":70009}`:                     &ServiceError{Code: 70009},
		`{"ActionStatus":"OK","ErrorCode":70009}`: &ServiceError{Code: 70009},
		`{"ActionStatus":7,"ErrorCode":70009}`:    &ResponseError{Problem: "holds a field ActionStatus with JSON of type number where another is expected"},
		`{"ActionStatus":"FAIL","ErrorCode":70009,"ErrorInfo":{"why": 1},"UserAttrs":5}`: &ServiceError{Code: 70009, Info: `{"why":1}`},
		`{"ActionStatus":"FAIL","ErrorCode":0}`:                                          &ServiceError{},
		`{"ActionStatus":"FAIL"}`:                                                        &ServiceError{},
		`{"ActionStatus":"FAIL","ErrorCode":-1}`:                                         &ServiceError{Code: -1},
		`{}`:                                                                             &ResponseError{Problem: `does not say ActionStatus "OK" with ErrorCode 0, nor an error`},
		`{"ActionStatus":"OK"}`:                                                          &ResponseError{Problem: `does not say ActionStatus "OK" with ErrorCode 0, nor an error`},
		`{"ErrorCode":0}`:                                                                &ResponseError{Problem: `does not say ActionStatus "OK" with ErrorCode 0, nor an error`},
		`{"ActionStatus":"ok","ErrorCode":0}`:                                            &ResponseError{Problem: `does not say ActionStatus "OK" with ErrorCode 0, nor an error`},
		`{"actionstatus":"OK","errorcode":0}`:                                            &ResponseError{Problem: `does not say ActionStatus "OK" with ErrorCode 0, nor an error`},
		`{"ActionStatus":"OK","ErrorCode":0,"errorcode":70009,"errorList":[{}],"USERATTRS":5}`: nil,
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[{"to_account":"a","Attrs":{}}]}`:      &ResponseError{Problem: "holds an item without To_Account, in UserAttrs"},
		`null`:                                   &ResponseError{Problem: `does not say ActionStatus "OK" with ErrorCode 0, nor an error`},
		`[]`:                                     &ResponseError{Problem: "is not a JSON object"},
		`"OK"`:                                   &ResponseError{Problem: "is not a JSON object"},
		`{"ActionStatus":"OK","ErrorCode":"0"}`:  &ResponseError{Problem: "holds a field ErrorCode with JSON of type string where another is expected"},
		`{"ActionStatus":"OK","ErrorCode":0.5}`:  &ResponseError{Problem: "holds a field ErrorCode with JSON of type number where another is expected"},
		`<html>502</html>`:                       &ResponseError{Problem: "is not JSON"},
		`{"ActionStatus":"OK","ErrorCode":0} {}`: &ResponseError{Problem: "is not JSON"},
		`{"ActionStatus":"OK","Err`:              &ResponseError{Problem: "is not JSON", CutShort: true},
		``:                                       &ResponseError{Problem: "is not JSON", CutShort: true},
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":{}}`:                                   &ResponseError{Problem: "holds a field UserAttrs with JSON of type object where another is expected"},
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[null]}`:                               &ResponseError{Problem: "holds an item without To_Account, in UserAttrs"},
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[{"Attrs":{}}]}`:                       &ResponseError{Problem: "holds an item without To_Account, in UserAttrs"},
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[{"To_Account":"a"}]}`:                 &ResponseError{Problem: "holds an item without Attrs, in UserAttrs"},
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[{"To_Account":"a","Attrs":null}]}`:    &ResponseError{Problem: "holds an item without Attrs, in UserAttrs"},
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[{"To_Account":"a","Attrs":[]}]}`:      &ResponseError{Problem: "holds a field Attrs with JSON of type array where another is expected, in UserAttrs"},
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[{"To_Account":1,"Attrs":{}}]}`:        &ResponseError{Problem: "holds a field To_Account with JSON of type number where another is expected, in UserAttrs"},
		`{"ActionStatus":"OK","ErrorCode":0,"ErrorList":[{"To_Account":"a"}]}`:                 &ResponseError{Problem: "holds an item without ErrorCode, in ErrorList"},
		`{"ActionStatus":"OK","ErrorCode":0,"ErrorList":[{"ErrorCode":1}]}`:                    &ResponseError{Problem: "holds an item without To_Account, in ErrorList"},
		`{"ActionStatus":"OK","ErrorCode":0,"ErrorList":[{"To_Account":"a","ErrorCode":"1"}]}`: &ResponseError{Problem: "holds a field ErrorCode with JSON of type string where another is expected, in ErrorList"},
	} {
		var wrong *ResponseError
		if errors.As(want, &wrong) {
			wrong.ContentType, wrong.Size = "text/test", len(body)
		}
		got := client.decode(&answer{contentType: "text/test", body: []byte(body)}, attrsReply(client))
		if fmt.Sprintf("%#v", got) != fmt.Sprintf("%#v", want) {
			t.Errorf("%s:\n got %#v\nwant %#v", body, got, want)
		}
	}
}

// A reply shows nothing of what an earlier attempt brought.
func TestRepliesAreDecodedAfresh(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, testConfig(replies("")))
	twice := func(reply reply, earlier string) {
		for _, rest := range []string{earlier, ""} {
			body := `{"ActionStatus":"OK","ErrorCode":0` + rest + `}`
			if err := client.decode(&answer{body: []byte(body)}, reply); err != nil {
				t.Errorf("%s: %v", body, err)
			}
		}
	}
	accounts, names := attrsReply(client), &attributeNamesReply{}
	twice(accounts, `,"UserAttrs":[{"To_Account":"a","Attrs":{}}],"ErrorList":[{"To_Account":"b","ErrorCode":70107}]`)
	twice(names, `,"AttrNames":{"0":"sex"},"AttrTypes":{"0":1}`)
	if len(accounts.read)+len(accounts.errors)+len(names.names)+len(names.types) > 0 {
		t.Errorf("%v and %v are left", accounts, names)
	}
}

// What came is described, never repeated: it could hold anything.
func TestResponseErrorsRepeatNothingOfTheBody(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, testConfig(replies("")))
	for _, body := range []string{
		`hunter22`, `{"ActionStatus":"hunter22","ErrorCode":0}`, `{"ActionStatus":"OK","ErrorCode":2222222222222222222222}`,
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":"hunter22"}`,
	} {
		err := client.decode(&answer{body: []byte(body)}, attrsReply(client))
		if err == nil || strings.Contains(err.Error(), "hunter22") || strings.Contains(err.Error(), "2222") {
			t.Errorf("%s: the error is %v", body, err)
		}
	}
}

func TestServiceTextsHoldNoSecret(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, testConfig(replies("")))
	body := `{"ActionStatus":"FAIL","ErrorCode":1,"ErrorInfo":"\u0063anarykey` + strings.TrimPrefix(testKey, "canarykey") + `"}`
	err := client.decode(&answer{body: []byte(body)}, attrsReply(client))
	var service *ServiceError
	if !errors.As(err, &service) || service.Info != redacted {
		t.Errorf("the service's text is not redacted: %v", err)
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`"male"`:                            "male",
		`""`:                                "",
		`"\u4e2d\n"`:                        "中\n",
		`"\ud800"`:                          "\uFFFD",
		"\"\xff\"":                          "\uFFFD",
		`null`:                              "",
		`true`:                              "true",
		`false`:                             "false",
		`12345678901234567890`:              "12345678901234567890",
		`1.10`:                              "1.10",
		`1e400`:                             "1e400",
		`-0`:                                "-0",
		`{ "b" : [ 1 , "x y" ] , "a": {} }`: `{"b":[1,"x y"],"a":{}}`,
		`[ ]`:                               "[]",
		"[\"\xff\"]":                        "[\"\uFFFD\"]",
		`["<&>"]`:                           `["<&>"]`,
		`{"a\u002ab": "\u4e2d\/\n", "c": "\"\\"}`: `{"a*b":"中/\n","c":"\"\\"}`,
	} {
		var got text
		if err := json.Unmarshal([]byte(raw), &got); err != nil || string(got) != want {
			t.Errorf("%s is read as %q, %v; want %q", raw, got, err, want)
		}
	}
}
