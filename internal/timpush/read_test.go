package timpush

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// An invalid element is the error of its account, and does not affect the others.
func TestInvalidElementAffectsOneAccount(t *testing.T) {
	t.Parallel()
	accounts := numbered(100)
	for row, want := range map[string]string{ // element of user7 to its error; "" if it is read without attributes
		`{"To_Account":"user7","Attrs":null}`:     "",
		`{"To_Account":"user7"}`:                  "",
		`{"To_Account":"user7","Attrs":[]}`:       "",
		`{"To_Account":"user7","Attrs":[ ]}`:      "",
		`{"To_Account":"user7","Attrs":{}}`:       "",
		`{"To_Account":"user7","Attrs":7}`:        "the response for this account contains a field Attrs of the wrong JSON type, number",
		`{"To_Account":"user7","Attrs":["a"]}`:    "the response for this account contains a field Attrs of the wrong JSON type, array",
		`{"Attrs":{}}`:                            "the response does not include this account",
		`{"To_Account":7,"Attrs":{}}`:             "the response does not include this account",
		`7`:                                       "the response does not include this account",
		`null`:                                    "the response does not include this account",
		`{}],"ErrorList":[{"To_Account":"user7"}`: "the response for this account contains an error without ErrorCode",
		`{}],"ErrorList":[{"To_Account":"user7","ErrorInfo":"gone"}`:                                  "the response for this account contains an error without ErrorCode (service text: \"gone\")",
		`{}],"ErrorList":[{"To_Account":"user7","ErrorCode":"70107","ErrorInfo":"no such \u0075ser"}`: "the response for this account contains a field ErrorCode of the wrong JSON type, string (service text: \"no such user\")",
		`{}],"ErrorList":[{"To_Account":"user7","ErrorCode":0}`:                                       "the response does not include this account",
		`{"To_Account":"user7","Attrs":{}}],"ErrorList":[{"To_Account":"user7","ErrorCode":0}`:        "",
	} {
		var rows strings.Builder
		for i, account := range accounts {
			if i == 7 {
				continue
			}
			fmt.Fprintf(&rows, `{"To_Account":%q,"Attrs":{"name":%q}},`, account, account)
		}
		client := newTestClient(t, testConfig(responses(`{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[`+rows.String()+row+`]}`)))
		result, err := client.GetUserAttributes(t.Context(), accounts, nil, 0)
		if err != nil {
			t.Errorf("%s: %v", row, err)
			continue
		}
		failure, failed := result.Errors["user7"]
		if failed != (want != "") || failed && (failure.Message() != want || failure.Code != nil) {
			t.Errorf("%s: the error is %+v, want %q", row, failure, want)
		}
		if attributes, read := result.Read["user7"]; read == failed || len(attributes) > 0 {
			t.Errorf("%s: read %t with %v", row, read, attributes)
		}
		for _, account := range accounts {
			if account != "user7" && !reflect.DeepEqual(result.Read[account], map[string]string{"name": account}) {
				t.Errorf("%s: %s is lost", row, account)
			}
		}
	}
}

// A read ends as soon as its result is too large.
func TestTooLargeResults(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		service := newEmulator(t, emulator.Seed{})
		config := testConfig(handlerTransport{service})
		config.RequestsPerSecond = 1
		client := newTestClient(t, config)
		accounts := numbered(1000)
		size := 0 // of a request whose accounts do not exist
		for _, account := range accounts[:100] {
			size += EncodedSize(len(account)) + EncodedSize(len(Meaning(CodeAccountNotFound)))
		}
		if _, err := client.GetUserAttributes(t.Context(), accounts[:100], nil, size); err != nil {
			t.Errorf("exactly the limit: %v", err)
		}
		_, err := client.GetUserAttributes(t.Context(), accounts, nil, size)
		var large *TooLargeError
		if !errors.As(err, &large) || large.Limit != size || large.Size <= size || large.Read != 200 || large.Total != 1000 {
			t.Errorf("the error is %v (%#v)", err, large)
		}
		if requests := len(service.Journal()); requests != 3 {
			t.Errorf("%d requests were made", requests)
		}
	})
}

