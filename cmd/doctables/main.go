// Command doctables writes the tables of the guides that are generated from code, as
// Markdown. scripts/docs.sh runs it for each marker in templates/.
//
//	doctables codes  the known error codes by cause, for the troubleshooting guide
//	doctables sizes  how many accounts fit in a block, for the guide on limits
package main

import (
	"fmt"
	"io"
	"log"
	"os"
	"strconv"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

var tables = map[string]func() string{"codes": codes, "sizes": sizes}

func main() {
	if len(os.Args) != 2 || tables[os.Args[1]] == nil {
		log.Fatal("doctables: name a table: codes or sizes")
	}
	if _, err := io.WriteString(os.Stdout, tables[os.Args[1]]()); err != nil {
		log.Fatal(err)
	}
}

func sizes() string {
	table := "| Accounts with | Bytes for each account | Accounts in a block |\n|---|---|---|\n"
	for _, row := range []struct {
		with  string
		count int
		texts []int // bytes of each
	}{
		{"No attributes", 0, nil},
		{"10 attributes, with names of 8 bytes and values of 50", 10, []int{8, 50}},
		{"100 tags of 50 bytes", 100, []int{50}},
	} {
		bytes, accounts := kit.AccountsInBlock(10, row.count, row.texts...)
		table += fmt.Sprintf("| %s | %s | %s |\n", row.with, grouped(bytes), grouped(accounts))
	}
	limits := timpush.ResponseLimits()
	return table + fmt.Sprintf(`
The provider's memory use depends on the requested accounts, not on what a response contains:

- A response of more than %d MiB, or with more than %s rows, is an error.
- At most %d responses over %d MiB are in memory at a time.
- Rows for accounts that were not requested are dropped while reading.
`, limits.Bytes>>20, grouped(limits.Elements), limits.LargeAtATime, limits.Large>>20)
}

// grouped returns a number with a comma between groups of three digits.
func grouped(number int) string {
	digits := strconv.Itoa(number)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
