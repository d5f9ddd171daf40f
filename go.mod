module github.com/timpush/terraform-provider-timpush

go 1.26

require (
	github.com/cenkalti/backoff/v5 v5.0.3
	github.com/tencentyun/tls-sig-api-v2-golang v1.4.0
	go.uber.org/goleak v1.3.0
	golang.org/x/sync v0.20.0
)
