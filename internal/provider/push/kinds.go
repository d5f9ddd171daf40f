// Package push implements the actions timpush_push and timpush_revoke_push.
package push

import (
	"github.com/hashicorp/terraform-plugin-framework/action"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// Family is the kinds of this package.
var Family = kit.Family{
	Actions: []func() action.Action{newPush, newRevoke},
}
