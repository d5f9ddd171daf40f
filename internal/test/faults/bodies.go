package faults

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// envelope is the beginning of every successful response.
const envelope = `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0`

// bodies are undocumented or unusual responses with status 200.
func bodies() []Fault {
	compressed := func(name, body string, outcome Outcome, errorText string) Fault {
		return Fault{Name: name, Effect: emulator.Effect{Header: http.Header{"Content-Encoding": {"gzip"}}, Body: body}, Outcome: outcome, ErrorText: errorText}
	}
	const tooLarge = 16 << 20 // the maximum that a client reads
	complete := gzipped(envelope + `}`)
	bomb := strings.Repeat(gzipped(strings.Repeat(" ", 1<<20)), 2*tooLarge>>20) // gzip data may consist of several members
	return []Fault{
		jsonFault("empty body", "", Transient, "is not JSON"),
		jsonFault("JSON cut short", envelope+`,"New":[{"k":"v`, Transient, "is not JSON"),
		{Name: "HTML", Effect: emulator.Effect{Body: "<html>", EchoSignature: true}, ErrorText: "is not JSON"},
		jsonFault("two documents", envelope+`}{}`, Final, "is not JSON"),
		jsonFault("byte order mark", "\xef\xbb\xbf"+envelope+`}`, Final, "is not JSON"),
		jsonFault("null", "null", Final, "is not a JSON object"),
		jsonFault("array", "[]", Final, "is not a JSON object"),
		jsonFault("string", `"OK"`, Final, "is not a JSON object"),
		jsonFault("empty object", `{}`, Final, "reports neither success"),
		jsonFault("FAIL without a code", `{"ActionStatus":"FAIL"}`, Final, "error code 0"),
		jsonFault("FAIL without a code, with the key", `{"ActionStatus":"FAIL","ErrorInfo":"`+Key+`"}`, Final, "(redacted)"),
		jsonFault("FAIL with code 0", `{"ActionStatus":"FAIL","ErrorCode":0}`, Final, "error code 0"),
		jsonFault("OK with a code", `{"ActionStatus":"OK","ErrorCode":70009}`, Final, "error code 70009"),
		jsonFault("names in other cases", `{"actionstatus":"OK","errorcode":0}`, Final, "reports neither success"),

		{Name: "key in a content type", Effect: emulator.Effect{Header: http.Header{"Content-Type": {Key}}, Body: "<html>"}, ErrorText: "(redacted)"},
		large(jsonFault("too large", envelope+`,"New":"`+strings.Repeat("x", tooLarge)+`"}`, Final, "is larger than")),
		large(Fault{Name: "endless", Effect: emulator.Effect{Body: strings.Repeat(" ", 1<<20), Endless: true}, ErrorText: "is larger than"}),
		large(compressed("gzip bomb", bomb, Final, "is larger than")),
		compressed("gzip", complete, Harmless, ""),
		compressed("gzip in several members", gzipped(envelope)+gzipped(`}`), Harmless, ""),
		compressed("gzip cut short", complete[:len(complete)-4], Transient, "closed before the complete response arrived"),
		compressed("gzip with a little junk", complete+"junk", Final, "cannot be decompressed"),
		compressed("gzip with much junk", complete+strings.Repeat("junk", 100), Final, "cannot be decompressed"),
		compressed("gzip announced, not used", envelope+`}`, Final, "cannot be decompressed"),
		compressed("gzip with a wrong checksum", complete[:len(complete)-8]+strings.Repeat("\x00", 8), Final, "cannot be decompressed"),
		compressed("gzip with wrong content", complete[:10]+"\xff\xff\xff"+complete[13:], Final, "cannot be decompressed"),
	}
}

// jsonFault returns a fault whose response has the JSON content type and this body.
func jsonFault(name, body string, outcome Outcome, errorText string) Fault {
	return Fault{Name: name, Effect: emulator.Effect{Header: http.Header{"Content-Type": {"application/json"}}, Body: body}, Outcome: outcome, ErrorText: errorText}
}

// large marks a fault as large.
func large(fault Fault) Fault {
	fault.Large = true
	return fault
}

func gzipped(body string) string {
	var buffer bytes.Buffer
	writer := gzip.NewWriter(&buffer)
	_, _ = writer.Write([]byte(body)) // writing to a Buffer cannot fail
	_ = writer.Close()
	return buffer.String()
}
