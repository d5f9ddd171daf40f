package timpush

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// Config is what a [Client] needs. All fields but the last four are
// required; of SecretKey and UserSig exactly one.
type Config struct {
	SDKAppID   uint32
	Endpoint   *url.URL // base URL, from [RegionEndpoint] or [ParseEndpoint]
	Identifier string   // the app admin account that calls the API
	SecretKey  Secret   // the app's key, from which UserSigs are made
	UserSig    Secret   // a ready-made UserSig for Identifier

	RequestsPerSecond int           // 1 and more; see [pacer]
	MaxRetries        int           // repeats per request, 0 and more
	RequestTimeout    time.Duration // for one attempt

	UserAgent string                           // the User-Agent header
	Proxy     func(*url.URL) (*url.URL, error) // nil: no proxy
	Transport http.RoundTripper                // nil: a transport of the client's own
	Logger    Logger                           // nil: nothing is logged
}

// Client calls the API for one app. Everything that uses one client shares its
// pace, UserSig and connections. Safe for concurrent use.
type Client struct {
	config    Config
	transport http.RoundTripper
	logger    Logger
	signer    *signer
	pacer     *pacer
	redactor  *redactor
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
		logger:    config.Logger,
		redactor:  hidden,
		pacer:     newPacer(config.RequestsPerSecond),
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
	}
	if client.logger == nil {
		client.logger = noLogger{}
	}
	return client, nil
}

// call makes one request of an API command, repeating it as the retry rules
// say, and decodes what the service answers into reply. This is the whole chain
// of a request; every attempt is paced, signed and judged anew.
func (c *Client) call(ctx context.Context, api string, batch batch, request any, reply reply) error {
	body, err := json.Marshal(request)
	if err != nil {
		return fmt.Errorf("writing the request of %s: %w", api, err)
	}
	return c.retry(ctx, api, func(attempt int) error {
		leave, err := c.pacer.wait(ctx, batch.queue)
		if err != nil {
			return err
		}
		defer leave()
		userSig, err := c.signer.current()
		if err != nil {
			return err
		}
		started := time.Now()
		err = c.attempt(ctx, api, userSig, body, reply)
		c.logAttempt(ctx, api, batch, attempt, started, err)
		switch advice(err) {
		case retrySigned:
			c.signer.discard(userSig)
		case retryThrottled:
			c.pacer.slow()
		case retryNever, retrySoon:
		}
		return err
	})
}

// attempt sends a request once and decodes the answer.
func (c *Client) attempt(ctx context.Context, api string, userSig Secret, body []byte, reply reply) error {
	answer, err := c.send(ctx, api, userSig, body)
	if err != nil {
		return err
	}
	return c.decode(answer, reply)
}
