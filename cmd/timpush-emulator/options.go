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

// keyVariable is the environment variable with the app's key. It is not TIMPUSH_SECRET_KEY, which can be the key of a real
// app, since this command prints its key.
const keyVariable = "TIMPUSH_EMULATOR_KEY"

// options are the checked command line.
type options struct {
	version     bool
	listen      string
	seedFile    string // "" means the samples from the API pages
	keyFile     string // "" means none, also for the three below
	addrFile    string
	journalFile string
	certFile    string
	tls         bool
	print       format // of the variables
	emulator    emulator.Options
}

const seeHelp = "run timpush-emulator -h to list them"

// about is the beginning of the help.
const about = `Usage: timpush-emulator [flags]

Emulates one app of the Push Service (TIMPush) in memory, until you press Ctrl-C
or send SIGTERM or SIGHUP. When it is ready, it prints "Listening on ..." and the
environment variables that make the provider use it.

Flags:
`

// parse reads the command line. It writes the help to stderr.
func parse(args []string, getenv func(string) string, stderr io.Writer) (options, error) {
	o := options{emulator: emulator.Options{SDKAppID: 1400000000}}
	var key *string // nil if the flag is not given
	f := flag.NewFlagSet("timpush-emulator", flag.ContinueOnError)
	f.SetOutput(io.Discard) // errors are also returned, and need no help text
	f.Usage = func() {}
	f.BoolVar(&o.version, "version", false, "print the version and exit")
	f.StringVar(&o.listen, "listen", "127.0.0.1:8080", "`address` to listen on, as host:port; with port 0, the system chooses a free port")
	f.StringVar(&o.addrFile, "addr-file", "", "`file` to which host:port is written when the emulator is ready, so that scripts can wait\n"+
		"for it; removed when the emulator stops")
	f.StringVar(&o.seedFile, "seed", "", "JSON `file` with the initial state of the app (default: the sample accounts of the API\n"+
		"documentation); its JSON schema is cmd/timpush-emulator/seed.schema.json in the repository")
	f.StringVar(&o.journalFile, "journal", "", "`file` to which each request is written, as a line of JSON without keys or UserSigs, with the\n"+
		"accounts that a push is sent to")
	f.BoolVar(&o.tls, "tls", false, "serve https, with a new certificate at each start; needs -tls-cert-file")
	f.StringVar(&o.certFile, "tls-cert-file", "", "`file` to which that certificate is written, for clients to trust; removed when the\n"+
		"emulator stops")
	f.Func("sdk-app-id", "the app's SDKAppID, a `number` (default 1400000000)", func(s string) error {
		n, err := strconv.ParseUint(s, 10, 32)
		if err != nil || n == 0 {
			return errors.New("must be a whole number from 1 to 4294967295")
		}
		o.emulator.SDKAppID = uint32(n)
		return nil
	})
	f.Func("key", "the app's `key` (default: a new random key); other users of this machine can see\n"+
		"it in the process list, so prefer -key-file or the environment variable "+keyVariable, func(s string) error {
		key = &s // checked below, since the flag package would print it in errors
		return nil
	})
	f.StringVar(&o.keyFile, "key-file", "", "`file` with the app's key, on one line")
	f.StringVar(&o.emulator.Admin, "admin", "administrator", "`identifier` of the app administrator")
	f.IntVar(&o.emulator.RequestsPerSecond, "requests-per-second", 100, "maximum `number` of requests in any one second; further requests are rejected")
	f.StringVar((*string)(&o.print), "print", string(sh), "`format` of the printed variables: sh, powershell, or json; with json, the output is one\n"+
		"JSON object and nothing else")
	err := f.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		_, _ = io.WriteString(stderr, about)
		f.SetOutput(stderr)
		f.PrintDefaults()
	} else if err != nil {
		err = fmt.Errorf("%w; %s", err, seeHelp)
	}
	if err != nil || o.version {
		return o, err
	}
	if f.NArg() > 0 {
		return options{}, fmt.Errorf("unexpected argument %q: all options are flags; %s", f.Arg(0), seeHelp)
	}
	if o.emulator.Key, err = chooseKey(key, o.keyFile, getenv(keyVariable)); err != nil {
		return options{}, err
	}
	if err := o.check(); err != nil {
		return options{}, err
	}
	return o, nil
}

