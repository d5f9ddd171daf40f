// Command codetable writes the table of error codes of package timpush as
// Markdown, for the troubleshooting guide: scripts/docs.sh runs it.
package main

import (
	"fmt"
	"io"
	"log"
	"os"
	"regexp"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// argument is one of the provider's arguments with its environment variable, as
// fixes name them.
var argument = regexp.MustCompile(`(\w+) \((TIMPUSH_\w+)\)`)

func main() {
	if err := write(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func write(out io.Writer) error {
	table := "| code | meaning | what to do | retried |\n|---|---|---|---|\n"
	for _, code := range timpush.Codes() {
		fix := argument.ReplaceAllString(kit.CodeFix(code), "`$1` (`$2`)")
		table += fmt.Sprintf("| %d | %s | %s | %s |\n", code, timpush.Meaning(code), fix, timpush.Retried(code))
	}
	_, err := io.WriteString(out, table)
	return err
}
