package provider

import (
	"math"
	"net/url"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

const (
	defaultIdentifier        = "administrator"
	defaultRequestsPerSecond = 100
	defaultMaxRetries        = 4
	defaultRequestTimeout    = 10 * time.Second
)

// resolver puts configuration, environment and defaults together into the
// client's configuration. Configuration beats environment, argument by argument.
type resolver struct {
	getenv   func(string) string
	complete bool // what is missing is an error

	config  timpush.Config
	unknown []string // names of the needed arguments that are not known yet
	diags   diag.Diagnostics
}

func (r *resolver) resolve(model providerModel) {
	r.sdkAppID(model.SDKAppID)
	r.endpoint(model.Region, model.Endpoint)
	r.identifier(model.Identifier)
	r.credentials(model.SecretKey, model.UserSig)
	r.config.RequestsPerSecond = r.number(argRequestsPerSecond, model.RequestsPerSecond, 1, 100, defaultRequestsPerSecond)
	r.config.MaxRetries = r.number(argMaxRetries, model.MaxRetries, 0, 10, defaultMaxRetries)
	r.requestTimeout(model.RequestTimeout)
}

// given reports whether there is a value to look at, and notes where one is
// still to come.
func (r *resolver) given(s setting) bool {
	if s.unknown {
		r.unknown = append(r.unknown, s.name)
	}
	return s.text != ""
}

// missing adds an error, but not while the environment is out of sight.
func (r *resolver) missing(problem diag.Diagnostic) {
	if r.complete {
		r.diags.Append(problem)
	}
}

func (r *resolver) sdkAppID(configured types.Number) {
	s := configuredNumber(argSDKAppID, configured).orEnvironment(r.getenv)
	switch {
	case r.given(s):
		id, diags := s.wholeNumber(1, math.MaxUint32)
		r.diags.Append(diags...)
		r.config.SDKAppID = uint32(id) //nolint:gosec // within the bounds just checked
	case !s.unknown:
		r.missing(s.missing("the SDKAppID that the console shows for the app."))
	}
}

// endpoint settles where requests go: to the endpoint, else to the region's host.
func (r *resolver) endpoint(configuredRegion, configuredEndpoint types.String) {
	region, endpoint := pairOrEnvironment(configuredString(argRegion, configuredRegion), configuredString(argEndpoint, configuredEndpoint), r.getenv)
	regions := strings.Join(timpush.Regions(), ", ")
	var host *url.URL
	if region.text != "" {
		var ok bool
		if host, ok = timpush.RegionEndpoint(region.text); !ok {
			r.diags.Append(region.invalid("is none of the service's regions.", "one of "+regions+"."))
		}
	}
	switch {
	case r.given(endpoint):
		base, err := timpush.ParseEndpoint(endpoint.text)
		if err != nil {
			r.diags.Append(endpoint.invalid("cannot be used: "+err.Error()+".",
				"a base URL such as https://gateway.example.com, or http://127.0.0.1:8080 on this machine."))
		}
		r.config.Endpoint = base
	case endpoint.unknown:
	case r.given(region):
		r.config.Endpoint = host
	case !region.unknown:
		r.missing(region.missing("the region of the app's data center (" + regions + "), or give endpoint (" + endpoint.env + ")."))
	}
}

func (r *resolver) identifier(configured types.String) {
	s := configuredString(argIdentifier, configured).orEnvironment(r.getenv)
	r.config.Identifier = defaultIdentifier
	if r.given(s) {
		r.diags.Append(s.clean()...)
		r.config.Identifier = s.text
	}
}

// credentials takes exactly one of the key and the ready-made UserSig.
func (r *resolver) credentials(configuredKey, configuredUserSig types.String) {
	key, userSig := pairOrEnvironment(configuredString(argSecretKey, configuredKey), configuredString(argUserSig, configuredUserSig), r.getenv)
	haveKey, haveUserSig := r.given(key), r.given(userSig)
	r.diags.Append(key.clean()...)
	r.diags.Append(userSig.clean()...)
	switch {
	case haveKey && haveUserSig:
		r.diags.Append(diag.NewErrorDiagnostic("Conflicting secret_key and user_sig",
			"Both secret_key ("+key.env+") and user_sig ("+userSig.env+") are set, and the provider takes exactly one of them. "+
				"Remove one: with the key the provider makes UserSigs and renews them, with a ready-made UserSig it never sees the key."))
	case !haveKey && !haveUserSig && !key.unknown && !userSig.unknown:
		r.missing(diag.NewErrorDiagnostic("Missing secret_key or user_sig",
			"Neither secret_key nor user_sig is set, in the provider block or in the environment. "+
				"Set "+key.env+" in the environment to the key that the console shows for the app, or "+userSig.env+" to a ready-made UserSig for the identifier."))
	}
	r.config.SecretKey, r.config.UserSig = timpush.NewSecret(key.text), timpush.NewSecret(userSig.text)
}

func (r *resolver) number(arg argument, configured types.Number, least, most int64, otherwise int) int {
	s := configuredNumber(arg, configured).orEnvironment(r.getenv)
	if !r.given(s) {
		return otherwise
	}
	value, diags := s.wholeNumber(least, most)
	r.diags.Append(diags...)
	return int(value)
}

func (r *resolver) requestTimeout(configured types.String) {
	s := configuredString(argRequestTimeout, configured).orEnvironment(r.getenv)
	r.config.RequestTimeout = defaultRequestTimeout
	if r.given(s) {
		timeout, ok := parseDuration(s.text)
		if !ok {
			r.diags.Append(s.invalid("is not a duration above zero.", "a Go duration such as 10s or 1m30s."))
		}
		r.config.RequestTimeout = timeout
	}
}
