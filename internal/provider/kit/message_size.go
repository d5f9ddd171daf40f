package kit

import (
	"fmt"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// The maximum size in bytes of a message of terraform-plugin-go
// (grpcMaxMessageSize in its tf6server), and the size of what a message contains
// in addition to the texts of arguments and results.
const (
	messageLimit    = 256 << 20
	messageReserve  = 1 << 20 // the other arguments, names, diagnostics
	accountOverhead = 32      // per account, in addition to its strings: headers, field names, a code
	listOverhead    = 5       // per list: the largest header
)

// resultLimit returns the maximum size in bytes of the encoded texts of a result,
// so that it fits into a message with the arguments, and with all required names
// as missing for each account.
func resultLimit(accounts []string, selected selection) int {
	limit := messageLimit - messageReserve
	for name := range selected.only {
		limit -= timpush.EncodedSize(len(name))
	}
	missing := 0 // for each account, in addition to its name
	for _, name := range selected.required {
		missing += timpush.EncodedSize(len(name))
	}
	limit -= missing // the argument
	for _, account := range accounts {
		size := timpush.EncodedSize(len(account))
		limit -= size + accountOverhead
		if len(selected.required) > 0 {
			limit -= size + listOverhead + missing
		}
	}
	return max(limit, 1) // 0 would mean no limit
}

// AccountsInBlock returns how many bytes an account takes in a block, and how
// many such accounts fit into a message. The account's name has name bytes, and
// its result has count sets of texts with these lengths.
func AccountsInBlock(name, count int, texts ...int) (bytes, accounts int) {
	bytes = 2*timpush.EncodedSize(name) + accountOverhead
	for _, length := range texts {
		bytes += count * timpush.EncodedSize(length)
	}
	return bytes, (messageLimit - messageReserve) / bytes
}

func tooLargeMessage(operation Operation, err *timpush.TooLargeError) message {
	blocks := "data sources"
	if operation.Name == OperationOpen {
		blocks = "ephemeral resources"
	}
	tenths := (10*(messageLimit-err.Limit+err.Size) + 1<<20 - 1) >> 20 // of a MiB, rounded up so that it exceeds the limit
	return message{
		cause: fmt.Sprintf("The results are too large: with %d of %d accounts read, the block takes %d.%d MiB, and the limit is %d MiB.",
			err.Read, err.Total, tenths/10, tenths%10, messageLimit>>20),
		fix: "Split accounts across several " + blocks + ".",
	}
}
