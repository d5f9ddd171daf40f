// Package scheduledpush has the kinds for scheduled pushes.
package scheduledpush

import (
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// Family registers the package's kinds.
var Family = kit.Family{
	ListResources: []func() list.ListResource{newListResource},
	Resources:     []func() resource.Resource{newResource},
}

const typeName = "_scheduled_push"
