package kit

import (
	"fmt"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// The most that terraform-plugin-go sends in one message (grpcMaxMessageSize in
// its tf6server), and what a message contains beside the texts of arguments and
// results.
const (
	messageLimit    = 256 << 20
	messageReserve  = 1 << 20 // the other arguments, names, diagnostics
	accountOverhead = 32      // an account's result beside its strings: headers, names of fields, a code
)

// resultLimit returns how large the encoded texts of a read of accounts may be to
// fit in the message with the arguments.
func resultLimit(accounts []string) int {
	limit := messageLimit - messageReserve
	for _, account := range accounts {
		limit -= timpush.EncodedSize(len(account)) + accountOverhead
	}
	return max(limit, 1) // 0 is no limit
}

// AccountsInBlock returns how many bytes an account takes in a block, and how many
// such accounts fit. The account's name has name bytes, and its result has count
// sets of texts with these lengths.
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
	tenths := (10*(messageLimit-err.Limit+err.Size) + 1<<20 - 1) >> 20 // of a MiB, rounded up: more than the limit
	return message{
		cause: fmt.Sprintf("The results are too large: with %d of %d accounts read, the block takes %d.%d MiB, and the limit is %d MiB.",
			err.Read, err.Total, tenths/10, tenths%10, messageLimit>>20),
		fix: "Split accounts across several " + blocks + ".",
	}
}
