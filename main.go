// Command terraform-provider-timpush is the Terraform and OpenTofu provider for
// Tencent Cloud Chat's Push Service. The CLI starts it; it is not run by hand,
// other than with -debug under a debugger.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/timpush/terraform-provider-timpush/internal/provider"
)

// version is set by the release build.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve for a debugger: print what to export as TF_REATTACH_PROVIDERS, and wait")
	flag.Parse()

	err := providerserver.Serve(context.Background(), provider.New(version), providerserver.ServeOpts{
		Address: "registry.terraform.io/timpush/timpush",
		Debug:   *debug,
	})
	if err != nil {
		log.Fatal(err)
	}
}
