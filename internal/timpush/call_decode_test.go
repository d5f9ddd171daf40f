package timpush

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// attributesResponse returns an empty response to get_attr for the accounts.
func attributesResponse(client *Client, accounts []string) *accountsResponse[map[string]string] {
	return &accountsResponse[map[string]string]{
		errorList: errorList{command: getAttr.command, clean: client.redactor.clean, asked: setOf(accounts)},
		read:      getAttr,
	}
}

// decode decodes a response to a request for the account "a".
func decode(client *Client, body string) error {
	return client.decode(getAttr.command, []byte(body), "text/test", attributesResponse(client, []string{"a"}))
}

func TestDecodeEnvelope(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, testConfig(responses("")))
	for body, want := range map[string]error{
		`{"ActionStatus":"OK","ErrorCode":0}`:                                      nil,
		`{"ActionStatus":"OK","ErrorInfo":null,"ErrorCode":0,"New":{"field":[1]}}`: nil,
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":null,"ErrorList":null}`:    nil,
		`{"ActionStatus":"FAIL","ErrorInfo":"bad key","ErrorCode":70009}`:          &ServiceError{Code: 70009, Info: "bad key"},
		`{"ErrorCode":70009}`:                     &ServiceError{Code: 70009},
		`{"ActionStatus":"OK","ErrorCode":70009}`: &ServiceError{Code: 70009, facts: codeFacts{unclear: true}},
		`{"ActionStatus":7,"ErrorCode":70009}`:    &ResponseError{Problem: "contains a field ActionStatus of the wrong JSON type, number"},
		`{"ActionStatus":"FAIL","ErrorCode":70009,"ErrorInfo":{"why": 1},"UserAttrs":5}`: &ServiceError{Code: 70009, Info: `{"why":1}`},
		`{"ActionStatus":"FAIL","ErrorCode":0}`:                                          &ServiceError{},
		`{"ActionStatus":"FAIL"}`:                                                        &ServiceError{},
		`{"ActionStatus":"FAIL","ErrorCode":-1}`:                                         &ServiceError{Code: -1},
		`{}`:                                                                             &ResponseError{Problem: `reports neither success (ActionStatus "OK", ErrorCode 0) nor an error`},
		`{"ActionStatus":"OK"}`:                                                          &ResponseError{Problem: `reports neither success (ActionStatus "OK", ErrorCode 0) nor an error`},
		`{"ErrorCode":0}`:                                                                &ResponseError{Problem: `reports neither success (ActionStatus "OK", ErrorCode 0) nor an error`},
		`{"ActionStatus":"ok","ErrorCode":0}`:                                            &ResponseError{Problem: `reports neither success (ActionStatus "OK", ErrorCode 0) nor an error`},
		`{"actionstatus":"OK","errorcode":0}`:                                            &ResponseError{Problem: `reports neither success (ActionStatus "OK", ErrorCode 0) nor an error`},
		`{"ActionStatus":"OK","ErrorCode":0,"errorcode":70009,"errorList":[{}],"USERATTRS":5}`: nil,
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[{"to_account":"a","Attrs":{}}]}`:      nil,
		`null`:                                   &ResponseError{Problem: "is not a JSON object"},
		`[]`:                                     &ResponseError{Problem: "is not a JSON object"},
		`"OK"`:                                   &ResponseError{Problem: "is not a JSON object"},
		`{"ActionStatus":"OK","ErrorCode":"0"}`:  &ResponseError{Problem: "contains a field ErrorCode of the wrong JSON type, string"},
		`{"ActionStatus":"OK","ErrorCode":0.5}`:  &ResponseError{Problem: "contains a field ErrorCode of the wrong JSON type, number"},
		`<html>502</html>`:                       &ResponseError{Problem: "is not JSON"},
		`{"ActionStatus":"OK","ErrorCode":0} {}`: &ResponseError{Problem: "is not JSON"},
		`{"ActionStatus":"OK","Err`:              &ResponseError{Problem: "is not JSON: it ends too early", CutShort: true},
		``:                                       &ResponseError{Problem: "is not JSON: it ends too early", CutShort: true},
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":{}}`:                                   &ResponseError{Problem: "contains a field UserAttrs that is not a list"},
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[null]}`:                               nil,
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[{"Attrs":{}}]}`:                       nil,
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[{"To_Account":"a"}]}`:                 nil,
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[{"To_Account":"a","Attrs":null}]}`:    nil,
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[{"To_Account":"a","Attrs":[]}]}`:      nil,
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[{"To_Account":1,"Attrs":{}}]}`:        nil,
		`{"ActionStatus":"OK","ErrorCode":0,"ErrorList":[{"To_Account":"a"}]}`:                 nil,
		`{"ActionStatus":"OK","ErrorCode":0,"ErrorList":[{"ErrorCode":1}]}`:                    nil,
		`{"ActionStatus":"OK","ErrorCode":0,"ErrorList":[{"To_Account":"a","ErrorCode":"1"}]}`: nil,
	} {
		var wrong *ResponseError
		if errors.As(want, &wrong) {
			wrong.ContentType, wrong.Size = "text/test", len(body)
		}
		got := decode(client, body)
		var service *ServiceError
		if errors.As(want, &service) {
			contradicts := service.facts.unclear
			service.facts = codes[service.Code]
			service.facts.unclear = service.facts.unclear || contradicts
			service.Meaning = service.facts.meaning
		}
		if fmt.Sprintf("%#v", got) != fmt.Sprintf("%#v", want) {
			t.Errorf("%s:\n got %#v\nwant %#v", body, got, want)
		}
	}
}

