module github.com/timpush/terraform-provider-timpush

go 1.26

require (
	github.com/tencentyun/tls-sig-api-v2-golang v1.4.0
	go.uber.org/goleak v1.3.0
)
