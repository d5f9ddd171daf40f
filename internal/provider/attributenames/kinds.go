// Package attributenames has the kinds for an app's attribute names.
package attributenames

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// Family registers the package's kinds.
var Family = kit.Family{
	DataSources: []func() datasource.DataSource{newDataSource},
	Resources:   []func() resource.Resource{newResource},
}
