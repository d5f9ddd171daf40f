package provider

import (
	"fmt"
	"math"
	"net/url"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// Defaults and bounds of the arguments.
const (
	defaultIdentifier        = "administrator"
	defaultRequestsPerSecond = 100
	defaultMaxRetries        = 4
	defaultRequestTimeout    = 10 * time.Second

	leastSDKAppID, mostSDKAppID                   = 1, math.MaxUint32
	leastRequestsPerSecond, mostRequestsPerSecond = 1, 100
	leastMaxRetries, mostMaxRetries               = 0, 10
)

// resolver makes the client's configuration from the provider block, the
// environment and defaults. For each argument, the block overrides the
// environment. An invalid value is an error. An unknown or missing value is a
// gap, which is an error only if something needs the value.
type resolver struct {
	getenv func(string) string

	config timpush.Config
	gaps   []kit.Gap
	notes  kit.Notes
	diags  diag.Diagnostics
}

func (r *resolver) resolve(model providerModel) {
	r.sdkAppID(model.SDKAppID)
	r.endpoint(model.Region, model.Endpoint)
	r.identifier(model.Identifier)
	r.credentials(model.SecretKey, model.UserSig)
	r.config.RequestsPerSecond = r.number(kit.RequestsPerSecond, model.RequestsPerSecond, leastRequestsPerSecond, mostRequestsPerSecond, defaultRequestsPerSecond)
	r.config.MaxRetries = r.number(kit.MaxRetries, model.MaxRetries, leastMaxRetries, mostMaxRetries, defaultMaxRetries)
	r.requestTimeout(model.RequestTimeout)
	r.proxy()
}

// unknown records that an argument is not known yet.
func (r *resolver) unknown(arg kit.Argument) {
	r.gaps = append(r.gaps, kit.Gap{Name: arg.Name, Unknown: true})
}

// missing records that an argument is not set. Other blocks report the error, so
// it has no path.
func (r *resolver) missing(arg kit.Argument, summary, detail string) {
	r.gaps = append(r.gaps, kit.Gap{Name: arg.Name, Problem: diag.NewErrorDiagnostic(summary, detail)})
}

func (r *resolver) sdkAppID(configured types.Number) {
	s := configuredNumber(kit.SDKAppID, configured).orEnvironment(r.getenv)
	switch {
	case s.unknown:
		r.unknown(s.Argument)
	case s.text == "":
		r.missing(s.Argument, "Missing "+s.Title, s.Missing()+" Set one of them to the SDKAppID that the console shows for the app.")
	default:
		id, diags := s.wholeNumber(leastSDKAppID, mostSDKAppID, "the SDKAppID that the console shows for the app")
		r.diags.Append(diags...)
		r.config.SDKAppID = uint32(id) //nolint:gosec // within the bounds just checked
	}
}

// regionAliases are other names of regions: countries, and abbreviations in the
// service's host names.
var regionAliases = map[string]string{
	"cn": "china", "mainland": "china", "mainland_china": "china", "china_mainland": "china",
	"sg": "singapore", "sgp": "singapore",
	"korea": "seoul", "south_korea": "seoul", "kr": "seoul",
	"japan": "tokyo", "jp": "tokyo", "jpn": "tokyo",
	"germany": "frankfurt", "de": "frankfurt", "ger": "frankfurt",
	"us": "silicon_valley", "usa": "silicon_valley", "united_states": "silicon_valley",
	"indonesia": "jakarta", "idn": "jakarta",
	"saudi_arabia": "riyadh", "ksa": "riyadh",
}

// suggestRegion returns the region that the user probably meant, or "".
func suggestRegion(text string) string {
	if region, ok := regionAliases[kit.PlainName(text)]; ok {
		return region
	}
	return kit.Suggest(text, timpush.Regions())
}

// endpoint chooses where requests go: to the endpoint, or else to the region's
// host.
func (r *resolver) endpoint(configuredRegion, configuredEndpoint types.String) {
	region, endpoint, ignored := pairOrEnvironment(configuredString(kit.Region, configuredRegion), configuredString(kit.Endpoint, configuredEndpoint), r.getenv)
	r.notes.Endpoint = ignored
	regions := strings.Join(timpush.Regions(), ", ")
	host, found := timpush.RegionEndpoint(region.text)
	overridden := region.fromEnvironment && endpoint.text != "" // and so ignored
	if region.text != "" && !found && !overridden {
		r.diags.Append(region.invalid(kit.NotValid(region.text, "region", suggestRegion(region.text)), "Set "+region.setAs()+" to one of: "+regions+"."))
	}
	switch {
	case endpoint.unknown:
		r.unknown(endpoint.Argument)
	case endpoint.text != "":
		r.config.Endpoint = r.parseEndpoint(endpoint)
		if r.config.Endpoint != nil && endpoint.fromEnvironment && region.text != "" {
			r.bothInEnvironment()
		}
	case region.unknown:
		r.unknown(region.Argument)
	case region.text == "":
		r.missing(region.Argument, "Missing "+region.Title, region.Missing()+" Set one of them to the region of the app's data center: "+regions+
			". To use another base URL instead, set "+endpoint.Name+" ("+endpoint.Env+").")
	default:
		r.config.Endpoint = host
	}
}

func (r *resolver) parseEndpoint(endpoint setting) *url.URL {
	base, err := timpush.ParseEndpoint(endpoint.text)
	if err != nil {
		r.diags.Append(endpoint.invalid("The value of "+endpoint.Name+" is not a valid base URL: "+err.Error()+".",
			"Set "+endpoint.setAs()+" to a URL such as https://gateway.example.com, or http://127.0.0.1:8080 for a server on this machine."))
		return nil
	}
	return base
}

// bothInEnvironment warns that the region is ignored, so that nobody mistakes an
// emulator for the service. The warning has no path, since the block sets neither
// argument; with one, OpenTofu 1.12 would crash in tests of modules.
func (r *resolver) bothInEnvironment() {
	r.diags.AddWarning("Endpoint Used Instead of Region",
		fmt.Sprintf("%s and %s are both set, so requests go to the endpoint, %s, and the region is ignored. Unset the variable that you do not need.",
			kit.Endpoint.Env, kit.Region.Env, r.config.Endpoint.Host))
	r.notes.Endpoint = append(r.notes.Endpoint, fmt.Sprintf("Ignored: %s, because %s is set", kit.Region.Env, kit.Endpoint.Env))
}

func (r *resolver) identifier(configured types.String) {
	s := configuredString(kit.Identifier, configured).orEnvironment(r.getenv)
	r.config.Identifier = defaultIdentifier
	switch {
	case s.unknown:
		r.unknown(s.Argument)
	case s.text != "":
		r.diags.Append(s.clean()...)
		r.config.Identifier = s.text
	}
}

// credentials accepts exactly one of the key and the ready-made UserSig.
func (r *resolver) credentials(configuredKey, configuredUserSig types.String) {
	key, userSig, ignored := pairOrEnvironment(configuredString(kit.SecretKey, configuredKey), configuredString(kit.UserSig, configuredUserSig), r.getenv)
	r.notes.Credentials = ignored
	r.diags.Append(key.clean()...)
	r.diags.Append(userSig.clean()...)
	if key.unknown {
		r.unknown(key.Argument)
	}
	if userSig.unknown {
		r.unknown(userSig.Argument)
	}
	switch {
	case key.text != "" && userSig.text != "":
		r.conflicting(key, userSig)
	case !key.isSet() && !userSig.isSet():
		r.missing(key.Argument, "Missing Credentials",
			"Neither "+key.Name+" nor "+userSig.Name+" is set, in the provider block or in the environment. "+
				"Set "+key.Env+" to the key that the console shows for the app, or "+userSig.Env+" to a ready-made UserSig for the identifier.")
	}
	r.config.SecretKey, r.config.UserSig = timpush.NewSecret(key.text), timpush.NewSecret(userSig.text)
}

// conflicting reports that both credentials are set. As they are a pair, both are
// set in the same place.
func (r *resolver) conflicting(key, userSig setting) {
	setBy := "Set by: environment variables " + key.Env + " and " + userSig.Env
	if !key.fromEnvironment {
		setBy = fmt.Sprintf("Set by: %s and %s in the provider block\nEnvironment variables: %s, %s", key.Name, userSig.Name, key.Env, userSig.Env)
	}
	r.diags.AddError("Conflicting Credentials", key.setAs()+" and "+userSig.setAs()+" are both set, but the provider uses only one of them. "+
		"Remove one. From a key, the provider makes UserSigs and renews them. With a ready-made UserSig, the provider never sees the key, but cannot renew the UserSig.\n\n"+setBy)
}

func (r *resolver) number(arg kit.Argument, configured types.Number, least, most int64, fallback int) int {
	s := configuredNumber(arg, configured).orEnvironment(r.getenv)
	switch {
	case s.unknown:
		r.unknown(arg)
		return fallback
	case s.text == "":
		return fallback
	}
	value, diags := s.wholeNumber(least, most, "a number in this range")
	r.diags.Append(diags...)
	return int(value)
}

func (r *resolver) requestTimeout(configured types.String) {
	s := configuredString(kit.RequestTimeout, configured).orEnvironment(r.getenv)
	r.config.RequestTimeout = defaultRequestTimeout
	switch {
	case s.unknown:
		r.unknown(s.Argument)
	case s.text != "":
		timeout, ok := kit.ParseDuration(s.text)
		if !ok {
			r.diags.Append(s.invalid(kit.DurationProblem(s.Name, kit.DurationLimits, s.text, kit.ParseDuration),
				"Set "+s.setAs()+` to a number with a unit, such as "10s" or "1m30s".`))
		}
		r.config.RequestTimeout = timeout
	}
}
