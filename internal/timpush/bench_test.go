package timpush

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// BenchmarkSplit splits 100,000 accounts, each listed twice, into batches.
func BenchmarkSplit(b *testing.B) {
	client := newTestClient(b, testConfig(nil))
	accounts := numbered(100_000)
	accounts = append(accounts, accounts...)
	b.ReportAllocs()
	for b.Loop() {
		if err := inBatches(b.Context(), client, getAttr.command, reading, Unique(accounts), func(context.Context, batch[string]) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}

// fullResponse is the response to a full batch: every account has the maximum of
// ten attributes of 50 bytes (60563, 60565).
func fullResponse(accounts []string) []byte {
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
	return []byte(body.String())
}

// BenchmarkDecode decodes the response to one full batch.
func BenchmarkDecode(b *testing.B) {
	client := newTestClient(b, testConfig(nil))
	accounts := numbered(MaxAccounts)
	full := fullResponse(accounts)
	b.ReportAllocs()
	b.SetBytes(int64(len(full)))
	for b.Loop() {
		if err := client.decode(getAttr.command, full, "application/json", attributesResponse(client, accounts)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMerge adds the decoded response to one full batch to the result.
func BenchmarkMerge(b *testing.B) {
	client := newTestClient(b, testConfig(nil))
	accounts := numbered(MaxAccounts)
	response := attributesResponse(client, accounts)
	if err := client.decode(getAttr.command, fullResponse(accounts), "application/json", response); err != nil {
		b.Fatal(err)
	}
	result := &UserAttributes{Read: map[string]map[string]string{}, Errors: map[string]AccountError{}}
	b.ReportAllocs()
	for b.Loop() {
		result.add(accounts, response)
	}
	if len(result.Read) != len(accounts) {
		b.Fatalf("%d accounts", len(result.Read))
	}
}

// BenchmarkPace acquires and releases free places.
func BenchmarkPace(b *testing.B) {
	p, read := newPacer(b.N), &queue{}
	b.ReportAllocs()
	for range b.N {
		taken, err := p.acquire(b.Context(), read)
		if err != nil {
			b.Fatal(err)
		}
		p.release(taken, answered)
	}
}
