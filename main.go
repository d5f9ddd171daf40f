// Command terraform-provider-timpush is the Terraform and OpenTofu provider for
// Tencent Cloud Chat's Push Service. The CLI starts it; by hand it is run only for
// its -version, or with -debug under a debugger.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/timpush/terraform-provider-timpush/internal/buildinfo"
	"github.com/timpush/terraform-provider-timpush/internal/provider"
)

// version is set by the release build.
var version = "dev"

func main() {
	// With GODEBUG=http2debug, net/http writes headers and frames to the standard
	// logger, and unsolicited responses always: the CLI would put them in its log.
	// They hold the signed path, in frames in a compressed form that no redaction
	// finds. The provider's own log does not go this way.
	log.SetOutput(io.Discard)

	debugged := flag.Bool("debug", false, "serve for a debugger: print what to export as TF_REATTACH_PROVIDERS, and wait")
	showVersion := flag.Bool("version", false, "print the version and exit")
	flag.Parse()
	if *showVersion {
		_, _ = fmt.Fprintln(os.Stdout, "terraform-provider-timpush", buildinfo.Version(version))
		return
	}

	err := providerserver.Serve(context.Background(), provider.New(buildinfo.Version(version)), providerserver.ServeOpts{
		Address: "registry.terraform.io/timpush/timpush",
		Debug:   *debugged,
	})
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, err)
		os.Exit(1) //nolint:forbidigo // this is main
	}
}
