package mapping

import "strings"

// Definition is a fact the standpunt needs: its id, which is also the linkId of
// its questionnaire item, and what a value of it looks like.
type Definition struct {
	ID      string
	Section Section
	Kind    Kind
	Codes   []string // of a Coded fact: CodeSystem/intake
	Repeats bool     // several values stand side by side instead of contradicting each other
	Unit    string   // of a Numeric fact
	// Interval says that the fact may be answered as a pair, "<ID>.min" and "<ID>.max".
	Interval bool
	For      []string // indications whose group holds the item; the id is then "<indication>.<ID>"
	Members  []string // "<ID>.<member>" for each of them
}

// Section is the part of a form in which a fact is asked, and the Questionnaire with it.
type Section string

// The sections, with the Questionnaire that asks them.
const (
	SectionRequest    Section = "request"    // neuromodulatie-intake
	SectionGeneral    Section = "general"    // neuromodulatie-intake
	SectionIndication Section = "indication" // neuromodulatie-intake, in the group of an indication
	SectionTrial      Section = "trial"      // neuromodulatie-proef
	SectionAftercare  Section = "aftercare"  // neuromodulatie-nazorg
	SectionDoubt      Section = "doubt"      // neuromodulatie-twijfel
	SectionCentre     Section = "centre"     // neuromodulatie-centrum
)

// CanonicalBase is the base of the canonical URLs of what Pijnpoort defines.
const CanonicalBase = "https://pijnpoort.example/fhir"

// IntakeSystem is the CodeSystem of the codes in this table.
const IntakeSystem = CanonicalBase + "/CodeSystem/intake"

// Questionnaire is the canonical of the form that asks a section.
func (s Section) Questionnaire() string {
	name := map[Section]string{
		SectionTrial: "neuromodulatie-proef", SectionAftercare: "neuromodulatie-nazorg",
		SectionDoubt: "neuromodulatie-twijfel", SectionCentre: "neuromodulatie-centrum",
	}[s]
	if name == "" {
		name = "neuromodulatie-intake"
	}
	return CanonicalBase + "/Questionnaire/" + name
}

// The indications: six reimbursed, four not, and any other condition.
var (
	Reimbursed    = []string{"fbss", "fnss", "crps", "pdn", "sfn", "cch"}
	NotReimbursed = []string{"phn", "nerve-injury-neuropathy", "angina", "pad"}
	AllConditions = append(append(append([]string{}, Reimbursed...), NotReimbursed...), "other")
)

var (
	consideration = []string{"tried", "rejected-with-reason", "not-considered", "still-effective", "not-applicable"}
	severity      = []string{"none", "mild", "moderate", "severe"}
	completion    = []string{"completed", "pending", "refused"}
)

// Roles are the professions of CodeSystem/intake.
var Roles = []string{"anaesthesiologist-pain-specialist", "neurosurgeon", "clinical-psychologist", "psychologist",
	"psychiatrist", "nurse-specialist", "physician-assistant", "nurse", "other"}

// Considerations are the treatments that must or may be considered before implantation.
var Considerations = []string{"cons-exercise", "cons-nociceptive", "cons-biopsychosocial", "minv-scar-injection", "minv-prf",
	"cons-antiinflammatory", "cons-dmso-lt1y", "cons-dmso-gt1y", "cons-nac", "cons-vasodilator", "cons-spasmolytic",
	"inv-thoracic-block", "inv-ketamine", "cons-capsaicin", "minv-tens", "minv-sympathetic-block"}

