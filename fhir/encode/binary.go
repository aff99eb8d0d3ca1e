package encode

import (
	datatypes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/datatypes_go_proto"
	binary "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/binary_go_proto"
	"google.golang.org/protobuf/proto"
)

// Binary is a document that is no FHIR, for who takes nothing but FHIR
// (http://hl7.org/fhir/R4/binary.html).
type Binary struct {
	ContentType string // a media type
	Data        []byte
}

func (b *Binary) message() (proto.Message, error) {
	return &binary.Binary{
		ContentType: &binary.Binary_ContentTypeCode{Value: b.ContentType},
		Data:        &datatypes.Base64Binary{Value: b.Data},
	}, nil
}
