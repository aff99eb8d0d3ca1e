package validation

import (
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// Verdict is what the standpunt says of a record. Its JSON is a contract.
type Verdict struct {
	// Source names the input, in answers over several inputs.
	Source      string         `json:"source,omitempty"`
	Standpunt   string         `json:"standpunt"`
	AsOf        mapping.Day    `json:"asOf"`
	Phase       Phase          `json:"phase"`
	Verdict     Conclusion     `json:"verdict"`
	Indications []Indication   `json:"indications"`
	Criteria    []Criterion    `json:"criteria"`
	Missing     []MissingFact  `json:"missing"`
	WouldChange []Change       `json:"wouldChange"`
	Flags       []string       `json:"flags"`
	Actions     []Action       `json:"actions"`
	Mapping     mapping.Report `json:"mapping"`
}

// Indication is the verdict on one condition.
type Indication struct {
	Indication string      `json:"indication"`
	Name       string      `json:"name,omitempty"` // of another condition
	Modality   string      `json:"modality"`       // as requested; empty when not stated
	Verdict    Conclusion  `json:"verdict"`
	Criteria   []Criterion `json:"criteria"`
}

// Criterion is one criterion with how it turned out and why.
type Criterion struct {
	ID       string             `json:"id"`
	Outcome  kleene.Outcome     `json:"outcome"`
	Kind     standpunt.Kind     `json:"kind"`
	Effect   standpunt.Effect   `json:"effect"`
	Source   standpunt.Source   `json:"source"`
	Title    string             `json:"title"`
	Text     string             `json:"text"`
	Evidence []mapping.Evidence `json:"evidence"`
	Missing  []string           `json:"missing"`
	Reading  string             `json:"reading"`
	Note     string             `json:"note"`
}

// MissingFact is a datum that is asked, with the criteria that ask for it.
type MissingFact struct {
	Fact     string   `json:"fact"`
	Criteria []string `json:"criteria"`
}

// Change is a smallest set of data that would change the verdict.
type Change struct {
	Fact    string     `json:"fact"`
	To      string     `json:"to"`
	With    []Datum    `json:"with,omitempty"` // further data of the same set
	Verdict Conclusion `json:"verdict"`
}

// Datum is a fact and what it would have to be.
type Datum struct {
	Fact string `json:"fact"`
	To   string `json:"to"`
}

// Action is something to do.
type Action struct {
	ID   string `json:"id"` // the criterion that asks for it
	Text string `json:"text"`
}

// Phase is the phase of care that is judged.
type Phase string

// The phases.
const (
	Referral    Phase = "referral"
	Preparation Phase = "preparation"
	Trial       Phase = "trial"
	Definitive  Phase = "definitive"
	Aftercare   Phase = "aftercare"
	Doubt       Phase = "doubt"
	Centre      Phase = "centre"
)

// Phases are all phases, in the order of care.
var Phases = []Phase{Referral, Preparation, Trial, Definitive, Aftercare, Doubt, Centre}

// Conclusion is a verdict in one word.
type Conclusion string

// The conclusions, by phase.
const (
	CoveredEligible Conclusion = "covered-eligible"
	NotEligible     Conclusion = "not-eligible"
	NotCovered      Conclusion = "not-covered"
	NeedsData       Conclusion = "needs-data"
	ReferralNeeded  Conclusion = "referral-needed"
	Transition      Conclusion = "transition-arrangement"
	NoRuleInForce   Conclusion = "no-rule-in-force"
	VersionConflict Conclusion = "version-conflict"
	NoIndication    Conclusion = "no-indication"

	TrialContinue    Conclusion = "trial-continue"
	ExtensionAllowed Conclusion = "extension-allowed"

	Compliant Conclusion = "compliant"
	Overdue   Conclusion = "overdue"

	SwitchOn      Conclusion = "switch-on-continue"
	StayOff       Conclusion = "stay-off-consider-removal"
	TeamJudgement Conclusion = "team-judgement"

	CooperationRequired Conclusion = "cooperation-required"
	NotCompliant        Conclusion = "not-compliant"
)

// rank orders the conclusions on an indication: inside one the worst wins,
// across several the best.
var rank = map[Conclusion]int{
	NotCovered: 0, VersionConflict: 1, Transition: 2, NotEligible: 3, NeedsData: 4, ReferralNeeded: 5,
	TrialContinue: 6, ExtensionAllowed: 7, CoveredEligible: 8,
}

// worst is the conclusion that wins inside one indication.
func worst(a, b Conclusion) Conclusion {
	if rank[b] < rank[a] {
		return b
	}
	return a
}
