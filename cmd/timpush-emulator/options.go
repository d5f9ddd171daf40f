package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
)

// keyVariable is the environment variable with the app's key. It is not TIMPUSH_SECRET_KEY, which can hold the key of a
// real app: this command prints its key.
const keyVariable = "TIMPUSH_EMULATOR_KEY"

// options are the checked command line.
type options struct {
	version     bool
	listen      string
	seedFile    string // "" means the API pages' samples
	keyFile     string // "" means none, like the three below
	addrFile    string
	journalFile string
	certFile    string
	tls         bool
	emulator    emulator.Options
}

// about begins the help.
const about = `Usage: timpush-emulator [flags]

It emulates one app of the TIMPush service, in memory, until SIGINT, SIGTERM or
SIGHUP. When it accepts requests, it prints "Listening on ..." and then, in lines
that begin with "export ", the environment with which the provider uses it.

Flags:
`

// parse reads the command line. The flag package writes the help, and errors in flags, to stderr.
func parse(args []string, getenv func(string) string, stderr io.Writer) (options, error) {
	o := options{emulator: emulator.Options{SDKAppID: 1400000000}}
	var key *string // nil if the flag is not given
	f := flag.NewFlagSet("timpush-emulator", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.Usage = func() {
		_, _ = io.WriteString(stderr, about)
		f.PrintDefaults()
	}
	f.BoolVar(&o.version, "version", false, "print the version and exit")
	f.StringVar(&o.listen, "listen", "127.0.0.1:8080", "`address` to listen on; with port 0, the system chooses one")
	f.StringVar(&o.addrFile, "addr-file", "", "`file` to write host:port to when everything is ready, for scripts that wait for it;\n"+
		"removed at the end")
	f.StringVar(&o.seedFile, "seed", "", "JSON `file` with the initial state of the app (default: the samples of the API pages);\n"+
		"its JSON schema is seed.schema.json, next to this command's source")
	f.StringVar(&o.journalFile, "journal", "", "`file` to write each request to, as a line of JSON without signatures")
	f.BoolVar(&o.tls, "tls", false, "serve https, with a new certificate for each run; needs -tls-cert-file")
	f.StringVar(&o.certFile, "tls-cert-file", "", "`file` to write that certificate to, for clients to trust; removed at the end")
	f.Func("sdk-app-id", "the app's `number` (default 1400000000)", func(s string) error {
		n, err := strconv.ParseUint(s, 10, 32)
		if err != nil || n == 0 {
			return errors.New("give a whole number from 1 to 4294967295")
		}
		o.emulator.SDKAppID = uint32(n)
		return nil
	})
	f.Func("key", "the app's secret `key` (default: a new random one); other users of this machine can see\n"+
		"it in the process list: use -key-file or the environment variable "+keyVariable+" instead", func(s string) error {
		key = &s // checked below: the flag package would print it in its error
		return nil
	})
	f.StringVar(&o.keyFile, "key-file", "", "`file` with the app's secret key")
	f.StringVar(&o.emulator.Admin, "admin", "administrator", "the app administrator's `identifier`")
	f.IntVar(&o.emulator.RequestsPerSecond, "requests-per-second", 100, "`number` of requests that are not refused in any one second")
	if err := f.Parse(args); err != nil || o.version {
		return o, err
	}
	if f.NArg() > 0 {
		return options{}, fmt.Errorf("unexpected argument %q: everything is given by flags, see -h", f.Arg(0))
	}
	var err error
	if o.emulator.Key, err = chooseKey(key, o.keyFile, getenv(keyVariable)); err != nil {
		return options{}, err
	}
	if err := o.check(); err != nil {
		return options{}, err
	}
	return o, nil
}

// chooseKey returns the key of the flag, the file or the environment, or else a random one. Its errors repeat neither the key
// nor the name of the file, which is the key if a user confuses the flags.
func chooseKey(flagKey *string, file, environment string) (string, error) {
	from, key := keyVariable, environment
	switch {
	case flagKey != nil && file != "":
		return "", errors.New("-key and -key-file exclude each other: give one of them")
	case flagKey != nil:
		from, key = "-key", *flagKey
	case file != "":
		content, err := os.ReadFile(file) // #nosec G304 -- the user names the file
		var inPath *fs.PathError
		if errors.As(err, &inPath) {
			err = inPath.Err
		}
		if err != nil {
			return "", fmt.Errorf("cannot read the file of -key-file: %w", err)
		}
		from, key = "the file of -key-file", string(content)
		if line, ended := strings.CutSuffix(key, "\n"); ended {
			key = strings.TrimSuffix(line, "\r")
		}
	case environment == "":
		return randomKey(), nil
	}
	if key == "" {
		return "", fmt.Errorf("%s is empty: give the app's secret key, or leave the flag out for a new random one", from)
	}
	return key, checkPlain(from, key)
}

// randomKey returns a key in the form of the console's: 64 hexadecimal digits.
func randomKey() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never fails: it is documented to end the program instead
	return hex.EncodeToString(b)
}

// check checks all options but the key.
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
	if err := checkPlain("-admin", o.emulator.Admin); err != nil {
		return err
	}
	if o.tls != (o.certFile != "") {
		return errors.New("-tls and -tls-cert-file go together: clients need the certificate from the file")
	}
	flags := map[string]string{} // by the absolute path of their file
	for _, file := range []struct{ flag, path string }{
		{"-key-file", o.keyFile}, {"-seed", o.seedFile}, {"-addr-file", o.addrFile}, {"-journal", o.journalFile}, {"-tls-cert-file", o.certFile},
	} {
		if file.path == "" {
			continue
		}
		path, err := filepath.Abs(file.path)
		if err != nil {
			return fmt.Errorf("cannot find the file of %s: %w", file.flag, err)
		}
		if other, taken := flags[path]; taken {
			return fmt.Errorf("%s and %s both name %s: give each its own file", other, file.flag, file.path)
		}
		flags[path] = file.flag
	}
	return nil
}

// checkPlain returns an error for a value that an export line cannot hold, or that the provider refuses. The value is not
// empty. It may be secret: the error does not repeat it.
func checkPlain(name, value string) error {
	invisible := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }
	if strings.TrimSpace(value) != value || strings.ContainsFunc(value, invisible) {
		return fmt.Errorf("%s has white space around it, or a control or invisible character in it: remove that", name)
	}
	if first := value[0]; len(value) > 1 && first == value[len(value)-1] && (first == '"' || first == '\'') {
		return fmt.Errorf("%s is in quotes, which are part of the value: remove them", name)
	}
	return nil
}

// readSeed reads the initial state of the app.
func readSeed(file string) (emulator.Seed, error) {
	if file == "" {
		return emulator.SampleSeed(), nil
	}
	f, err := os.Open(file) // #nosec G304 -- the user names the file
	if err != nil {
		return emulator.Seed{}, fmt.Errorf("cannot open the seed file: %w; give another with -seed", err)
	}
	defer func() { _ = f.Close() }() // only read from
	seed, err := emulator.ReadSeed(f)
	if err != nil {
		return emulator.Seed{}, fmt.Errorf("cannot use the seed file %s: %w", file, err)
	}
	return seed, nil
}
