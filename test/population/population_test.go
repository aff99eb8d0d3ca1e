package population_test

import (
	"encoding/json"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/epd"
	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/test/population"
)

// A patient sent as FHIR and read again is registered as generated.
func TestRegistrationsComeBackFromTheirBundles(t *testing.T) {
	p := population.Default(400, 1)
	p.Traps = 0.4
	for i := range p.Patients {
		id, made := p.Patient(i)
		chart, err := decode.Bundle(id, population.Bundle(id, made), decode.Limits{})
		if err != nil {
			t.Fatal(id, err)
		}
		if len(chart.Rejected)+len(chart.Skipped)+len(chart.Issues) > 0 {
			t.Fatal(id, chart.Rejected, chart.Skipped, chart.Issues)
		}
		record := epd.Map(chart, epd.Options{AsOf: mapping.NewDay(p.FirstYear+p.Years-1, 12, 31)})
		scores := prom.Score(chart, prom.Config{})
		read, fates := registration.Of(chart, record, &scores, registration.Options{})

		want, got := underived(made), underived(read)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s %s: %s\n%v", id, p.Truth(i).Trap, diff, fates)
		}
	}
}

// underived leaves out what is computed from several resources, and the moments of
// scores, which depend on facts that only a form has.
func underived(r *registration.Registration) *registration.Registration {
	out := *r
	out.Measurements = slices.DeleteFunc(slices.Clone(r.Measurements), func(m registration.Measurement) bool { return strings.HasPrefix(m.Key, "derived/") })
	out.Scores = slices.Clone(r.Scores)
	for i := range out.Scores {
		out.Scores[i].Moment = ""
	}
	return &out
}

// The parameters are recovered within three standard errors.
func TestParametersAreRecovered(t *testing.T) {
	p := population.Default(20000, 7)
	p.Traps = 0
	var trials, known, converted, responders, revisions, removals, events, due, answered int
	var years float64
	for i := range p.Patients {
		truth := p.Truth(i)
		trials++
		day, _ := registration.DateOf(truth.Trial)
		end := mapping.NewDay(p.FirstYear+p.Years-1, 12, 31)
		if day.First <= end-60 {
			known++
			if truth.Converted {
				converted++
			}
		}
		if truth.Converted {
			if truth.Responder {
				responders++
			}
			years += truth.Years
			revisions += len(truth.Revised)
			events += truth.Events
			due, answered = due+truth.Due, answered+truth.Answered
			if truth.Removed != "" {
				removals++
			}
		}
	}
	implanted := float64(0)
	for i := range p.Patients {
		if p.Truth(i).Converted {
			implanted++
		}
	}
	share := func(name string, n int, of float64, want float64) {
		t.Helper()
		if got := float64(n) / of; math.Abs(got-want) > 3*math.Sqrt(want*(1-want)/of) {
			t.Errorf("%s: %.4f of %.0f, want %.4f", name, got, of, want)
		}
	}
	rate := func(name string, n int, want float64) {
		t.Helper()
		if got := float64(n) / years; math.Abs(got-want) > 3*math.Sqrt(want/years)+want*0.01 { // days are whole
			t.Errorf("%s: %.4f a year, want %.4f", name, got, want)
		}
	}
	if trials != p.Patients {
		t.Errorf("%d trials", trials)
	}
	share("conversion", converted, float64(known), p.TrialConversion)
	share("responders", responders, implanted, p.Responders)
	share("PROM response", answered, float64(due), p.PROMResponse)
	rate("revisions", revisions, p.RevisionsPerYear)
	rate("removals", removals, p.RemovalsPerYear)
	rate("events", events, p.EventsPerYear)
}

func TestEachTrapIsThereAndSaysSo(t *testing.T) {
	p := population.Default(2000, 3)
	p.Traps = 1
	seen := make(map[population.Trap]int)
	for i := range p.Patients {
		truth := p.Truth(i)
		seen[truth.Trap]++
		_, r := p.Patient(i)
		kinds := population.Kinds(r)
		years := make(map[int]bool)
		clinics := make(map[string]bool)
		for _, o := range r.Procedures {
			if d, ok := registration.DateOf(o.Start); ok {
				y, _, _ := d.First.Date()
				years[y] = true
			}
			clinics[o.Clinic] = true
		}
		total := 0
		for _, n := range kinds {
			total += n
		}
		var ok bool
		switch truth.Trap {
		case population.AcrossNewYear:
			ok = kinds[registration.Trial] == 1 && (len(years) == 2 || truth.Implanted == "")
		case population.MidnightUTC:
			d, _ := registration.DateOf(r.Procedures[0].Start)
			_, month, day := d.First.Date()
			ok = month == 1 && day == 1 && strings.Contains(r.Procedures[0].Start, "-12-31T")
		case population.TwiceInYear:
			ok = len(years) == 1 && total == 3
		case population.TwoClinics:
			ok = len(clinics) == 2 && len(years) == 1
		case population.Cancelled, population.EnteredInError:
			ok = total == 0 && len(r.Procedures) == 1
		case population.GeneratorOnly:
			ok = total == 1 && kinds[registration.Generator] == 1
		case population.ExplantOnly:
			ok = total == 1 && kinds[registration.Explant] == 1
		case population.UnknownHistory:
			ok = total == 1 && kinds[registration.Replacement] == 1
		case population.KindNotTold:
			ok = total == 1 && kinds[registration.Unspecified] == 1
		case population.Undated:
			ok = total == 1 && len(r.Procedures[0].Start) < 10
		}
		if !ok {
			t.Fatalf("%d %s: %+v", i, truth.Trap, r.Procedures)
		}
	}
	for _, trap := range population.Traps {
		if seen[trap] == 0 {
			t.Errorf("no %s", trap)
		}
	}
}

// The stream and the single patient are the same, whatever was asked before.
func TestPatientsAreTheSameAloneAndInTheStream(t *testing.T) {
	p := population.Default(300, 11)
	i := 0
	for id, r := range p.All() {
		other, alone := p.Patient(i)
		if id != other || !cmp.Equal(r, alone) {
			t.Fatalf("%s differs from %s", id, other)
		}
		for _, o := range r.Patient.Identifiers {
			if o.System == registration.BSN && (!strings.HasPrefix(o.Value, "999") || !eleven(o.Value)) {
				t.Fatalf("no number for tests: %s", o.Value)
			}
		}
		i++
	}
	if i != p.Patients {
		t.Errorf("%d patients", i)
	}
}

func eleven(s string) bool {
	sum := 0
	for i, d := range s[:8] {
		sum += (9 - i) * int(d-'0')
	}
	return len(s) == 9 && (sum-int(s[8]-'0'))%11 == 0
}

func TestMemoryDoesNotGrowWithTheNumber(t *testing.T) {
	p := population.Default(20000, 5)
	var most uint64
	i := 0
	for range p.All() {
		if i++; i%5000 == 0 {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
	}
	if most > 64<<20 {
		t.Errorf("%d MB in use", most>>20)
	}
}

func BenchmarkPatients(b *testing.B) {
	p := population.Default(1000, 1)
	bytes := 0
	for b.Loop() {
		for _, r := range p.All() {
			bytes += len(r.Procedures)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/1000, "µs/patient")
}

func ExampleBundle() {
	p := population.Default(1, 1)
	id, r := p.Patient(0)
	var bundle struct {
		ResourceType string `json:"resourceType"`
	}
	if err := json.Unmarshal(population.Bundle(id, r), &bundle); err != nil {
		panic(err)
	}
	fmt.Println(id, bundle.ResourceType)
	// Output: patient-000000 Bundle
}