// chooseKey returns the key from the flag, the file or the environment, or else a random one. Its errors contain neither the
// key nor the name of the file, which is the key if a user confuses the flags.
func chooseKey(flagKey *string, file, environment string) (string, error) {
	from, key := keyVariable, environment
	switch {
	case flagKey != nil && file != "":
		return "", errors.New("-key and -key-file cannot be used together: use one of them")
	case flagKey != nil:
		from, key = "-key", *flagKey
	case file != "":
		content, err := os.ReadFile(file) // #nosec G304 -- the user names the file
		var inPath *fs.PathError
		if errors.As(err, &inPath) {
			err = inPath.Err
		}
		if err != nil {
			return "", fmt.Errorf("cannot read the key file (-key-file): %w", err)
		}
		from, key = "the key file (-key-file)", string(content)
		if line, ended := strings.CutSuffix(key, "\n"); ended {
			key = strings.TrimSuffix(line, "\r")
		}
		if strings.Contains(key, "\n") {
			return "", fmt.Errorf("%s has several lines: it must hold the app's key and nothing else, on one line", from)
		}
	case environment == "":
		return randomKey(), nil
	}
	if key == "" {
		return "", fmt.Errorf("%s is empty: specify the app's key, or omit the flag to use a new random key", from)
	}
	return key, checkPlain(from, key)
}

// randomKey returns a key in the format of the console: 64 hexadecimal digits.
func randomKey() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b) // never returns an error: it ends the program instead
	return hex.EncodeToString(b)
}

// check checks all options except the key.
func (o options) check() error {
	if _, _, err := net.SplitHostPort(o.listen); err != nil {
		return fmt.Errorf("-listen %q is not host:port (%w): use, for example, 127.0.0.1:0", o.listen, err)
	}
	if o.emulator.RequestsPerSecond < 1 {
		return fmt.Errorf("-requests-per-second is %d: it must be at least 1", o.emulator.RequestsPerSecond)
	}
	if o.emulator.Admin == "" {
		return errors.New("-admin is empty: specify the administrator's identifier, or omit the flag")
	}
	if err := checkPlain("-admin", o.emulator.Admin); err != nil {
		return err
	}
	if o.tls != (o.certFile != "") {
		return errors.New("-tls and -tls-cert-file must be used together: clients need the certificate in that file")
	}
	if _, known := formats[o.print]; !known {
		return fmt.Errorf("-print %q is not a valid format: use sh, powershell, or json", string(o.print))
	}
	flags := map[string]string{} // by absolute path of their file
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
			return fmt.Errorf("%s and %s both name %s: use a different file for each", other, file.flag, file.path)
		}
		flags[path] = file.flag
	}
	return nil
}

// checkPlain returns an error for a value that cannot be printed on a line, or that the provider rejects. The value must not
// be empty. The error does not contain the value, which can be secret.
func checkPlain(name, value string) error {
	invisible := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }
	if strings.TrimSpace(value) != value || strings.ContainsFunc(value, invisible) {
		return fmt.Errorf("%s has surrounding whitespace, or contains a control character or an invisible character: remove it", name)
	}
	if first := value[0]; len(value) > 1 && first == value[len(value)-1] && (first == '"' || first == '\'') {
		return fmt.Errorf("%s is enclosed in quotes, which would be part of the value: remove them", name)
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
		return emulator.Seed{}, fmt.Errorf("cannot open the seed file (-seed): %w", err)
	}
	defer func() { _ = f.Close() }() // opened only for reading
	seed, err := emulator.ReadSeed(f)
	if err != nil {
		return emulator.Seed{}, fmt.Errorf("cannot use the seed file %s: %w", file, err)
	}
	return seed, nil
}
