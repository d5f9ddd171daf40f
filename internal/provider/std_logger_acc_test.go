package provider

import (
	"encoding/pem"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/timpush/terraform-provider-timpush/internal/emulator"
	"github.com/timpush/terraform-provider-timpush/internal/test/cli"
)

func TestAccVersion(t *testing.T) {
	t.Parallel()
	cli.Need(t)
	if err := built(); err != nil {
		t.Fatal(err)
	}
	for _, flag := range []string{"-version", "--version"} {
		output, err := exec.CommandContext(t.Context(), filepath.Join(binaries, "terraform-provider-timpush"), flag).Output()
		if err != nil || string(output) != "terraform-provider-timpush "+testVersion+"\n" {
			t.Errorf("%s prints %q, %v", flag, output, err)
		}
	}
}

// What net/http writes to the standard logger, which includes the signed path,
// does not reach any log.
func TestAccStandardLoggerIsSilent(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("Go does not look at SSL_CERT_FILE here, so the server's certificate cannot be trusted") //nolint:forbidigo // about the system
	}
	service := newEmulator(t)
	service.Script(emulator.Fault{Match: emulator.Match{Account: "nobody"}, Effect: emulator.Effect{Code: 70009, EchoSignature: true}})
	seen := &signatures{Handler: service}
	server := httptest.NewUnstartedServer(seen)
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	w := newWorkspace(t, readTeam+"\ndata \"timpush_user_attributes\" \"nobody\" {\n  accounts = [\"nobody\"]\n}\n", credentials()...)
	w.write(t, "ca.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})))
	output, err := w.run(t, []string{
		"TIMPUSH_ENDPOINT=" + server.URL, "SSL_CERT_FILE=" + filepath.Join(w.folder, "ca.pem"),
		"GODEBUG=http2debug=2", "TF_LOG=TRACE",
	}, "plan")
	if err == nil || !strings.Contains(output, "Error code: 70009") || !strings.Contains(output, "Called the Push Service") || seen.count() == 0 {
		t.Fatalf("the test is blind: %v\n%s", err, output)
	}
	seen.check(t, output)
	// Lines that the CLI itself logs about the provider are not checked.
	if line := regexp.MustCompile(`provider\.terraform-provider-timpush: \d{4}/\d\d/\d\d.{0,200}`).FindString(output); line != "" {
		t.Errorf("the log has lines of the standard logger: %s", line)
	}
}
