// Package usersig has the kind that makes UserSigs.
package usersig

import (
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// Family registers the package's kinds.
var Family = kit.Family{
	EphemeralResources: []func() ephemeral.EphemeralResource{newEphemeralResource},
}
