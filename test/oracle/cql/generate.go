package cql

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand"
	"slices"
	"time"
)

// Patient is one made-up patient to be judged as of a day.
type Patient struct {
	ID     string          `json:"id"`
	AsOf   string          `json:"asOf"` // YYYY-MM-DD
	Bundle json.RawMessage `json:"bundle"`
}

// Patients makes n patients; the same seed gives the same ones. Most fulfil
// nearly every rule and miss a few, so that single facts decide; the others are
// taken at random. Facts are absent, at and around their limits, contradictory,
// intervals or partial dates; given as questionnaire answers, coded resources or both.
func Patients(seed int64, n int) []Patient {
	patients := make([]Patient, n)
	for i := range patients {
		patients[i] = newPatient(rand.New(rand.NewSource(seed+int64(i))), fmt.Sprintf("p%d", i))
	}
	return patients
}

// draft is a patient in the making.
type draft struct {
	random      *rand.Rand
	id          string
	asOf        time.Time
	person      object
	answers     []object            // items at the top level of the intake form
	groups      map[string][]object // items per condition
	trial       []object            // items of the trial form
	conditions  map[string]object   // the coded condition per indication
	resources   []object
	indications []string // the reimbursed conditions that are meant
	beside      []string // the others
	authored    time.Time
}

type object = map[string]any

var (
	asOfDays = []string{"2024-02-29", "2025-02-28", "2024-08-31", "2025-03-31", "2023-12-31", "2022-01-01", "2021-06-15", "2026-03-01",
		"2019-11-11", "2019-11-12", "2019-12-31", "2020-01-01", "2020-12-31"}
	six = []string{"fbss", "fnss", "crps", "pdn", "sfn", "cch"}
	// deviation is the share of facts that are not as the rules want them.
	deviation = []float64{0, 0.01, 0.02, 0.02, 0.05, 0.05, 0.15, 0.5, 1}
)

func newPatient(random *rand.Rand, id string) Patient {
	d := &draft{random: random, id: id, groups: map[string][]object{}, conditions: map[string]object{},
		person: object{"resourceType": "Patient", "id": id}}
	d.asOf = day(asOfDays[random.Intn(len(asOfDays))])
	if random.Intn(2) == 0 {
		d.asOf = day("2021-01-01").AddDate(0, 0, random.Intn(5*365))
	}
	d.authored = d.asOf.AddDate(0, 0, -random.Intn(30))
	d.indications = someOf(random, six, 1+max(0, random.Intn(10)-6))
	if random.Intn(4) == 0 {
		d.beside = someOf(random, notReimbursed, 1+random.Intn(3))
		if random.Intn(2) == 0 {
			d.indications = nil
		}
	}
	for _, indication := range d.indications {
		d.groups[indication] = nil
	}
	d.record()
	return Patient{ID: id, AsOf: d.asOf.Format(time.DateOnly), Bundle: d.bundle()}
}

// record chooses what is recorded of every fact.
func (d *draft) record() {
	if len(d.beside) > 0 {
		d.recordBeside()
		d.recordReason()
		d.recordImplant()
	}
	if len(d.indications) == 0 {
		return
	}
	random := d.random
	share := deviation[random.Intn(len(deviation))]
	facts := slices.Clone(generalFacts)
	facts = append(facts, modality(d.indications[0]))
	if len(d.beside) == 0 {
		facts = append(facts, reason(d.indications[0]))
	}
	for _, indication := range d.indications {
		facts = append(facts, indicationFacts[indication]...)
	}
	for _, f := range facts {
		f.choose(random, share)(d, f.id)
	}
}

// bundle assembles the resources, in any order.
func (d *draft) bundle() json.RawMessage {
	var items []object
	items = append(items, d.answers...)
	for _, name := range slices.Sorted(maps.Keys(d.groups)) {
		group := object{"linkId": name}
		if len(d.groups[name]) > 0 {
			group["item"] = d.groups[name]
		}
		items = append(items, group)
	}
	d.random.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	resources := append([]object{d.person, d.form("neuromodulatie-intake", items)}, d.resources...)
	if d.trial != nil {
		resources = append(resources, d.form("neuromodulatie-proef", d.trial))
	}
	for _, indication := range slices.Sorted(maps.Keys(d.conditions)) {
		resources = append(resources, d.conditions[indication])
	}
	d.random.Shuffle(len(resources), func(i, j int) { resources[i], resources[j] = resources[j], resources[i] })

	entries := make([]object, len(resources))
	for i, resource := range resources {
		if resource["id"] == nil {
			resource["id"] = fmt.Sprintf("%s-%d", d.id, i)
		}
		entries[i] = object{"fullUrl": fmt.Sprintf("https://ehr.example/fhir/%s/%s", resource["resourceType"], resource["id"]), "resource": resource}
	}
	data, err := json.Marshal(object{"resourceType": "Bundle", "type": "collection", "entry": entries})
	if err != nil {
		panic(err) // only maps, slices and strings
	}
	return data
}

func (d *draft) form(name string, items []object) object {
	form := object{"resourceType": "QuestionnaireResponse", "status": "completed", "questionnaire": canonicalBase + "/Questionnaire/" + name,
		"subject": d.subject(), "authored": d.authored.Format(time.DateOnly)}
	if len(items) > 0 {
		form["item"] = items
	}
	return form
}

func (d *draft) subject() object { return object{"reference": "Patient/" + d.id} }

// someOf picks n different strings.
func someOf(random *rand.Rand, from []string, n int) []string {
	var picked []string
	for _, i := range random.Perm(len(from))[:min(n, len(from))] {
		picked = append(picked, from[i])
	}
	return picked
}

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err) // a constant of this package
	}
	return t
}
