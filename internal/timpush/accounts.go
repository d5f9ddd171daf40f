package timpush

import (
	"errors"
	"fmt"
)

// AccountError is why a request failed for one account.
type AccountError struct {
	Code    *int64 // ErrorCode; nil if the response has none for the account
	Meaning string // the code's documented meaning for this command, a clause; "" if unknown
	Info    string // ErrorInfo, which may be empty
	Problem string // what is wrong with the response for the account, a clause; only if Code is nil
}

// Message returns the service's text, or else the code's documented meaning.
func (e AccountError) Message() string {
	switch {
	case e.Problem != "" && e.Info != "":
		return fmt.Sprintf("the response for this account %s (service text: %q)", e.Problem, e.Info)
	case e.Problem != "":
		return "the response for this account " + e.Problem
	case e.Code == nil:
		return "the response does not include this account"
	case e.Info != "":
		return e.Info
	case e.Meaning != "":
		return e.Meaning
	default:
		return "the service gave no reason, and the code is not documented"
	}
}

// NoAccount reports whether the account does not exist, or no longer does.
func (e AccountError) NoAccount() bool {
	return e.Code != nil && (*e.Code == CodeAccountNotFound || *e.Code == CodeAccountDeleted)
}

// size is the length in bytes of the error's text in results.
func (e AccountError) size() int { return EncodedSize(len(e.Message())) }

// errNoCode is the problem of an element of ErrorList that has no code.
var errNoCode = errors.New("contains an error without ErrorCode")

// accountOf returns the account of a list element, or false if it has none.
func accountOf(element object) (string, bool) {
	var account *string
	if err := element.decode("To_Account", &account); err != nil || account == nil {
		return "", false
	}
	return *account, true
}

// errorList collects the accounts in ErrorList, which is part of the response to
// every command for accounts (60564). If an account has several errors, the last
// one wins.
type errorList struct {
	command command
	clean   func(string) string
	asked   map[string]bool // the accounts of the request; others are dropped while reading

	errors map[string]AccountError
}

func (l *errorList) add(element object) {
	account, ok := accountOf(element)
	if !ok || !l.asked[account] {
		return
	}
	failure, err := l.accountError(element)
	switch {
	case err != nil:
		l.errors[account] = AccountError{Problem: err.Error(), Info: failure.Info}
	case *failure.Code != 0: // 0 means success
		l.errors[account] = failure
	}
}

// accountError decodes an element of ErrorList. ErrorInfo may be empty or missing
// (60564). If it returns an error, only Info is valid.
func (l *errorList) accountError(element object) (AccountError, error) {
	var (
		failure AccountError
		info    text
	)
	if err := element.decode("ErrorInfo", &info); err != nil {
		return AccountError{}, err
	}
	failure.Info = l.clean(string(info))
	if err := element.decode("ErrorCode", &failure.Code); err != nil {
		return failure, err
	}
	if failure.Code == nil {
		return failure, errNoCode
	}
	failure.Meaning = l.command.facts(*failure.Code).meaning
	return failure, nil
}