// What a filter drops does not count toward the size of a result, and lists have
// no room for it.
func TestDroppedValuesHaveNoSize(t *testing.T) {
	t.Parallel()
	var attrs, tags strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&attrs, `"dropped%d":"%0100d",`, i, i)
		fmt.Fprintf(&tags, `"dropped%d",`, i)
	}
	client := newTestClient(t, testConfig(responses(`{"ActionStatus":"OK","ErrorCode":0,
		"UserAttrs":[{"To_Account":"a","Attrs":{`+attrs.String()+`"city":"Tokyo"}}],"UserTags":[{"To_Account":"a","Tags":[`+tags.String()+`"gold"]}]}`)))
	for keep, size := range map[string]int{"city": 2 + 5 + 6, "other": 2} {
		_, err := client.GetUserAttributes(t.Context(), []string{"a"}, KeepOnly([]string{keep}), size)
		_, tooLarge := client.GetUserAttributes(t.Context(), []string{"a"}, KeepOnly([]string{keep}), size-1)
		if err != nil || !errors.As(tooLarge, new(*TooLargeError)) {
			t.Errorf("attribute %s: %v; with a byte less: %v", keep, err, tooLarge)
		}
	}
	for keep, size := range map[string]int{"gold": 2 + 5, "other": 2} {
		result, err := client.GetUserTags(t.Context(), []string{"a"}, KeepOnly([]string{keep}), size)
		_, tooLarge := client.GetUserTags(t.Context(), []string{"a"}, KeepOnly([]string{keep}), size-1)
		if err != nil || !errors.As(tooLarge, new(*TooLargeError)) {
			t.Errorf("tag %s: %v; with a byte less: %v", keep, err, tooLarge)
		} else if room := cap(result.Read["a"]); room > 1 {
			t.Errorf("tag %s: the list has room for %d", keep, room)
		}
	}
}

// The size of a result includes all its texts.
func TestSizes(t *testing.T) {
	t.Parallel()
	if got := attributesSize(map[string]string{"city": "ShenZhen", "": ""}); got != 12+4 {
		t.Errorf("attributes: %d", got)
	}
	if got := tagsSize([]string{"gold", strings.Repeat("a", 50)}); got != 5+52 {
		t.Errorf("tags: %d", got)
	}
	for length, header := range map[int]int{0: 1, 31: 1, 32: 2, 255: 2, 256: 3, 65535: 3, 65536: 5} {
		if got := EncodedSize(length); got != length+header {
			t.Errorf("a string of %d bytes has %d", length, got)
		}
	}
}

// Concurrent responses with very many accounts that were not requested use the
// memory of a few responses, not of all.
func TestMemoryOfLargeResponses(t *testing.T) { //nolint:paralleltest // it measures the memory of the process
	percent := debug.SetGCPercent(100) // test.sh sets another value
	defer debug.SetGCPercent(percent)
	body := largeResponse(250)
	var largest uint64
	var mu sync.Mutex
	release, waiting := make(chan struct{}), make(chan struct{}, 8)
	config := testConfig(transportFunc(func(request *http.Request) (*http.Response, error) {
		connected(request)
		waiting <- struct{}{}
		<-release
		return &http.Response{
			StatusCode: http.StatusOK, Request: request,
			Header: http.Header{"Content-Encoding": {"gzip"}, "Content-Type": {"application/json"}},
			Body: io.NopCloser(io.MultiReader(bytes.NewReader(body), atEnd(func() {
				var stats runtime.MemStats
				mu.Lock()
				defer mu.Unlock()
				runtime.ReadMemStats(&stats)
				largest = max(largest, stats.HeapAlloc)
			}))),
		}, nil
	}))
	config.RequestTimeout = time.Minute
	client := newTestClient(t, config)
	go func() {
		for range 8 {
			<-waiting
		}
		close(release)
	}()
	var before runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	if _, err := client.GetUserAttributes(t.Context(), numbered(8*MaxAccounts), nil, 0); err != nil {
		t.Fatal(err)
	}
	t.Logf("8 large responses at a time took %d MiB", (largest-before.HeapAlloc)>>20)
	if grown := largest - before.HeapAlloc; grown > 56<<20 {
		t.Errorf("8 large responses of 4 MiB at a time took %d MiB", grown>>20)
	}
}

// atEnd is an empty reader that reports when it is read.
type atEnd func()

func (f atEnd) Read([]byte) (int, error) {
	f()
	return 0, io.EOF
}

// largeResponse is a gzip response with that many accounts that were not
// requested, 16 KB each.
func largeResponse(accounts int) []byte {
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	_, _ = io.WriteString(writer, `{"ActionStatus":"OK","ErrorCode":0,"UserAttrs":[`)
	for i := range accounts {
		_, _ = fmt.Fprintf(writer, `{"To_Account":"stranger%d","Attrs":{"a":"%016000d"}},`, i, i)
	}
	_, _ = io.WriteString(writer, `{}]}`)
	_ = writer.Close()
	return packed.Bytes()
}
