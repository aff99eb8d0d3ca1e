package cql

import (
	"encoding/json"
	"fmt"
	"time"
	_ "time/tzdata" // the local time of a reading, wherever the test runs
)

const (
	snomed     = "http://snomed.info/sct"
	loinc      = "http://loinc.org"
	atc        = "http://www.whocc.no/atc"
	ucum       = "http://unitsofmeasure.org"
	zibMethod  = "urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.9.1"
	clinical   = "http://terminology.hl7.org/CodeSystem/condition-clinical"
	verifiable = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
)

func concept(system, code string) object {
	return object{"coding": []object{{"system": system, "code": code}}}
}

func (d *draft) add(resource object) {
	resource["subject"] = d.subject()
	d.resources = append(d.resources, resource)
}

// condition adds a Condition; an empty clinical status is left out.
func condition(code, verification, status string) way {
	return func(d *draft, _ string) { d.add(newCondition(code, verification, status)) }
}

func newCondition(code, verification, status string) object {
	c := object{"resourceType": "Condition", "code": concept(snomed, code), "verificationStatus": concept(verifiable, verification)}
	if status != "" {
		c["clinicalStatus"] = concept(clinical, status)
	}
	return c
}

// diagnosed gives the indication as a coded Condition; one only, to which others may add.
func diagnosed(verification string) way {
	return func(d *draft, id string) {
		indication := indicationOf(id)
		c := newCondition(conditionCode[indication], verification, "active")
		c["subject"] = d.subject()
		for _, kept := range []string{"onsetDateTime", "bodySite"} {
			if value := d.conditions[indication][kept]; value != nil {
				c[kept] = value
			}
		}
		d.conditions[indication] = c
	}
}

// diagnosedAs is diagnosed with another code of the indication.
func diagnosedAs(code string) way {
	return func(d *draft, id string) {
		diagnosed("confirmed")(d, id)
		d.conditions[indicationOf(id)]["code"] = concept(snomed, code)
	}
}

// onset adds when the pain began to the first indication's Condition.
func onset(when ago) way {
	return func(d *draft, _ string) {
		indication := d.indications[0]
		if d.conditions[indication] == nil {
			diagnosed("confirmed")(d, indication+".confirmed")
		}
		d.conditions[indication]["onsetDateTime"] = when.of(d.asOf)
	}
}

// bodySites adds where it hurts to the indication's Condition.
func bodySites(codes ...string) way {
	return func(d *draft, id string) {
		indication := indicationOf(id)
		if d.conditions[indication] == nil {
			diagnosed("confirmed")(d, id)
		}
		var sites []object
		for _, code := range codes {
			sites = append(sites, concept(snomed, code))
		}
		d.conditions[indication]["bodySite"] = sites
	}
}

func indicationOf(id string) string {
	for _, indication := range six {
		if len(id) > len(indication) && id[:len(indication)+1] == indication+"." {
			return indication
		}
	}
	panic("no indication in " + id)
}

func birthDate(literal func(asOf time.Time) string) way {
	return func(d *draft, _ string) { d.person["birthDate"] = literal(d.asOf) }
}

func gender(code string) way {
	return func(d *draft, _ string) { d.person["gender"] = code }
}

// measured adds an Observation with a quantity, on a day before the as-of day.
func measured(code, value, unit string, daysAgo int) way {
	return func(d *draft, _ string) {
		d.add(object{"resourceType": "Observation", "status": "final", "code": concept(loinc, code),
			"effectiveDateTime": d.asOf.AddDate(0, 0, -daysAgo).Format(time.DateOnly),
			"valueQuantity":     object{"value": json.Number(value), "unit": unit, "system": ucum, "code": unit}})
	}
}

