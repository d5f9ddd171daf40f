package message

import "github.com/timpush/terraform-provider-timpush/internal/timpush"

// KnownFields are the fields of a notification that have arguments: an argument can show
// what the service has there, although the configuration does not set it.
var KnownFields = notificationFields.known()

// known returns the fields that have arguments.
func (k object) known() timpush.Fields {
	fields := make(timpush.Fields, len(k))
	for _, f := range k {
		known := timpush.Field{Default: f.usual}
		switch kind := f.kind.(type) {
		case object:
			known.Fields = kind.known()
		case languages:
			known.Fields = kind.texts.known()
			known.Fields[languageField] = timpush.Field{}
		}
		fields[f.wire] = known
	}
	return fields
}
