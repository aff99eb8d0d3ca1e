package decode

import (
	"math/big"
	"time"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// A MedicationDispense (https://hl7.org/fhir/R4/medicationdispense.html) is read as a
// MedicationStatement, for what it tells of the patient: what was handed over was taken, from
// that day until the supply is used up. Without a supply in days it only was taken once.

var medicationDispenses = resourceTable[dispense]([]element[dispense]{
	{name: "identifier", read: func(r *reader, d *dispense) { many(r, identifiers, &d.Identifier) }},
	{name: "status", read: func(r *reader, d *dispense) { r.code(&d.Status) }},
	{name: "notDone", read: func(r *reader, _ *dispense) { r.flag(&r.subject.not) }},
	{name: "category", read: func(r *reader, d *dispense) { one(r, concepts, &d.Category) }},
	{name: "medicationCodeableConcept", choice: "medication", read: func(r *reader, d *dispense) { one(r, concepts, &d.MedicationCodeableConcept) }},
	{name: "medicationReference", choice: "medication", read: func(r *reader, d *dispense) { one(r, references, &d.MedicationReference) }},
	{name: "subject", read: func(r *reader, d *dispense) { object(r, references, &d.Subject) }},
	{name: "authorizingPrescription", read: func(r *reader, d *dispense) { many(r, references, &d.BasedOn) }},
	{name: "daysSupply", read: func(r *reader, d *dispense) { one(r, quantities, &d.supply) }},
	{name: "whenPrepared", read: func(r *reader, d *dispense) { r.dateTime(&d.prepared) }},
	{name: "whenHandedOver", read: func(r *reader, d *dispense) { r.dateTime(&d.handedOver) }},
	{name: "note", read: func(r *reader, d *dispense) { many(r, annotations, &d.Note) }},
	{name: "dosageInstruction", read: func(r *reader, d *dispense) { many(r, dosages, &d.Dosage) }},
}, ignored[dispense]("statusReason", "statusReasonCodeableConcept", "statusReasonReference", "notDoneReasonCodeableConcept", "notDoneReasonReference"),
	ignored[dispense]("", "partOf", "context", "supportingInformation", "performer", "location", "type", "quantity",
		"destination", "receiver", "substitution", "detectedIssue", "eventHistory"))

// dispense is the statement with what it is made of.
type dispense struct {
	fhir.MedicationStatement
	supply               *fhir.Quantity
	prepared, handedOver fhir.DateTime
}

// dispensed says what the status of a dispense is for the statement. "completed" depends
// on the supply.
var dispensed = map[string]string{
	"preparation": "intended", "in-progress": "intended", "on-hold": "intended",
	"cancelled": "not-taken", "declined": "not-taken",
}

func readDispense(r *reader) fhir.Resource {
	d := new(dispense)
	r.subject.header = d.Head()
	object(r, medicationDispenses, d)
	s := &d.MedicationStatement
	start := d.handedOver
	if start.IsZero() {
		start = d.prepared
	}
	s.EffectiveDateTime = start
	switch status, known := dispensed[s.Status]; {
	case s.Status == "entered-in-error":
	case r.subject.not:
		s.Status = "not-taken"
	case known:
		s.Status = status
	case s.Status == "completed":
		if end, ok := supplied(start, d.supply); ok {
			s.Status, s.EffectiveDateTime, s.EffectivePeriod = "active", fhir.DateTime{}, &fhir.Period{Start: start, End: end}
		}
	}
	return s
}

// supplied is the last day of a supply that begins on a day.
func supplied(start fhir.DateTime, supply *fhir.Quantity) (end fhir.DateTime, ok bool) {
	if supply == nil || supply.Comparator != "" || start.Precision < fhir.Day ||
		supply.Code != "d" && !(supply.Code == "" && (supply.Unit == "" || supply.Unit == "d" || supply.Unit == "dag" || supply.Unit == "dagen" || supply.Unit == "days")) {
		return end, false
	}
	days, err := supply.Value.Rat()
	if err != nil || days.Sign() <= 0 || days.Cmp(big.NewRat(3660, 1)) > 0 {
		return end, false
	}
	last := start.Time.AddDate(0, 0, int(new(big.Int).Quo(days.Num(), days.Denom()).Int64()))
	end, err = fhir.ParseDateTime(last.Format(time.DateOnly))
	return end, err == nil
}
