package timpush

import (
	"errors"
	"net"
	"net/url"
	"strconv"
	"strings"
)

// regions are the service's hosts, by region of the SDKAppID. Most are on the
// page of get_attr (60564), Tokyo is on newer pages (67815), and Riyadh is on the
// pages of timed tasks (78839).
var regions = []struct{ name, host string }{
	{"china", "console.tim.qq.com"},
	{"singapore", "adminapisgp.im.qcloud.com"},
	{"seoul", "adminapikr.im.qcloud.com"},
	{"tokyo", "adminapijpn.im.qcloud.com"},
	{"frankfurt", "adminapiger.im.qcloud.com"},
	{"silicon_valley", "adminapiusa.im.qcloud.com"},
	{"jakarta", "adminapiidn.im.qcloud.com"},
	{"riyadh", "adminapiksa.im.qcloud.com"},
}

// Regions returns the names that [RegionEndpoint] knows.
func Regions() []string {
	names := make([]string, len(regions))
	for i, region := range regions {
		names[i] = region.name
	}
	return names
}

// RegionEndpoint returns the base URL of a region, or false for an unknown name.
func RegionEndpoint(name string) (*url.URL, bool) {
	for _, region := range regions {
		if region.name == name {
			return &url.URL{Scheme: "https", Host: region.host}, true
		}
	}
	return nil, false
}

// ParseEndpoint parses a base URL that replaces a region's: https, or http on a
// loopback address, without user info, query or fragment. Its errors say which
// rule was broken but never contain the URL, which may have a password.
func ParseEndpoint(endpoint string) (*url.URL, error) {
	if strings.TrimSpace(endpoint) != endpoint {
		return nil, errors.New("it begins or ends with whitespace")
	}
	u, err := url.Parse(endpoint)
	if err != nil {
		return nil, errors.New("it cannot be parsed as a URL")
	}
	host, port := u.Hostname(), u.Port()
	number, err := strconv.Atoi(port)
	switch {
	case u.User != nil:
		return nil, errors.New("it contains user info (the part before \"@\")")
	case strings.ContainsRune(endpoint, '?'):
		return nil, errors.New("it contains a query (the part after \"?\")")
	case strings.ContainsRune(endpoint, '#'):
		return nil, errors.New("it contains a fragment (the part after \"#\")")
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, errors.New("it does not start with https://")
	case host == "":
		return nil, errors.New("it has no host")
	case strings.HasSuffix(u.Host, ":"), port != "" && (err != nil || number < 1 || number > 65535):
		return nil, errors.New("its port is not a number from 1 to 65535")
	case u.Scheme == "http" && !IsLoopback(host):
		return nil, errors.New("it uses http:// with a host that is not a loopback address, which would send the UserSig unencrypted")
	}
	return u, nil
}

// IsLoopback reports whether a host, without port, is this machine.
func IsLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
