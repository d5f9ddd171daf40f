package owned

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/timpush/terraform-provider-timpush/internal/provider/kit"
)

// mistakes are invalid values of a block, by cause, in the order in which they
// were found. However many values are invalid, there are few causes.
type mistakes struct {
	list    []*mistake
	byCause map[kit.Cause]*mistake
}

type mistake struct {
	cause    kit.Cause
	values   string // what the values are called
	at       path.Path
	count    int
	examples []string
}

// add adds a value; values is what such values are called, such as "accounts".
func (m *mistakes) add(cause kit.Cause, values string, at path.Path) {
	m.addExample(cause, values, at, at.String())
}

// addLong adds a value that has too many bytes.
func (m *mistakes) addLong(cause kit.Cause, values string, at path.Path, size int) {
	m.addExample(cause, values, at, fmt.Sprintf("%s (%d bytes)", at, size))
}

func (m *mistakes) addExample(cause kit.Cause, values string, at path.Path, example string) {
	found := m.byCause[cause]
	if found == nil {
		found = &mistake{cause: cause, values: values, at: at}
		if m.byCause == nil {
			m.byCause = map[kit.Cause]*mistake{}
		}
		m.byCause[cause], m.list = found, append(m.list, found)
	}
	found.count++
	if found.count <= kit.MostExamples {
		found.examples = append(found.examples, example)
	}
}

// diagnostics returns an error for each cause, at the first invalid value.
func (m *mistakes) diagnostics(summary string) (diags diag.Diagnostics) {
	for _, found := range m.list {
		diags.AddAttributeError(found.at, summary, found.cause.Text(found.values, found.count, found.examples))
	}
	return diags
}