// Definitions is the table of all facts.
var Definitions = []Definition{
	{ID: "modality", Section: SectionRequest, Kind: Coded, Codes: []string{"SCS", "DRGS", "ONS", "ITDD"}},
	{ID: "reason", Section: SectionRequest, Kind: Coded, Codes: AllConditions, Repeats: true},

	{ID: "birth-date", Section: SectionGeneral, Kind: Dated},
	{ID: "sex", Section: SectionGeneral, Kind: Coded, Codes: []string{"male", "female", "other", "unknown"}},
	{ID: "pain-onset", Section: SectionGeneral, Kind: Dated},
	{ID: "substance-misuse", Section: SectionGeneral, Kind: Coded, Codes: []string{"none", "active", "remission"}},
	{ID: "pregnancy", Section: SectionGeneral, Kind: Coded, Codes: []string{"yes", "no", "not-possible"}},
	{ID: "coagulation-disorder", Section: SectionGeneral, Kind: Truth},
	{ID: "anticoagulant", Section: SectionGeneral, Kind: Coded, Codes: []string{"none", "may-stop", "may-not-stop", "unknown-if-stop"}},
	{ID: "active-infection", Section: SectionGeneral, Kind: Truth},
	{ID: "life-expectancy-months", Section: SectionGeneral, Kind: Numeric, Unit: "mo", Interval: true},
	{ID: "life-expectancy-over-12", Section: SectionGeneral, Kind: Truth},
	{ID: "intake-questionnaire", Section: SectionGeneral, Kind: Coded, Codes: completion},
	{ID: "proms", Section: SectionGeneral, Kind: Coded, Codes: completion},
	{ID: "bmi", Section: SectionGeneral, Kind: Numeric, Unit: "kg/m2", Interval: true},
	{ID: "opioid-med", Section: SectionGeneral, Kind: Numeric, Unit: "mg/d", Interval: true},
	{ID: "psychiatric-disorder", Section: SectionGeneral, Kind: Coded, Codes: []string{"none", "active"}},
	{ID: "psychiatric-referral", Section: SectionGeneral, Kind: Truth},
	{ID: "team", Section: SectionGeneral, Kind: Coded, Codes: Roles, Repeats: true},
	{ID: "last-resort", Section: SectionGeneral, Kind: Coded, Codes: []string{"insufficient-effect", "intolerable", "still-effective", "not-evaluated"}},
	{ID: "existing-implant", Section: SectionGeneral, Kind: Dated},
	{ID: "agreement-party", Section: SectionGeneral, Kind: Truth},
	{ID: "ehealth-tool", Section: SectionGeneral, Kind: Coded, Codes: []string{"strongly-recommended", "recommended", "rarely-recommended", "presumably-not-recommended", "not-used"}},
	{ID: "psychosocial", Section: SectionGeneral, Kind: Coded, Codes: severity, Members: []string{"engagement", "coping", "expectations",
		"daily-activity", "social-support", "secondary-gain", "psychological-distress", "opioid-reduction-willingness"}},

	{ID: "confirmed", Section: SectionIndication, Kind: Truth, For: AllConditions},
	{ID: "name", Section: SectionIndication, Kind: Text, For: []string{"other"}},
	{ID: "limb-pain-radicular", Section: SectionIndication, Kind: Coded, Codes: []string{"yes", "no"}, For: []string{"fbss", "fnss"}},
	{ID: "mechanism", Section: SectionIndication, Kind: Coded, Codes: []string{"neuropathic", "nociplastic", "nociceptive"}, Repeats: true, For: []string{"fbss", "fnss", "crps", "pdn", "sfn"}},
	{ID: "predominant", Section: SectionIndication, Kind: Coded, Codes: []string{"leg", "back", "arm", "neck", "equal", "lower-limb", "upper-limb"}, For: []string{"fbss", "fnss", "crps"}},
	{ID: "spine-surgeries", Section: SectionIndication, Kind: Numeric, For: []string{"fbss", "fnss"}},
	{ID: "surgically-untreatable", Section: SectionIndication, Kind: Truth, For: []string{"fbss"}},
	{ID: "spinal-cord-compression", Section: SectionIndication, Kind: Truth, For: []string{"fnss"}},
	{ID: "crps-type", Section: SectionIndication, Kind: Coded, Codes: []string{"I", "II"}, For: []string{"crps"}},
	{ID: "iasp-criteria", Section: SectionIndication, Kind: Coded, Codes: []string{"met", "not-met"}, For: []string{"crps"}},
	{ID: "site", Section: SectionIndication, Kind: Coded, Codes: []string{"lower-limb", "upper-limb", "both", "other"}, For: []string{"crps"}},
	{ID: "crps-onset", Section: SectionIndication, Kind: Dated, For: []string{"crps"}},
	{ID: "inflammation", Section: SectionIndication, Kind: Truth, For: []string{"crps"}},
	{ID: "residual-state", Section: SectionIndication, Kind: Truth, For: []string{"crps"}},
	{ID: "lower-limb-pain", Section: SectionIndication, Kind: Truth, For: []string{"pdn"}},
	{ID: "diagnosed-by", Section: SectionIndication, Kind: Coded, Codes: []string{"neurologist", "internist", "general-practitioner", "other"}, For: []string{"pdn", "sfn", "cch"}},
	{ID: "limb-predominant", Section: SectionIndication, Kind: Truth, For: []string{"sfn"}},
	{ID: "limb-nrs", Section: SectionIndication, Kind: Numeric, For: []string{"sfn"}},
	{ID: "limb-vas", Section: SectionIndication, Kind: Numeric, Unit: "mm", For: []string{"sfn"}},
	{ID: "elsewhere-nrs", Section: SectionIndication, Kind: Numeric, For: []string{"sfn"}},
	{ID: "elsewhere-vas", Section: SectionIndication, Kind: Numeric, Unit: "mm", For: []string{"sfn"}},
	{ID: "ichd3", Section: SectionIndication, Kind: Coded, Codes: []string{"chronic-cluster", "episodic-cluster", "other"}, For: []string{"cch"}},
	{ID: "attacks-per-week", Section: SectionIndication, Kind: Numeric, Unit: "/wk", Interval: true, For: []string{"cch"}},
	{ID: "mri-date", Section: SectionIndication, Kind: Dated, For: []string{"cch"}},
	{ID: "mri-pathology", Section: SectionIndication, Kind: Truth, For: []string{"cch"}},
	{ID: "medication-overuse", Section: SectionIndication, Kind: Truth, For: []string{"cch"}},
	{ID: "vascular-lesion", Section: SectionIndication, Kind: Truth, For: []string{"cch"}},
	{ID: "c2c3-surgery", Section: SectionIndication, Kind: Truth, For: []string{"cch"}},
	{ID: "drug-outcome", Section: SectionIndication, Kind: Coded, Codes: []string{"failed", "intolerance", "contraindicated", "effective", "never-given"}, For: []string{"cch"},
		Members: []string{"verapamil", "lithium", "methysergide", "topiramate", "gabapentin"}},
	{ID: "coanalgesic", Section: SectionIndication, Kind: Coded, Repeats: true, Codes: []string{"pregabalin", "gabapentin", "amitriptyline", "nortriptyline", "imipramine",
		"clomipramine", "duloxetine", "venlafaxine", "carbamazepine", "capsaicin"}, For: AllConditions},
	{ID: "coanalgesics-complete", Section: SectionIndication, Kind: Truth, For: []string{"fbss", "fnss", "crps", "pdn", "sfn"}},
	{ID: "consideration", Section: SectionIndication, Kind: Coded, Codes: consideration, For: Reimbursed, Members: Considerations},

	{ID: "preparation", Section: SectionTrial, Kind: Coded, Codes: []string{"eligible", "not-eligible"}},
	{ID: "trial-done", Section: SectionTrial, Kind: Truth},
	{ID: "trial-start", Section: SectionTrial, Kind: Dated},
	{ID: "trial-end", Section: SectionTrial, Kind: Dated},
	{ID: "doubt-recorded", Section: SectionTrial, Kind: Truth},
	{ID: "extension-days", Section: SectionTrial, Kind: Numeric, Unit: "d"},
	{ID: "diary", Section: SectionTrial, Kind: Coded, Codes: []string{"complete", "gaps"}},
	{ID: "medication-recorded", Section: SectionTrial, Kind: Truth},
	{ID: "trial-nrs", Section: SectionTrial, Kind: Numeric},
	{ID: "trial-vas", Section: SectionTrial, Kind: Numeric, Unit: "mm"},
	{ID: "trial-window-days", Section: SectionTrial, Kind: Numeric, Unit: "d"},
	{ID: "intake-nrs", Section: SectionTrial, Kind: Numeric},
	{ID: "intake-vas", Section: SectionTrial, Kind: Numeric, Unit: "mm"},
	{ID: "trial-attacks-per-week", Section: SectionTrial, Kind: Numeric, Unit: "/wk"},

	{ID: "implant-date", Section: SectionAftercare, Kind: Dated},
	{ID: "visit", Section: SectionAftercare, Repeats: true, Members: []string{"visit-date", "visit-role"}},
	{ID: "proms-completed", Section: SectionAftercare, Kind: Dated, Repeats: true},
	{ID: "contact", Section: SectionAftercare, Repeats: true, Members: []string{"contact-date", "contact-role"}},
	{ID: "opioids-now", Section: SectionAftercare, Kind: Coded, Codes: []string{"none", "yes"}},
	{ID: "taper-guidance", Section: SectionAftercare, Kind: Truth},
	{ID: "aftercare-record-complete", Section: SectionAftercare, Kind: Truth},

	{ID: "off-start", Section: SectionDoubt, Kind: Dated},
	{ID: "off-end", Section: SectionDoubt, Kind: Dated},
	{ID: "before-nrs", Section: SectionDoubt, Kind: Numeric},
	{ID: "before-vas", Section: SectionDoubt, Kind: Numeric, Unit: "mm"},
	{ID: "before-days", Section: SectionDoubt, Kind: Numeric, Unit: "d"},
	{ID: "off-nrs", Section: SectionDoubt, Kind: Numeric},
	{ID: "off-vas", Section: SectionDoubt, Kind: Numeric, Unit: "mm"},
	{ID: "off-days", Section: SectionDoubt, Kind: Numeric, Unit: "d"},
	{ID: "sf12-before-pcs", Section: SectionDoubt, Kind: Numeric},
	{ID: "sf12-before-mcs", Section: SectionDoubt, Kind: Numeric},
	{ID: "sf12-off-pcs", Section: SectionDoubt, Kind: Numeric},
	{ID: "sf12-off-mcs", Section: SectionDoubt, Kind: Numeric},
	{ID: "decision-by", Section: SectionDoubt, Kind: Coded, Codes: []string{"team", "patient"}, Repeats: true},

	{ID: "year", Section: SectionCentre, Kind: Numeric},
	{ID: "registered", Section: SectionCentre, Kind: Truth},
	{ID: "or-class", Section: SectionCentre, Kind: Numeric},
	{ID: "local-agreements", Section: SectionCentre, Kind: Truth},
	{ID: "team-scs", Section: SectionCentre, Kind: Truth},
	{ID: "team-drgs", Section: SectionCentre, Kind: Truth},
	{ID: "patients-operative", Section: SectionCentre, Kind: Numeric},
	{ID: "patients-applied", Section: SectionCentre, Kind: Numeric},
	{ID: "cooperation-agreement", Section: SectionCentre, Kind: Truth},
	{ID: "accountable-centre", Section: SectionCentre, Kind: Text},
	{ID: "offers-ons", Section: SectionCentre, Kind: Truth},
	{ID: "ons-patients", Section: SectionCentre, Kind: Numeric},
	{ID: "ons-specialised", Section: SectionCentre, Kind: Truth},
}

