// Package delivery has the kinds that say whether pushes arrived.
package delivery

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// Family registers the package's kinds.
var Family = kit.Family{
	DataSources: []func() datasource.DataSource{newStatistics, newLosses, newTrace},
}
