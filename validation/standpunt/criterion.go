package standpunt

import "slices"

// Criterion is one entry of the catalogue: one thing the standpunt asks, defines
// or remarks.
type Criterion struct {
	// Number is the place in the order of the document, from 1.
	Number int `json:"number"`
	// ID is stable; rules, verdicts and configuration refer to it.
	ID string `json:"id"`
	// Phase of care, as "preparation", "trial" or "preparation + aftercare".
	Phase string `json:"phase"`
	// AppliesTo holds "all", indications such as "fbss", "centre",
	// "regional-agreement" or "concept-2019".
	AppliesTo []string `json:"appliesTo"`
	Kind      Kind     `json:"kind"`
	Effect    Effect   `json:"effect"`
	Source    Source   `json:"source"`
	Passage   Passage  `json:"passage"`
	// Title is a short name, Text what the entry asks.
	Title Text `json:"title"`
	Text  Text `json:"text"`
	// Logic is zero for an entry that only informs.
	Logic Logic `json:"logic,omitzero"`
	// Readings holds the ids of the readings that bear on this entry.
	Readings []string `json:"readings,omitempty"`
	// Note holds what a clinician or engineer should know at the edges.
	Note Text `json:"note,omitzero"`
}

// Kind says what sort of statement an entry is.
type Kind string

// The kinds of the catalogue.
const (
	Inclusion                Kind = "inclusion"
	Exclusion                Kind = "exclusion"
	RelativeContraindication Kind = "relative contraindication"
	// Consideration is a treatment that must have been considered.
	Consideration Kind = "consideration"
	// Obligation is a duty of the team or centre.
	Obligation Kind = "obligation"
	// Norm is a definition, limit or rule of another sort.
	Norm Kind = "norm"
)

// Effect says what the outcome of an entry does to the verdict.
type Effect string

// The effects of the catalogue.
const (
	// Coverage and NotCovered entries decide on reimbursement.
	Coverage   Effect = "coverage"
	NotCovered Effect = "not-covered"
	// Decisive entries make a patient not eligible when not met.
	Decisive Effect = "yes"
	// Remediable entries do so too, until the action they name is taken.
	Remediable Effect = "remediable"
	// Referral entries ask for a referral first.
	Referral Effect = "referral"
	// Caution and Warning entries only flag.
	Caution Effect = "caution"
	Warning Effect = "warning"
	// DutyOfCare entries decide whether aftercare is compliant or overdue.
	DutyOfCare Effect = "obligation"
	// Decision entries choose the branch when the effect is in doubt.
	Decision Effect = "decision"
	// Centre entries decide on the centre, not on the patient.
	Centre Effect = "centre"
	// Agreement and Report entries bind parties to a regional agreement only.
	Agreement Effect = "agreement"
	Report    Effect = "report"
	// Helper, Aggregate and Selector entries feed other entries.
	Helper    Effect = "helper"
	Aggregate Effect = "aggregate"
	Selector  Effect = "selector"
	// NoEffect entries inform.
	NoEffect Effect = "no"
	// History entries belong to the concept of 2019.
	History Effect = "history"
)

// Source is the place of an entry for a human reader.
type Source struct {
	// Document is StandpuntNVA or ConceptZIN2019.
	Document string `json:"document"`
	// Chapter is "inleiding", "1" to "3", "bijlage 1" to "bijlage 3" or
	// "conceptstandpunt".
	Chapter string `json:"chapter"`
	// Heading holds the headings down to the passage, separated by " > ".
	Heading string `json:"heading"`
	// Item is the place of the bullet under the heading, such as "2", "3.1",
	// "6c.iv" or "voetnoot 1"; empty outside a list.
	Item string `json:"item"`
}

// Logic says when an entry has which outcome. An outcome that an entry cannot have
// is a zero Text. An exclusion is met when its absence is established.
type Logic struct {
	Met           Text `json:"met,omitzero"`
	NotMet        Text `json:"notMet,omitzero"`
	Unknown       Text `json:"unknown,omitzero"`
	NotApplicable Text `json:"notApplicable,omitzero"`
}

// All gives the entries in the order of the document. The entries share their
// slices with the catalogue: read them only.
func All() []Criterion {
	return slices.Clone(load().criteria)
}

// Find gives the entry with an id. What it points to belongs to the catalogue:
// read it only.
func Find(id string) (*Criterion, bool) {
	c, ok := load().criterionByID[id]
	return c, ok
}
