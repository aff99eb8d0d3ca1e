package population

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
)

// source is the hospital's system of identifiers of a kind of resource.
func source(kind string) string {
	return "https://ziekenhuis.example/sid/" + strings.ToLower(kind)
}

// All goes through the patients: the id that is one person in both clinics, and what
// is registered.
func (p Parameters) All() iter.Seq2[string, *registration.Registration] {
	return func(yield func(string, *registration.Registration) bool) {
		for i := range p.Patients {
			if !yield(p.Patient(i)) {
				return
			}
		}
	}
}

// Patient is the i-th, counted from zero.
func (p Parameters) Patient(i int) (id string, r *registration.Registration) {
	l := p.live(i)
	return l.id, l.out
}

// Truth is what was decided about the i-th.
func (p Parameters) Truth(i int) Truth { return p.live(i).truth }

// life is the making of one patient.
type life struct {
	*Parameters
	*rand.Rand
	number    int
	id        string
	out       *registration.Registration
	truth     Truth
	end       mapping.Day // last day of the last year
	clinic    string
	indicated string // key of the indication
	things    int    // made so far
	pain      float64
	device    string // key of the generator in place
}

func (p Parameters) live(i int) *life {
	l := &life{
		Parameters: &p, Rand: rand.New(rand.NewPCG(p.Seed, uint64(i))), number: i, id: fmt.Sprintf("patient-%06d", i),
		out: new(registration.Registration), end: mapping.NewDay(p.FirstYear+p.Years-1, 12, 31), clinic: ClinicA,
	}
	if l.chance(p.ClinicB) {
		l.clinic = ClinicB
	}
	trap := l.chance(p.Traps)
	share := l.share()
	l.truth.Indication, l.truth.Modality = share.Indication, share.Modality
	l.person()
	first := mapping.NewDay(p.FirstYear, 1, 1)
	start := first + mapping.Day(l.IntN(int(l.end-first)+1))
	l.intake(start)
	if trap {
		l.truth.Trap = Traps[i%len(Traps)]
		l.trap(l.truth.Trap, start)
	} else {
		l.course(start)
	}
	for i := range l.out.Procedures {
		slices.Sort(l.out.Procedures[i].Devices)
	}
	l.out.Sort()
	return l
}

func (l *life) chance(share float64) bool { return l.Float64() < share }

// share picks an indication.
func (l *life) share() Share {
	total := 0.0
	for _, s := range l.Indications {
		total += s.Weight
	}
	at := l.Float64() * total
	for _, s := range l.Indications {
		if at -= s.Weight; at < 0 {
			return s
		}
	}
	return Share{Indication: "other"}
}

// after draws the days to an event of a constant yearly rate.
func (l *life) after(rate float64) mapping.Day {
	if rate <= 0 {
		return math.MaxInt32 / 2
	}
	return mapping.Day(min(l.ExpFloat64()/rate*365.25, 1e6)) + 1
}

// origin is a new thing of the clinic.
func (l *life) origin(kind string, day mapping.Day) registration.Origin {
	l.things++
	return registration.Origin{
		Key:     kind + "/" + source(kind) + "|" + strconv.Itoa(l.number) + "-" + strconv.Itoa(l.things),
		Version: "1", Updated: instant(day, 17, 30), Clinic: l.clinic,
	}
}

// instant is a local time of day as an instant with its offset.
func instant(day mapping.Day, hour, minute int) string {
	y, m, d := day.Date()
	return time.Date(y, m, d, hour, minute, 0, 0, mapping.Amsterdam).Format(time.RFC3339)
}

// bsn is the i-th number for tests that passes the eleven-test; about one in eleven
// has none, and nobody after the first hundred thousand.
func bsn(i int) (string, bool) {
	if i >= 100000 {
		return "", false
	}
	digits := fmt.Sprintf("999%05d", i)
	sum := 0
	for k, d := range digits {
		sum += (9 - k) * int(d-'0')
	}
	if sum%11 == 10 {
		return "", false
	}
	return digits + strconv.Itoa(sum%11), true
}

func (l *life) person() {
	age := 25 + l.IntN(60)
	p := &l.out.Patient
	p.Origin = registration.Origin{Key: "Patient", Version: "1", Updated: instant(mapping.NewDay(l.FirstYear, 1, 1), 9, 0)}
	if number, ok := bsn(l.number); ok {
		p.Identifiers = append(p.Identifiers, registration.Identifier{System: registration.BSN, Value: number})
	}
	p.Identifiers = append(p.Identifiers, registration.Identifier{System: source("patient"), Value: strconv.Itoa(l.number)})
	p.BirthDate = mapping.NewDay(l.FirstYear-age, time.Month(1+l.IntN(12)), 1+l.IntN(28)).String()
	p.Gender = []string{"female", "female", "female", "male", "male"}[l.IntN(5)]
}

// intake is what is known before the first operation.
func (l *life) intake(start mapping.Day) {
	o := l.origin("Condition", start-60)
	o.Clinic = ""
	l.indicated = o.Key
	l.out.Indications = append(l.out.Indications, registration.Indication{
		Origin: o, Code: l.truth.Indication, Confirmed: true, ClinicalStatus: "active",
		Onset: (start - 365 - mapping.Day(l.IntN(3000))).String()[:7], Recorded: (start - 60).String(),
	})
	bmi := l.origin("Observation", start-40)
	bmi.Clinic = ""
	l.out.Measurements = append(l.out.Measurements, registration.Measurement{
		Origin: bmi, Kind: "bmi", Date: (start - 40).String(), Value: decimal(21+l.Float64()*14, 1), Unit: "kg/m2",
	})
	l.pain = 6 + l.Float64()*3.5
	if l.chance(0.5) {
		med := l.origin("MedicationStatement", start-40)
		med.Clinic = ""
		l.out.Medications = append(l.out.Medications, registration.Medication{
			Origin: med, Group: "opioid", Status: "active", From: (start - 300).String(),
			Codings: []registration.Coding{{System: "http://www.whocc.no/atc", Code: "N02AA05"}},
		})
	}
	l.questionnaires(start-14, "baseline", l.pain)
}

// decimal writes a number with so many decimals, without trailing zeros.
func decimal(x float64, places int) string {
	s := strconv.FormatFloat(x, 'f', places, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}
