package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// format is a value of -print.
type format string

// sh is the default format.
const sh format = "sh"

// formats are the functions that format an announcement.
var formats = map[format]func(announcement) string{
	sh: func(a announcement) string {
		return a.text(shell{assign: "export %s=%s\n", call: "curl %s-d '{}' %s\n", trust: "--cacert %s ", quote: quote})
	},
	"powershell": func(a announcement) string {
		return a.text(shell{assign: "$env:%s = %s\n", call: "Invoke-RestMethod -Method Post -Body '{}' %s-Uri %s\n", quote: quotePowerShell})
	},
	"json": announcement.json,
}

// announcement is what the command prints when it is ready.
type announcement struct {
	endpoint    string
	accounts    int // number of accounts
	variables   []variable
	certificate string // the absolute path of its file; "" if there is none
	call        string // the URL of the example call
}

// variable is an environment variable.
type variable struct{ name, value string }

// certificateVariable names a file of trusted certificates. On Linux, the BSDs, Solaris and AIX, Go's crypto/x509 uses it
// instead of the system's file, in addition to the folder of certificates (SSL_CERT_DIR). On macOS and Windows, Go ignores
// it. Other programs may use the variable too, and then trust only this certificate.
const certificateVariable = "SSL_CERT_FILE"

// shell is the syntax of a shell.
type shell struct {
	assign string // format of a line that sets an environment variable
	call   string // format of a line that sends a request
	trust  string // format of the option of that line that trusts a certificate; "" if there is none
	quote  func(string) string
}

// text returns the announcement for people, with lines to run in a shell. In sh, exactly the lines that begin with "export "
// set variables; scripts depend on that.
func (a announcement) text(s shell) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Listening on %s (accounts: %d). Press Ctrl-C to stop.\n", a.endpoint, a.accounts)
	b.WriteString("To use the emulator, run these lines in another terminal:\n")
	for _, v := range a.variables {
		fmt.Fprintf(&b, s.assign, v.name, s.quote(v.value))
	}
	trust := ""
	if a.certificate != "" {
		b.WriteString("The provider must trust the certificate. On Linux, run this line too. On macOS and Windows, add the file to\n" +
			"the system's certificate store instead.\n")
		fmt.Fprintf(&b, s.assign, certificateVariable, s.quote(a.certificate))
		if s.trust != "" {
			trust = fmt.Sprintf(s.trust, s.quote(a.certificate))
		}
	}
	b.WriteString("To call the API yourself, for example:\n")
	fmt.Fprintf(&b, s.call, trust, s.quote(a.call))
	return b.String()
}

// json returns the variables as a JSON object on one line.
func (a announcement) json() string {
	object := map[string]string{}
	for _, v := range a.variables {
		object[v.name] = v.value
	}
	if a.certificate != "" {
		object[certificateVariable] = a.certificate
	}
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	_ = w.Encode(object) // encoding strings cannot fail
	return b.String()
}

// quote returns a word that a POSIX shell reads as s.
func quote(s string) string {
	harmless := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:@", r)
	}
	if s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !harmless(r) }) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// quotePowerShell returns a string that PowerShell reads as s. PowerShell reads typographic quotes like plain ones.
func quotePowerShell(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("`$\"“”„", r) {
			b.WriteByte('`')
		}
		b.WriteRune(r)
	}
	return `"` + b.String() + `"`
}
