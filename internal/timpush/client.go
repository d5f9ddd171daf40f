package timpush

import (
	"errors"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"
)

// Config is the configuration of a [Client]. All fields but the last four are
// required, and exactly one of SecretKey and UserSig.
type Config struct {
	SDKAppID   uint32
	Endpoint   *url.URL // base URL, from [RegionEndpoint] or [ParseEndpoint]
	Identifier string   // the app admin account that calls the API
	SecretKey  Secret   // the app's key, from which UserSigs are made
	UserSig    Secret   // a ready-made UserSig for Identifier

	RequestsPerSecond int           // at least 1; see [pacer]
	MaxRetries        int           // per request; 0 turns retries off
	RequestTimeout    time.Duration // for one attempt

	UserAgent string                           // the User-Agent header
	Proxy     func(*url.URL) (*url.URL, error) // returns the proxy for a URL; nil for no proxy
	Transport http.RoundTripper                // nil for the client's own transports
	Logger    Logger                           // nil for no log
}

// Client calls the API for one app. All calls of a client share its pace, UserSig
// and connections. It is safe for concurrent use.
type Client struct {
	config    Config
	transport http.RoundTripper
	once      http.RoundTripper // for commands that must not run twice
	logger    Logger
	signer    *signer
	pacers    *pacers
	redactor  *redactor
	large     chan struct{} // has one element for each large response in memory

	spelling atomic.Int32 // of [ScheduledOrder] that the service accepts, counted from 1; 0 if not known
	taken    *takenIDs
}

// New returns a client for config. It makes no request.
func New(config Config) (*Client, error) {
	switch {
	case config.SDKAppID == 0:
		return nil, errors.New("timpush: SDKAppID is 0")
	case config.Endpoint == nil:
		return nil, errors.New("timpush: no endpoint")
	case config.Identifier == "":
		return nil, errors.New("timpush: no identifier")
	case config.SecretKey.isSet() == config.UserSig.isSet():
		return nil, errors.New("timpush: exactly one of SecretKey and UserSig is needed")
	case config.RequestsPerSecond < 1:
		return nil, errors.New("timpush: RequestsPerSecond is less than 1")
	case config.MaxRetries < 0:
		return nil, errors.New("timpush: MaxRetries is negative")
	case config.RequestTimeout <= 0:
		return nil, errors.New("timpush: RequestTimeout is not positive")
	}
	hidden := &redactor{}
	hidden.add(config.SecretKey)
	hidden.add(config.UserSig)
	client := &Client{
		config:    config,
		transport: config.Transport,
		once:      config.Transport,
		logger:    config.Logger,
		redactor:  hidden,
		pacers:    newPacers(config.RequestsPerSecond),
		large:     make(chan struct{}, largeBodies),
		taken:     newTakenIDs(),
		signer: &signer{
			sdkAppID:   config.SDKAppID,
			identifier: config.Identifier,
			key:        config.SecretKey,
			userSig:    config.UserSig,
			redactor:   hidden,
		},
	}
	if client.transport == nil {
		client.transport = newTransport(config.RequestsPerSecond, config.RequestTimeout, config.Proxy)
		client.once = newOnceTransport(config.RequestTimeout, config.Proxy)
	}
	if client.logger == nil {
		client.logger = noLogger{}
	}
	return client, nil
}
