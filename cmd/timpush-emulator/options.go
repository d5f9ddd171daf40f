package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// options are the command line, checked as far as it can be without acting on it.
type options struct {
	listen      string
	seedFile    string // "" means the API pages' samples
	addrFile    string // "" means none, like the two below
	journalFile string
	certFile    string
	tls         bool
	emulator    emulator.Options
}

// about stands over the flags in the help.
const about = `Usage: timpush-emulator [flags]

It plays one app of the TIMPush service, in memory, until SIGINT, SIGTERM or
SIGHUP. It prints "Listening on ..." once it can be reached, and then, in lines
that begin with "export ", what a shell is to export so that the provider uses it.

Flags:
`

// parse reads the command line. The flag package writes usage, and what is wrong with a flag, to stderr.
func parse(args []string, stderr io.Writer) (options, error) {
	o := options{emulator: emulator.Options{SDKAppID: 1400000000, Key: newKey()}}
	f := flag.NewFlagSet("timpush-emulator", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.Usage = func() {
		_, _ = io.WriteString(stderr, about)
		f.PrintDefaults()
	}
	f.StringVar(&o.listen, "listen", "127.0.0.1:8080", "`address` to listen on; port 0 lets the system choose")
	f.StringVar(&o.addrFile, "addr-file", "", "`file` to write host:port to once all is ready, for scripts to wait for; removed at the end")
	f.StringVar(&o.seedFile, "seed", "", "JSON `file` with what the app holds (default: the samples of the API pages);\n"+
		"seed.schema.json, beside this command's source, is its JSON schema")
	f.StringVar(&o.journalFile, "journal", "", "`file` to write each request to when it is answered, as a line of JSON, without signatures")
	f.BoolVar(&o.tls, "tls", false, "serve https, with a certificate made anew at each start; needs -tls-cert-file")
	f.StringVar(&o.certFile, "tls-cert-file", "", "`file` to write that certificate to, for clients to trust; removed at the end")
	f.Func("sdk-app-id", "the app's `number` (default 1400000000)", func(s string) error {
		n, err := strconv.ParseUint(s, 10, 32)
		if err != nil || n == 0 {
			return errors.New("give a whole number from 1 to 4294967295")
		}
		o.emulator.SDKAppID = uint32(n)
		return nil
	})
	f.Func("key", "the app's secret `key` (default: a new random one)", func(s string) error {
		o.emulator.Key = s // judged below: the flag package would repeat it in its error
		return nil
	})
	f.StringVar(&o.emulator.Admin, "admin", "administrator", "the app administrator's `identifier`")
	f.IntVar(&o.emulator.RequestsPerSecond, "requests-per-second", 100, "`number` of requests answered in any one second")
	if err := f.Parse(args); err != nil {
		return options{}, err
	}
	if f.NArg() > 0 {
		return options{}, fmt.Errorf("unexpected argument %q: everything is given by flags, see -h", f.Arg(0))
	}
	if err := o.check(); err != nil {
		return options{}, err
	}
	return o, nil
}

// check tells which option is wrong, or does not go with another.
func (o options) check() error {
	if _, _, err := net.SplitHostPort(o.listen); err != nil {
		return fmt.Errorf("-listen %q is not host:port (%w): give, for example, 127.0.0.1:0", o.listen, err)
	}
	if o.emulator.RequestsPerSecond < 1 {
		return fmt.Errorf("-requests-per-second is %d: give 1 or more", o.emulator.RequestsPerSecond)
	}
	if o.emulator.Admin == "" {
		return errors.New("-admin is empty: give the administrator's identifier, or leave the flag out")
	}
	if o.emulator.Key == "" {
		return errors.New("-key is empty: give the app's secret key, or leave the flag out for a new random one")
	}
	if o.tls != (o.certFile != "") {
		return errors.New("-tls and -tls-cert-file go together: clients need the certificate from the file")
	}
	return errors.Join(plain("-admin", o.emulator.Admin), plain("-key", o.emulator.Key), o.checkFiles())
}

// checkFiles refuses a file that two flags name, by whichever path: one would destroy the other's.
func (o options) checkFiles() error {
	files := []struct{ flag, path string }{
		{"-seed", o.seedFile}, {"-addr-file", o.addrFile}, {"-journal", o.journalFile}, {"-tls-cert-file", o.certFile},
	}
	for i, f := range files {
		for _, other := range files[:i] {
			if sameFile(f.path, other.path) {
				return fmt.Errorf("%s and %s both name %s: give each a file of its own", other.flag, f.flag, f.path)
			}
		}
	}
	return nil
}

// sameFile tells whether two paths lead to one file, be it there or not.
func sameFile(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	if errA == nil && errB == nil {
		return os.SameFile(infoA, infoB)
	}
	return resolved(a) == resolved(b)
}

// resolved is the absolute path of a file that need not be there, its folder without links.
func resolved(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	if folder, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		path = filepath.Join(folder, filepath.Base(path))
	}
	return path
}

// plain refuses what a line for a shell cannot carry, and what the provider refuses at its end. The value may be secret:
// the error does not repeat it.
func plain(name, value string) error {
	if strings.TrimSpace(value) != value || strings.ContainsFunc(value, unicode.IsControl) {
		return fmt.Errorf("%s has white space around it or a control character in it: remove that", name)
	}
	return nil
}

// newKey makes a key in the form of the console's: 64 hexadecimal digits.
func newKey() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails: it is documented to end the program instead
	return hex.EncodeToString(b)
}

// readSeed reads what the app to serve holds.
func readSeed(file string) (seed emulator.Seed, err error) {
	if file == "" {
		return emulator.SampleSeed(), nil
	}
	f, err := os.Open(file) // #nosec G304 -- the user names the file
	if err != nil {
		return emulator.Seed{}, fmt.Errorf("cannot open the seed file: %w; give another with -seed", err)
	}
	defer func() { _ = f.Close() }() // read only: closing has nothing to lose
	seed, err = emulator.ReadSeed(f)
	if err != nil {
		return emulator.Seed{}, fmt.Errorf("cannot use the seed file %s: %w", file, err)
	}
	return seed, nil
}
