package kit

import (
	"fmt"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// The most that terraform-plugin-go sends in one message (grpcMaxMessageSize of
// its tf6server), and what it holds beyond the texts of arguments and results.
const (
	messageLimit    = 256 << 20
	messageReserve  = 1 << 20 // the other arguments, names, diagnostics
	accountOverhead = 32      // what an account's result has beyond strings: headers, names of fields, a code
)

// resultLimit returns how large the texts of a read of accounts may be, encoded,
// for the message to hold them beside the arguments.
func resultLimit(accounts []string) int {
	limit := messageLimit - messageReserve
	for _, account := range accounts {
		limit -= timpush.EncodedSize(len(account)) + accountOverhead
	}
	return max(limit, 1) // 0 is no limit
}

// AccountsInBlock returns the bytes that an account of a block takes, whose name
// has so many bytes and whose result count times texts of these lengths, and how
// many such accounts fit.
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
