package report

import (
	"strconv"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/test/population"
)

// patients are those of a population, with on top of its traps what else spoils data: an
// intake and doses for most, deaths, statuses and dates that say nothing, other
// currencies, and things withdrawn.
func patients(p population.Parameters) centre.Patients {
	return func(yield func(centre.Patient, error) bool) {
		number := 0
		for id, r := range p.All() {
			spoil(r, number)
			number++
			if !yield(centre.Patient{ID: id, Registration: r}, nil) {
				return
			}
		}
	}
}

// every is true for one in so many patients.
func every(number, n, offset int) bool { return number%n == offset%n }

func spoil(r *registration.Registration, number int) {
	day := ""
	if len(r.Procedures) > 0 && len(r.Procedures[0].Start) >= 10 {
		day = r.Procedures[0].Start[:10]
	}
	measured := func(key, kind, window, date, value, high string) {
		r.Measurements = append(r.Measurements, registration.Measurement{Origin: registration.Origin{Key: key}, Kind: kind, Window: window, Date: date, Value: value, High: high})
	}
	if !every(number, 6, 0) {
		measured("derived/pain/intake/nrs", "pain-nrs", "intake", day, strconv.Itoa(4+number%6), "")
		measured("Observation/dose", "opioid-dose", "", day, strconv.Itoa(20*(number%7)), "")
	}
	if every(number, 25, 1) { // across a limit: of no band
		measured("Observation/doses", "opioid-dose", "", day, "45", "95")
	}
	if every(number, 30, 2) {
		r.Patient.Deceased = []string{"2023-05-09", "2022", "2022-03", "2030-01-01"}[number/30%4]
	}
	if every(number, 40, 3) {
		r.Patient.BirthDate = r.Patient.BirthDate[:4]
	}
	if every(number, 45, 4) {
		r.Patient.Gender = ""
	}
	for i := range r.Procedures {
		p := &r.Procedures[i]
		switch n := number*7 + i; {
		case every(n, 97, 5):
			p.Status = "unknown"
		case every(n, 101, 6):
			p.Status = "in-progress"
		case every(n, 103, 7):
			p.Status = "stopped"
		case every(n, 61, 8) && len(p.Start) >= 10:
			p.Start = p.Start[:7]
		case every(n, 67, 9):
			p.Modality = ""
		case every(n, 71, 10):
			p.Specialty = ""
		case every(n, 73, 11):
			p.Indications = nil
		case every(n, 79, 12) && p.Kind == registration.Trial && len(p.Start) >= 10:
			p.End = p.Start[:8] + "28"
		}
	}
	for i := range r.Costs {
		switch {
		case every(number+i, 23, 1):
			r.Costs[i].Currency = "USD"
		case every(number+i, 29, 1):
			r.Costs[i].Retracted = true
		}
	}
	for i := range r.Complications {
		switch {
		case every(number+i, 11, 1):
			r.Complications[i].Date = ""
		case every(number+i, 13, 1):
			r.Complications[i].Serious = nil
		case every(number+i, 17, 1):
			r.Complications[i].Retracted = true
		}
	}
	for i := range r.Scores {
		switch {
		case every(number+i, 31, 1):
			r.Scores[i].Value, r.Scores[i].NotScoreable = "", "too-many-missing"
		case every(number+i, 37, 1):
			r.Scores[i].Retracted = true
		}
	}
	if every(number, 50, 5) {
		r.Indications = append(r.Indications, registration.Indication{Origin: registration.Origin{Key: "Condition/second"}, Code: "sfn", Confirmed: every(number, 100, 5)})
	}
}
