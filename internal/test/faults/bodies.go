package faults

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// envelope begins every response that is no refusal.
const envelope = `{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0`

// bodies are answers with status 200 that are not what any API's page describes,
// or only just.
func bodies() []Fault {
	packed := func(name, body string, outcome Outcome, says string) Fault {
		return Fault{Name: name, Effect: emulator.Effect{Header: http.Header{"Content-Encoding": {"gzip"}}, Body: body}, Outcome: outcome, Says: says}
	}
	const tooLarge = 16 << 20 // the most that a client reads
	whole := zipped(envelope + `}`)
	bomb := strings.Repeat(zipped(strings.Repeat(" ", 1<<20)), 2*tooLarge>>20) // gzip may be written in parts
	return []Fault{
		answer("nothing", "", Transient, "is not JSON"),
		answer("JSON cut short", envelope+`,"New":[{"k":"v`, Transient, "is not JSON"),
		{Name: "HTML", Effect: emulator.Effect{Body: "<html>", EchoSignature: true}, Says: "is not JSON"},
		answer("two documents", envelope+`}{}`, Final, "is not JSON"),
		answer("byte order mark", "\xef\xbb\xbf"+envelope+`}`, Final, "is not JSON"),
		answer("null", "null", Final, "is not a JSON object"),
		answer("array", "[]", Final, "is not a JSON object"),
		answer("string", `"OK"`, Final, "is not a JSON object"),
		answer("empty object", `{}`, Final, "reports neither success"),
		answer("FAIL without a code", `{"ActionStatus":"FAIL"}`, Final, "error code 0"),
		answer("FAIL without a code, with the key", `{"ActionStatus":"FAIL","ErrorInfo":"`+Key+`"}`, Final, "(redacted)"),
		answer("FAIL with code 0", `{"ActionStatus":"FAIL","ErrorCode":0}`, Final, "error code 0"),
		answer("OK with a code", `{"ActionStatus":"OK","ErrorCode":70009}`, Final, "error code 70009"),
		answer("names in other cases", `{"actionstatus":"OK","errorcode":0}`, Final, "reports neither success"),

		{Name: "key in a content type", Effect: emulator.Effect{Header: http.Header{"Content-Type": {Key}}, Body: "<html>"}, Says: "(redacted)"},
		answer("too large", envelope+`,"New":"`+strings.Repeat("x", tooLarge)+`"}`, Final, "is larger than"),
		{Name: "endless", Effect: emulator.Effect{Body: strings.Repeat(" ", 1<<20), Endless: true}, Says: "is larger than"},
		packed("gzip bomb", bomb, Final, "is larger than"),
		packed("gzip", whole, Harmless, ""),
		packed("gzip in several members", zipped(envelope)+zipped(`}`), Harmless, ""),
		packed("gzip cut short", whole[:len(whole)-4], Transient, "closed before the complete response arrived"),
		packed("gzip with a little junk", whole+"junk", Final, "cannot be decompressed"),
		packed("gzip with much junk", whole+strings.Repeat("junk", 100), Final, "cannot be decompressed"),
		packed("gzip that is none", envelope+`}`, Final, "cannot be decompressed"),
		packed("gzip with a wrong sum", whole[:len(whole)-8]+strings.Repeat("\x00", 8), Final, "cannot be decompressed"),
		packed("gzip with wrong content", whole[:10]+"\xff\xff\xff"+whole[13:], Final, "cannot be decompressed"),
	}
}

// answer is an answer of JSON, or what should be.
func answer(name, body string, outcome Outcome, says string) Fault {
	return Fault{Name: name, Effect: emulator.Effect{Header: http.Header{"Content-Type": {"application/json"}}, Body: body}, Outcome: outcome, Says: says}
}

func zipped(body string) string {
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	_, _ = writer.Write([]byte(body)) // a Buffer takes everything
	_ = writer.Close()
	return packed.String()
}