func pregnancyStatus(code string, daysAgo int) way {
	return func(d *draft, _ string) {
		d.add(object{"resourceType": "Observation", "status": "final", "code": concept(loinc, "82810-3"),
			"effectiveDateTime":    d.asOf.AddDate(0, 0, -daysAgo).Format(time.DateOnly),
			"valueCodeableConcept": concept(snomed, code)})
	}
}

// instrument is how a pain reading is coded.
type instrument struct {
	code, method, unit string
}

var (
	nrs   = instrument{code: "72514-3"}
	vas   = instrument{code: "225908003", method: "VAS100", unit: "mm"}
	vasCm = instrument{code: "225908003", method: "VAS10"}
)

var amsterdam = func() *time.Location {
	l, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err) // embedded above
	}
	return l
}()

// readings adds pain readings: one list of values per day, the last on the day
// lastDaysAgo before the as-of day; nil is a day without.
func readings(by instrument, lastDaysAgo int, days ...[]string) way {
	return func(d *draft, _ string) {
		for i, values := range days {
			date := d.asOf.AddDate(0, 0, i+1-len(days)-lastDaysAgo)
			for hour, value := range values {
				at := time.Date(date.Year(), date.Month(), date.Day(), 8+5*hour, 30, 0, 0, amsterdam)
				system := loinc
				if by.method != "" {
					system = snomed
				}
				o := object{"resourceType": "Observation", "status": "final", "code": concept(system, by.code), "effectiveDateTime": at.Format(time.RFC3339)}
				q := object{"value": json.Number(value)}
				if by.unit != "" {
					q = object{"value": json.Number(value), "unit": by.unit, "system": ucum, "code": by.unit}
				}
				o["valueQuantity"] = q
				if by.method != "" {
					o["method"] = concept(zibMethod, by.method)
				}
				d.add(o)
			}
		}
	}
}

// perDay repeats the readings of a day.
func perDay(days int, values ...string) [][]string {
	all := make([][]string, days)
	for i := range all {
		all[i] = values
	}
	return all
}

// requested adds a ServiceRequest for the implantation of a neurostimulator (SCS).
func requested(d *draft, _ string) {
	d.add(object{"resourceType": "ServiceRequest", "status": "active", "intent": "order", "code": concept(snomed, implantation),
		"authoredOn": d.asOf.Format(time.DateOnly)})
}

// procedure adds a Procedure that was done or, with a reason, was not.
func procedure(code, status string) way {
	return func(d *draft, _ string) {
		p := object{"resourceType": "Procedure", "status": status, "code": concept(snomed, code),
			"performedDateTime": d.asOf.AddDate(0, -8, 0).Format(time.DateOnly)}
		if status == "not-done" {
			p["statusReason"] = object{"text": "considered, not suitable"}
		}
		d.add(p)
	}
}

// medication adds a MedicationStatement: taken or, with a reason, not taken.
func medication(code, status string) way {
	return func(d *draft, _ string) {
		m := object{"resourceType": "MedicationStatement", "status": status, "medicationCodeableConcept": concept(atc, code),
			"effectivePeriod": object{"start": d.asOf.AddDate(-1, 0, 0).Format(time.DateOnly)}}
		if status == "not-taken" {
			m["statusReason"] = []object{{"text": "considered, not suitable"}}
		}
		d.add(m)
	}
}

// careTeam adds a CareTeam of one person per role.
func careTeam(roles ...string) way {
	return func(d *draft, _ string) {
		var participants []object
		for i, role := range roles {
			participants = append(participants, object{"role": []object{concept(intakeSystem, role)},
				"member": object{"reference": fmt.Sprintf("Practitioner/%s-m%d", d.id, i)}})
		}
		d.add(object{"resourceType": "CareTeam", "status": "active", "participant": participants})
	}
}

// responses adds completed questionnaires of the patient.
func responses(names ...string) way {
	return func(d *draft, _ string) {
		for _, name := range names {
			r := d.form(name, nil)
			r["source"] = d.subject()
			d.resources = append(d.resources, r)
		}
	}
}
