package encode

import (
	"errors"
	"time"

	datatypes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/datatypes_go_proto"
)

// dateForms are the forms of a FHIR date, by length.
var dateForms = map[int]struct {
	layout    string
	precision datatypes.Date_Precision
}{
	len("2006"):       {"2006", datatypes.Date_YEAR},
	len("2006-01"):    {"2006-01", datatypes.Date_MONTH},
	len("2006-01-02"): {time.DateOnly, datatypes.Date_DAY},
}

var (
	errDate    = errors.New("not a date as YYYY, YYYY-MM or YYYY-MM-DD")
	errInstant = errors.New("not a date with a time of day")
)

// instantPrecisions are the precisions of a dateTime that an instant can have.
var instantPrecisions = map[datatypes.DateTime_Precision]datatypes.Instant_Precision{
	datatypes.DateTime_SECOND: datatypes.Instant_SECOND, datatypes.DateTime_MILLISECOND: datatypes.Instant_MILLISECOND,
	datatypes.DateTime_MICROSECOND: datatypes.Instant_MICROSECOND,
}

// message keeps the precision: the protos count from the start of the day, month
// or year, in UTC.
func (a Date) message() (*datatypes.Date, error) {
	form, ok := dateForms[len(a)]
	if !ok {
		return nil, errDate
	}
	start, err := time.Parse(form.layout, string(a))
	if err != nil {
		return nil, errDate // the error of the parser would hold the value
	}
	return &datatypes.Date{ValueUs: start.UnixMicro(), Timezone: "UTC", Precision: form.precision}, nil
}
