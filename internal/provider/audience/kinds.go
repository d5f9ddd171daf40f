// Package audience has the kinds that say whom a push reaches.
package audience

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// Family registers the package's kinds.
var Family = kit.Family{
	DataSources: []func() datasource.DataSource{newDataSource},
}
