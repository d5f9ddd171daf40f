package kit

// Argument is one of the provider's arguments and the environment variable that
// is used if the provider block does not set it.
type Argument struct {
	Title     string // in summaries: "Secret Key"
	Name, Env string
	Hidden    bool // errors do not show the value, which may contain a password
	Secret    bool // errors have no path either: the CLI would print the source line
}

// The provider's arguments.
var (
	SDKAppID          = Argument{Title: "SDKAppID", Name: "sdk_app_id", Env: "TIMPUSH_SDK_APP_ID"}
	Region            = Argument{Title: "Region", Name: "region", Env: "TIMPUSH_REGION"}
	Endpoint          = Argument{Title: "Endpoint", Name: "endpoint", Env: "TIMPUSH_ENDPOINT", Hidden: true}
	Identifier        = Argument{Title: "Identifier", Name: "identifier", Env: "TIMPUSH_IDENTIFIER"}
	SecretKey         = Argument{Title: "Secret Key", Name: "secret_key", Env: "TIMPUSH_SECRET_KEY", Hidden: true, Secret: true}
	UserSig           = Argument{Title: "UserSig", Name: "user_sig", Env: "TIMPUSH_USER_SIG", Hidden: true, Secret: true}
	RequestsPerSecond = Argument{Title: "Requests per Second", Name: "requests_per_second", Env: "TIMPUSH_REQUESTS_PER_SECOND"}
	MaxRetries        = Argument{Title: "Maximum Retries", Name: "max_retries", Env: "TIMPUSH_MAX_RETRIES"}
	RequestTimeout    = Argument{Title: "Request Timeout", Name: "request_timeout", Env: "TIMPUSH_REQUEST_TIMEOUT"}
)

// Missing returns the cause of an error about an argument that is not set.
func (a Argument) Missing() string {
	return "Neither " + a.Name + " in the provider block nor " + a.Env + " in the environment is set."
}
