// Package audience has the kinds that tell whom a push reaches.
package audience

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// Family registers the package's kinds.
var Family = kit.Family{
	DataSources: []func() datasource.DataSource{newDataSource},
	Functions:   []func() function.Function{newFunction},
}
