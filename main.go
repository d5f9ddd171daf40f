// Command terraform-provider-timpush is the Terraform and OpenTofu provider for
// Tencent Cloud Chat's Push Service. The CLI starts it. Run it yourself only with
// -version, or with -debug to attach a debugger.
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
	// net/http writes unsolicited responses to the standard logger, and with
	// GODEBUG=http2debug also headers and frames, which the CLI would add to its log.
	// They contain the signed path, which redaction cannot find in compressed frames.
	// The provider itself does not use the standard logger.
	log.SetOutput(io.Discard)

	debugged := flag.Bool("debug", false, "run until interrupted, and print the value of TF_REATTACH_PROVIDERS with which a CLI uses this process")
	showVersion := flag.Bool("version", false, "print the version and exit")
	flag.Parse()
	if *showVersion {
		_, _ = fmt.Fprintln(os.Stdout, "terraform-provider-timpush", buildinfo.Version(version))
		return
	}

	if err := serve(*debugged); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, err)
		os.Exit(1) //nolint:forbidigo // this is main
	}
}

func serve(debug bool) error {
	if err := provider.TurnOffFrameworkLog(); err != nil {
		return err
	}
	return providerserver.Serve(context.Background(), provider.New(buildinfo.Version(version)), providerserver.ServeOpts{
		Address: "registry.terraform.io/timpush/timpush",
		Debug:   debug,
	})
}
