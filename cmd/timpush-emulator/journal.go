package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// journal writes each request as a line of JSON. It is safe for concurrent use, also after close: a request that was cut off
// can end later. A nil journal does nothing.
type journal struct {
	mu  sync.Mutex
	to  io.WriteCloser
	err error // the first error; nothing is written after it
}

// newJournal replaces the journal of an earlier run. Only its owner can read it, since it contains accounts. It returns nil
// if path is "".
func newJournal(path string) (*journal, error) {
	const flag = "-journal"
	if path == "" {
		return nil, nil
	}
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() { // not a pipe or terminal
		isOurs := func(content string) bool { return strings.HasPrefix(content, `{"at":"`) }
		if err := checkOurs(flag, path, isOurs); err != nil {
			return nil, err
		}
	}
	if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() { // keep links, such as /dev/stdout
		if err := os.Remove(path); err != nil { // to reset its permissions
			return nil, cannotWrite(flag, err)
		}
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) // #nosec G304 -- the user names the file
	if err != nil {
		return nil, cannotWrite(flag, err)
	}
	return &journal{to: f}, nil
}

// journalLine is an [emulator.Entry] in the journal. It omits Executed, which without faults is the same as Code == 0.
type journalLine struct {
	At          string   `json:"at"`
	Method      string   `json:"method"`
	API         string   `json:"api"`
	SDKAppID    string   `json:"sdk_app_id"`
	Identifier  string   `json:"identifier"`
	Random      string   `json:"random"`
	ContentType string   `json:"content_type"`
	UserAgent   string   `json:"user_agent"`
	Accounts    []string `json:"accounts"`
	TaskID      string   `json:"task_id"`
	Sent        []string `json:"sent"`
	Signed      bool     `json:"signed"`
	Code        int      `json:"code"`
}

// journalTime is RFC 3339 with milliseconds, always three digits.
const journalTime = "2006-01-02T15:04:05.000Z07:00"

// note writes one request, unbuffered, so that it is in the file when the client has the response.
func (j *journal) note(e emulator.Entry) {
	if j == nil {
		return
	}
	line := journalLine{
		At: e.At.UTC().Format(journalTime), Method: e.Method, API: e.API, SDKAppID: e.SDKAppID, Identifier: e.Identifier,
		Random: e.Random, ContentType: e.ContentType, UserAgent: e.UserAgent, Accounts: e.Accounts, TaskID: e.TaskID, Sent: e.Sent,
		Signed: e.Signed, Code: e.Code,
	}
	for _, list := range []*[]string{&line.Accounts, &line.Sent} {
		if *list == nil {
			*list = []string{} // scripts would have to handle null
		}
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err == nil {
		w := json.NewEncoder(j.to)
		w.SetEscapeHTML(false)
		j.err = w.Encode(line)
	}
}

// close closes the journal. It returns an error if the journal is incomplete.
func (j *journal) close() error {
	if j == nil {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	err := j.err
	if closeErr := j.to.Close(); err == nil {
		err = closeErr
	}
	j.err = os.ErrClosed // later requests are dropped
	if err != nil {
		return fmt.Errorf("the journal is not complete: %w", err)
	}
	return nil
}
