package encode

import (
	codes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/codes_go_proto"
	datatypes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/datatypes_go_proto"
	charge "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/charge_item_go_proto"
	"google.golang.org/protobuf/proto"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// ChargeItem is an amount that was charged (http://hl7.org/fhir/R4/chargeitem.html).
type ChargeItem struct {
	Head
	Status     string // billable, entered-in-error, ...
	Code       Concept
	Subject    fhir.Reference
	Occurrence fhir.DateTime
	Amount     Decimal // may be empty
	Currency   string  // of ISO 4217
}

func (c *ChargeItem) message() (proto.Message, error) {
	status, err := code[codes.ChargeItemStatusCode_Value](codes.ChargeItemStatusCode_Value_value, "status", c.Status)
	if err != nil {
		return nil, err
	}
	occurred, err := dateTime(c.Occurrence)
	if err != nil {
		return nil, err
	}
	out := &charge.ChargeItem{
		Id: c.id(), Meta: c.meta(), Identifier: c.identifiers(),
		Status: &charge.ChargeItem_StatusCode{Value: status}, Code: c.Code.message(), Subject: pointer(c.Subject),
	}
	if occurred != nil {
		out.Occurrence = &charge.ChargeItem_OccurrenceX{Choice: &charge.ChargeItem_OccurrenceX_DateTime{DateTime: occurred}}
	}
	if c.Amount != "" {
		out.PriceOverride = &datatypes.Money{
			Value: &datatypes.Decimal{Value: string(c.Amount)}, Currency: &datatypes.Money_CurrencyCode{Value: c.Currency},
		}
	}
	return out, nil
}
