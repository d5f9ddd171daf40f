package kit

// Argument is one of the provider's arguments and the environment variable that
// is used where the provider block does not set it.
type Argument struct {
	Name, Env string
	Hidden    bool // errors do not show the value, which may hold a password
	Secret    bool // errors carry no path either: the CLI would print the source line
}

// The provider's arguments.
var (
	SDKAppID          = Argument{Name: "sdk_app_id", Env: "TIMPUSH_SDK_APP_ID"}
	Region            = Argument{Name: "region", Env: "TIMPUSH_REGION"}
	Endpoint          = Argument{Name: "endpoint", Env: "TIMPUSH_ENDPOINT", Hidden: true}
	Identifier        = Argument{Name: "identifier", Env: "TIMPUSH_IDENTIFIER"}
	SecretKey         = Argument{Name: "secret_key", Env: "TIMPUSH_SECRET_KEY", Hidden: true, Secret: true}
	UserSig           = Argument{Name: "user_sig", Env: "TIMPUSH_USER_SIG", Hidden: true, Secret: true}
	RequestsPerSecond = Argument{Name: "requests_per_second", Env: "TIMPUSH_REQUESTS_PER_SECOND"}
	MaxRetries        = Argument{Name: "max_retries", Env: "TIMPUSH_MAX_RETRIES"}
	RequestTimeout    = Argument{Name: "request_timeout", Env: "TIMPUSH_REQUEST_TIMEOUT"}
)