// A response contains nothing from an earlier attempt.
func TestDecodeDropsEarlierAttempt(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, testConfig(responses("")))
	twice := func(command command, into response, earlier string) {
		for _, rest := range []string{earlier, ""} {
			body := `{"ActionStatus":"OK","ErrorCode":0` + rest + `}`
			if err := client.decode(command, []byte(body), "", into); err != nil {
				t.Errorf("%s: %v", body, err)
			}
		}
	}
	accounts, names := attributesResponse(client, []string{"a", "b"}), &attributeNamesResponse{}
	twice(getAttr.command, accounts, `,"UserAttrs":[{"To_Account":"a","Attrs":{}}],"ErrorList":[{"To_Account":"b","ErrorCode":70107}]`)
	twice(getAttrName, names, `,"AttrNames":{"0":"sex"},"AttrTypes":{"0":1}`)
	if len(accounts.values)+len(accounts.errors)+len(names.names)+len(names.types) > 0 {
		t.Errorf("%v and %v are left", accounts, names)
	}
}

// Accounts that were not requested are dropped while reading.
func TestUnrequestedAccountsAreDropped(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, testConfig(responses("")))
	response := attributesResponse(client, []string{"a"})
	const body = `{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[{"To_Account":"stranger","Attrs":{}}],"ErrorList":[{"To_Account":"other","ErrorCode":1}]}`
	if err := client.decode(getAttr.command, []byte(body), "", response); err != nil || len(response.values)+len(response.errors) > 0 {
		t.Errorf("%v, %v are kept: %v", response.values, response.errors, err)
	}
}

// Errors describe the body but never quote it, since it could contain a secret.
func TestResponseErrorsDoNotQuoteBody(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, testConfig(responses("")))
	for _, body := range []string{
		`hunter22`, `{"ActionStatus":"hunter22","ErrorCode":0}`, `{"ActionStatus":"OK","ErrorCode":2222222222222222222222}`,
		`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":"hunter22"}`,
	} {
		err := decode(client, body)
		if err == nil || strings.Contains(err.Error(), "hunter22") || strings.Contains(err.Error(), "2222") {
			t.Errorf("%s: the error is %v", body, err)
		}
	}
}

func TestServiceTextsContainNoSecret(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, testConfig(responses("")))
	body := `{"ActionStatus":"FAIL","ErrorCode":1,"ErrorInfo":"\u0063anarykey` + strings.TrimPrefix(testKey, "canarykey") + `"}`
	err := decode(client, body)
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
