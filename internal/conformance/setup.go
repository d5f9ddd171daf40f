package conformance

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// The environment variables of a run, besides the provider's.
const (
	LiveVariable           = "TIMPUSH_LIVE"
	AccountsVariable       = "TIMPUSH_CONFORMANCE_ACCOUNTS"
	RegistrationIDVariable = "TIMPUSH_CONFORMANCE_REGISTRATION_ID"
	NamesVariable          = "TIMPUSH_CONFORMANCE_NAMES"
	WaitVariable           = "TIMPUSH_CONFORMANCE_WAIT"
)

// settle is [Setup.Settle] for the service.
const settle = 2 * time.Second

// defaultWait is how long a run waits for the statistics of a push.
const defaultWait = 3 * time.Minute

// Setup is what a run needs to know.
type Setup struct {
	SDKAppID       uint32
	Endpoint       *url.URL
	Accounts       [2]string     // throw-away UserIDs, which exist and have neither attributes nor tags
	RegistrationID string        // such a RegistrationID; "" without the questions that need one
	Names          bool          // attribute names may be used up
	Wait           time.Duration // for the statistics of a push
	Settle         time.Duration // between a write and the next read, since no page says that reads show writes at once
}

// ReadSetup reads the setup from the environment. config is the client's.
func ReadSetup(getenv func(string) string, config timpush.Config) (Setup, error) {
	setup := Setup{
		SDKAppID: config.SDKAppID, Endpoint: config.Endpoint,
		RegistrationID: getenv(RegistrationIDVariable), Names: getenv(NamesVariable) == "1", Wait: defaultWait,
	}
	if !setup.emulated() {
		setup.Settle = settle
	}
	if getenv(LiveVariable) != "1" && !setup.emulated() {
		return Setup{}, errors.New(LiveVariable + " is not 1: this command writes to the app, and pushes to two accounts, so set it if that is what you want")
	}
	accounts := strings.Split(getenv(AccountsVariable), ",")
	if len(accounts) != len(setup.Accounts) {
		return Setup{}, fmt.Errorf("%s has %d accounts: set it to two throw-away UserIDs of the app, separated by a comma", AccountsVariable, len(accounts))
	}
	setup.Accounts = [2]string(accounts)
	all := append(accounts, setup.RegistrationID)
	for i, account := range all {
		if strings.TrimSpace(account) != account || account == "" && i < 2 || account != "" && slices.Contains(all[:i], account) {
			return Setup{}, fmt.Errorf("%s or %s has an account that is empty, surrounded by whitespace, or there twice: use different accounts", AccountsVariable, RegistrationIDVariable)
		}
	}
	if text := getenv(WaitVariable); text != "" {
		wait, err := time.ParseDuration(text)
		if err != nil || wait <= 0 {
			return Setup{}, fmt.Errorf("%s is not a duration greater than zero, such as 5m", WaitVariable)
		}
		setup.Wait = wait
	}
	return setup, nil
}

// emulated reports whether requests go to this machine, and so not to the service.
func (s Setup) emulated() bool { return timpush.IsLoopback(s.Endpoint.Hostname()) }

// answeredBy says who answers. It names no host but the service's own.
func (s Setup) answeredBy() string {
	if s.emulated() {
		return "an emulator on this machine"
	}
	for _, region := range timpush.Regions() {
		if base, _ := timpush.RegionEndpoint(region); base.Host == s.Endpoint.Host {
			return "the service in the region " + region
		}
	}
	return "the endpoint in TIMPUSH_ENDPOINT"
}
