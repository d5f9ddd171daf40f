package push

import (
	"context"
	"errors"

	"github.com/timpush/terraform-provider-timpush/internal/provider/message"
	"github.com/timpush/terraform-provider-timpush/internal/timpush"
)

// errNobody is not reached: an empty audience is an error before. It keeps a mistake
// from becoming a push to everyone.
var errNobody = errors.New("the audience is empty")

// sending is a push that is ready to be sent.
type sending struct {
	message    timpush.Message
	audience   message.Audience
	perRequest int           // the maximum number of accounts in a request
	nextRandom func() uint32 // returns the message random of the next request
}

// run sends the push. It calls sent after each request that was executed, or may have
// been.
func (s sending) run(ctx context.Context, client *timpush.Client, sent func(timpush.Pushed)) error {
	var (
		pushed timpush.Pushed
		err    error
	)
	switch audience := s.audience; {
	case len(audience.Accounts) > 0:
		return client.PushToAccounts(ctx, s.message, audience.Accounts, s.perRequest, s.nextRandom, sent)
	case audience.Condition != nil:
		pushed, err = client.PushToSelected(ctx, s.message, *audience.Condition, s.nextRandom())
	case audience.Everyone:
		pushed, err = client.PushToAll(ctx, s.message, s.nextRandom())
	default:
		return errNobody
	}
	if err == nil || pushed.Unclear {
		sent(pushed)
	}
	return err
}
