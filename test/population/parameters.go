package population

import "github.com/pijnpoort/pijnpoort/mapping/registration"

// The two clinics of the one pain centre, as registration.Origin.Clinic has them.
const (
	ClinicA = "http://fhir.nl/fhir/NamingSystem/agb-z|06010101"
	ClinicB = "http://fhir.nl/fhir/NamingSystem/agb-z|06010202"
)

// Parameters say what happens to the patients. Shares are from 0 to 1; rates are per
// patient-year with a system, constant in time.
type Parameters struct {
	Seed     uint64
	Patients int
	// Trials begin on days spread evenly over FirstYear and the Years-1 after it; patients
	// are followed to the last day of the last.
	FirstYear, Years int
	ClinicB          float64 // share treated in ClinicB; the others in ClinicA
	Indications      []Share // need not add up to one

	TrialConversion  float64 // of trials, with a definitive system
	AllInOne         float64 // of converted trials, in the session of the electrode
	Responders       float64 // of implanted patients, with at least half of the pain gone
	RevisionsPerYear float64
	RemovalsPerYear  float64
	EventsPerYear    float64 // adverse events
	SeriousEvents    float64 // share of events
	BatteryYears     float64 // median life of a generator

	PROMResponse float64 // of moments that are due, with completed questionnaires
	CostCoverage float64 // of operations with material, with its price
	UDICoverage  float64 // of devices, with a device identifier
	Traps        float64 // of patients, one of the Traps instead
}

// Share is how much of the patients has an indication.
type Share struct {
	Indication string
	Modality   string
	Weight     float64
}

// Default are parameters near those of published series, for a centre over five years.
func Default(patients int, seed uint64) Parameters {
	return Parameters{
		Seed: seed, Patients: patients, FirstYear: 2020, Years: 5, ClinicB: 0.35,
		Indications: []Share{
			{"fbss", "SCS", 0.55}, {"crps", "DRG", 0.15}, {"pdn", "SCS", 0.12}, {"fnss", "SCS", 0.06}, {"sfn", "SCS", 0.05}, {"cch", "ONS", 0.07},
		},
		TrialConversion: 0.75, AllInOne: 0.1, Responders: 0.6, RevisionsPerYear: 0.08, RemovalsPerYear: 0.035,
		EventsPerYear: 0.06, SeriousEvents: 0.3, BatteryYears: 6, PROMResponse: 0.7, CostCoverage: 0.5, UDICoverage: 0.9, Traps: 0.05,
	}
}

// Trap is something that a careless count gets wrong.
type Trap string

// The traps. The history of a patient before FirstYear is not in the registration.
const (
	NoTrap         Trap = ""
	AcrossNewYear  Trap = "across-new-year"  // trial on 31 December, in UTC at 22:30; generator 10 days later
	MidnightUTC    Trap = "midnight-utc"     // an operation on 1 January in Amsterdam, on 31 December by UTC
	TwiceInYear    Trap = "twice-in-year"    // trial and revision in one calendar year
	TwoClinics     Trap = "two-clinics"      // trial in one clinic, implantation in the other, in one calendar year
	Cancelled      Trap = "cancelled"        // not done
	EnteredInError Trap = "entered-in-error" // withdrawn
	GeneratorOnly  Trap = "generator-only"   // a first generator whose electrode is in no record
	ExplantOnly    Trap = "explant-only"     // a removal only
	UnknownHistory Trap = "unknown-history"  // a generator exchanged, placed nobody knows when
	KindNotTold    Trap = "kind-not-told"    // a trial or an implantation
	Undated        Trap = "undated"          // an implantation of which only the year before the last is known, or nothing
)

// Traps lists them; a patient with a trap has the one of its number, in turn.
var Traps = []Trap{AcrossNewYear, MidnightUTC, TwiceInYear, TwoClinics, Cancelled, EnteredInError, GeneratorOnly, ExplantOnly,
	UnknownHistory, KindNotTold, Undated}

// Truth is what was decided about a patient. Days are local, YYYY-MM-DD; empty where
// it did not happen, or not before the end.
type Truth struct {
	Trap       Trap
	Indication string
	Modality   string
	Trial      string
	Converted  bool // implanted before the end
	AllInOne   bool
	Implanted  string
	Responder  bool // of an implanted patient
	Revised    []string
	Replaced   []string
	Removed    string
	Events     int
	Due        int     // moments at which questionnaires were due
	Answered   int     // and were completed
	Years      float64 // with a system, up to removal or the end
}

// Kinds counts the operations of a registration that were completed, by kind: what the
// generator put in, for a test to hold a report against.
func Kinds(r *registration.Registration) map[registration.ProcedureKind]int {
	counts := make(map[registration.ProcedureKind]int)
	for i := range r.Procedures {
		if p := &r.Procedures[i]; p.Status == "completed" && !p.Retracted {
			counts[p.Kind]++
		}
	}
	return counts
}
