package kit

import (
	"fmt"

	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// The most that terraform-plugin-go sends in one message (grpcMaxMessageSize of
// its tf6server), and what it holds beyond arguments and results. Both are sent
// as MessagePack, in which a string takes up to 5 bytes beyond its own.
const (
	messageLimit    = 256 << 20
	messageReserve  = 1 << 20 // the other arguments, names, diagnostics
	stringOverhead  = 5
	accountOverhead = 32 // what an account's result has beyond strings: headers, names of fields, a code
)

// resultLimit returns how large the results of a read of accounts may be, all
// strings of them counted with their overhead, for the message to hold them
// beside the arguments.
func resultLimit(accounts []string) int {
	limit := messageLimit - messageReserve
	for _, account := range accounts {
		limit -= len(account) + stringOverhead + accountOverhead
	}
	return max(limit, 1) // 0 is no limit
}

func tooLargeMessage(operation Operation, err *timpush.TooLargeError) message {
	blocks := "data sources"
	if operation.Name == OperationOpen {
		blocks = "ephemeral resources"
	}
	return message{
		cause: fmt.Sprintf("The results are too large: accounts and results have at least %d MiB after %d of %d accounts, and a block can have %d MiB.",
			(messageLimit-err.Limit+err.Size)>>20, err.Read, err.Total, messageLimit>>20),
		fix: "Split accounts over several " + blocks + ".",
	}
}