// byLinkID holds every linkId of every form, with its definition.
var byLinkID = func() map[string]*Definition {
	m := make(map[string]*Definition)
	for i := range Definitions {
		d := &Definitions[i]
		for _, id := range d.LinkIDs() {
			m[id] = d
		}
	}
	return m
}()

// LinkIDs are the linkIds under which the fact is asked: one per indication
// and member. Members of a group (visit, contact) stand under their own names.
func (d *Definition) LinkIDs() []string {
	names := []string{d.ID}
	if d.Kind == 0 {
		return append(names, d.Members...)
	}
	if d.Members != nil {
		names = nil
		for _, member := range d.Members {
			names = append(names, d.ID+"."+member)
		}
	}
	if d.For == nil {
		return names
	}
	var ids []string
	for _, indication := range d.For {
		for _, name := range names {
			ids = append(ids, indication+"."+name)
		}
	}
	return ids
}

// DefinitionOf finds the definition of a linkId; interval reports whether it is
// one end of a pair ("<id>.min", "<id>.max"), and id is then the linkId without it.
func DefinitionOf(linkID string) (definition *Definition, id string, interval string) {
	if d := byLinkID[linkID]; d != nil {
		return d, linkID, ""
	}
	for _, end := range []string{"min", "max"} {
		if base, ok := strings.CutSuffix(linkID, "."+end); ok {
			if d := byLinkID[base]; d != nil && d.Kind == Numeric {
				return d, base, end
			}
		}
	}
	return nil, "", ""
}
