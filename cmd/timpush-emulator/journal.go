package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// journal writes each request as a line of JSON. Its methods are safe under concurrent use: a request that stopping has
// cut off may still come while it is closed. A nil journal is one that nobody wants.
type journal struct {
	mu  sync.Mutex
	to  io.WriteCloser
	err error // the first; nothing is written after it
}

// newJournal begins a journal, in place of one that an earlier run left; nil where path is "". Only its owner may read it:
// it names accounts. A file that does not hold a journal is somebody's, and stays.
func newJournal(path string) (*journal, error) {
	if path == "" {
		return nil, nil
	}
	fail := func(err error) (*journal, error) {
		return nil, fmt.Errorf("cannot write the file of -journal: %w; give a file in a folder that exists and can be written to", err)
	}
	if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() { // not a pipe or a terminal
		begin, err := readBegin(path, len(journalBegin))
		if err != nil {
			return fail(err)
		}
		if begin != "" && begin != journalBegin {
			return nil, errTaken("-journal", path)
		}
	}
	if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() { // a link stays: /dev/stdout is one
		if err := os.Remove(path); err != nil { // with the rights that it had
			return fail(err)
		}
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) // #nosec G304 -- the user names the file
	if err != nil {
		return fail(err)
	}
	return &journal{to: f}, nil
}

// readBegin reads the first bytes of a file, which may be a long one.
func readBegin(path string, bytes int) (string, error) {
	f, err := os.Open(path) // #nosec G304 -- the user names the file
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }() // read only: closing has nothing to lose
	begin, err := io.ReadAll(io.LimitReader(f, int64(bytes)))
	return string(begin), err
}

// journalBegin is how each line begins.
const journalBegin = `{"at":"`

// journalLine is an [emulator.Entry] as the journal has it.
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
	Signed      bool     `json:"signed"`
	Code        int      `json:"code"`
}

// journalTime is RFC 3339 with milliseconds, always three digits.
const journalTime = "2006-01-02T15:04:05.000Z07:00"

// note writes one request. It goes out at once, so that who has an answer finds it in the file.
func (j *journal) note(e emulator.Entry) {
	if j == nil {
		return
	}
	line := journalLine{
		At: e.At.UTC().Format(journalTime), Method: e.Method, API: e.API, SDKAppID: e.SDKAppID, Identifier: e.Identifier,
		Random: e.Random, ContentType: e.ContentType, UserAgent: e.UserAgent, Accounts: e.Accounts, Signed: e.Signed, Code: e.Code,
	}
	if line.Accounts == nil {
		line.Accounts = []string{} // a list always, so that scripts need not ask
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err == nil {
		w := json.NewEncoder(j.to)
		w.SetEscapeHTML(false)
		j.err = w.Encode(line)
	}
}

// close ends the journal. It tells if something is missing in it.
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
	j.err = os.ErrClosed // what comes now is dropped
	if err != nil {
		return fmt.Errorf("the journal is not complete: %w", err)
	}
	return nil
}
