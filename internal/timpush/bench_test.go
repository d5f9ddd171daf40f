package timpush

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// BenchmarkSplit cuts 100,000 accounts, each given twice, into batches.
func BenchmarkSplit(b *testing.B) {
	client := newTestClient(b, testConfig(nil))
	accounts := numbered(100_000)
	accounts = append(accounts, accounts...)
	b.ReportAllocs()
	for b.Loop() {
		if err := client.inBatches(b.Context(), accounts, func(context.Context, batch) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}

// fullReply is the reply to a full batch: every account with the ten attributes
// of 50 bytes that it can have (60563, 60565).
func fullReply(accounts []string) *answer {
	var body strings.Builder
	body.WriteString(`{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"UserAttrs":[`)
	for i, account := range accounts {
		if i > 0 {
			body.WriteString(",")
		}
		fmt.Fprintf(&body, `{"To_Account":%q,"Attrs":{`, account)
		for n := range 10 {
			if n > 0 {
				body.WriteString(",")
			}
			fmt.Fprintf(&body, `"attribute %d":"%050d"`, n, n)
		}
		body.WriteString("}}")
	}
	body.WriteString(`]}`)
	return &answer{contentType: "application/json", body: []byte(body.String())}
}

// BenchmarkDecode decodes the reply to one full batch.
func BenchmarkDecode(b *testing.B) {
	client := newTestClient(b, testConfig(nil))
	full := fullReply(numbered(batchSize))
	b.ReportAllocs()
	b.SetBytes(int64(len(full.body)))
	for b.Loop() {
		if err := client.decode(full, attrsReply(client)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMerge takes the decoded reply of one full batch into the result.
func BenchmarkMerge(b *testing.B) {
	client := newTestClient(b, testConfig(nil))
	accounts := numbered(batchSize)
	reply := attrsReply(client)
	if err := client.decode(fullReply(accounts), reply); err != nil {
		b.Fatal(err)
	}
	result := &UserAttributes{Read: map[string]map[string]string{}, Errors: map[string]AccountError{}}
	b.ReportAllocs()
	for b.Loop() {
		result.add(accounts, reply)
	}
	if len(result.Read) != len(accounts) {
		b.Fatalf("%d accounts", len(result.Read))
	}
}

// BenchmarkPace gives out and takes back places that are free.
func BenchmarkPace(b *testing.B) {
	p, read := newPacer(b.N), &queue{}
	b.ReportAllocs()
	for range b.N {
		leave, err := p.wait(b.Context(), read)
		if err != nil {
			b.Fatal(err)
		}
		leave()
	}
}
