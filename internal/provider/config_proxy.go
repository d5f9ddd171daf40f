package provider

import (
	"errors"
	"fmt"
	"math"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"golang.org/x/net/http/httpproxy"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// variable is an environment variable, with its name in the case in which it is
// set.
type variable struct{ name, value string }

// lookUp reads a variable of either case, as Go's standard library does.
func lookUp(getenv func(string) string, name string) variable {
	if value := getenv(name); value != "" {
		return variable{name, value}
	}
	lower := strings.ToLower(name)
	return variable{lower, getenv(lower)}
}

// proxy chooses the proxy of requests. A setting that cannot be parsed is a gap;
// the standard library would ignore it and send the signed request directly.
// Requests to a loopback endpoint never use a proxy.
func (r *resolver) proxy() {
	if r.config.Endpoint == nil || timpush.IsLoopback(r.config.Endpoint.Hostname()) {
		return
	}
	secure, plain := lookUp(r.getenv, "HTTPS_PROXY"), lookUp(r.getenv, "HTTP_PROXY")
	settings := httpproxy.Config{NoProxy: lookUp(r.getenv, "NO_PROXY").value}
	settings.HTTPSProxy = r.proxyIn(secure)
	settings.HTTPProxy = r.proxyIn(plain)
	r.config.Proxy = settings.ProxyFunc()
	if used, err := r.config.Proxy(r.config.Endpoint); used != nil && err == nil {
		r.notes.Proxy = secure.name // an endpoint that is not loopback is https
	}
}

// proxyIn returns the proxy URL in a variable, or "" if there is none.
func (r *resolver) proxyIn(v variable) string {
	if v.value == "" {
		return ""
	}
	proxy, err := parseProxy(v.value)
	if err != nil {
		r.gaps = append(r.gaps, kit.Gap{Name: v.name, Problem: diag.NewErrorDiagnostic("Invalid Proxy",
			fmt.Sprintf("%s is not a valid proxy URL: %s. Set it to a URL such as http://proxy.example.com:3128, "+
				"with special characters in the user name and password percent-encoded (# as %%23), or unset it.\n\nSet by: environment variable %s", v.name, err, v.name))})
		return ""
	}
	return proxy.String()
}

var proxySchemes = []string{"http", "https", "socks5", "socks5h"}

// parseProxy parses a proxy URL, whose scheme may be omitted. Its errors say what
// is wrong but never quote the URL, which may contain a password.
func parseProxy(text string) (*url.URL, error) {
	switch {
	case strings.ContainsFunc(text, unicode.IsSpace):
		return nil, errors.New("it contains whitespace, such as a space or a newline")
	case strings.ContainsFunc(text, isUnprintable):
		return nil, errors.New("it contains a control character or an invisible character")
	case kit.IsQuoted(text):
		return nil, errors.New("it is in quotes")
	case strings.ContainsAny(text, "#?"):
		return nil, errors.New(`it contains "#" or "?"`)
	}
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	proxy, err := url.Parse(text)
	if err != nil {
		return nil, errors.New("it cannot be parsed")
	}
	port, err := strconv.Atoi(proxy.Port())
	switch {
	case !slices.Contains(proxySchemes, proxy.Scheme):
		return nil, errors.New("its scheme is not one of " + strings.Join(proxySchemes, ", "))
	case !isHost(proxy.Hostname()):
		return nil, errors.New("its host is missing or invalid")
	case strings.HasSuffix(proxy.Host, ":"), proxy.Port() != "" && (err != nil || port < 1 || port > math.MaxUint16):
		return nil, errors.New("its port is not a number from 1 to 65535")
	case strings.Trim(proxy.Path, "/") != "":
		return nil, errors.New("it has a path")
	}
	return proxy, nil
}

func isUnprintable(r rune) bool { return unicode.IsControl(r) || kit.IsInvisible(r) }

// isHost reports whether text is an address or a possible host name.
func isHost(text string) bool {
	address, _, _ := strings.Cut(text, "%") // without the zone
	if net.ParseIP(address) != nil {
		return true
	}
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-._", r)
	})
}
