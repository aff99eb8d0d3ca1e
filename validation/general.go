package validation

import (
	"slices"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// insufficientEffect: earlier treatment did not help enough, or was not tolerated (reading A43).
var insufficientEffect = Reading{ID: "A43",
	Default: Coded{Fact: "last-resort", Yes: []string{"insufficient-effect", "intolerable"}, No: []string{"still-effective", "not-evaluated"}},
}

// introduction judges what the introduction of the standpunt asks of a patient.
var introduction = Rules{
	{ID: "chronic-pain-definition", Test: Elapsed{Fact: "pain-onset", Months: 3}},
	{ID: "last-resort", Test: insufficientEffect,
		Do: note{"Wacht het effect van de lopende, minder ingrijpende behandeling af", "Await the effect of the less invasive treatment now running"}},
	{ID: "measures-vas-nrs-subjective"},
	{ID: "ehealth-tool-recommended", Test: Coded{Fact: "ehealth-tool",
		Yes: []string{"strongly-recommended", "recommended", "rarely-recommended", "presumably-not-recommended"}, No: []string{"not-used"}}},
	{ID: "ehealth-tool-factors", Test: psychosocialFactors()},
	{ID: "nociplastic-definition"},
}

// psychosocialFactors is true when all eight are recorded, whatever they say.
func psychosocialFactors() Test {
	d, _, _ := mapping.DefinitionOf("psychosocial.coping")
	var all All
	for _, id := range d.LinkIDs() {
		all = append(all, Recorded{id})
	}
	return all
}

// general judges the preparation part of chapter 1.
var general = Rules{
	{ID: "incl-age-18", Test: Elapsed{Fact: "birth-date", Years: 18}},
	{ID: "incl-pain-6-months", Test: Reading{ID: "A35",
		Default: Elapsed{Fact: "pain-onset", Months: 6},
		Other:   map[string]Test{"183-days": Elapsed{Fact: "pain-onset", Days: 183}}},
		Do: note{"Beoordeel opnieuw zodra de pijn zes maanden bestaat", "Assess again once the pain has lasted six months"}},
	{ID: "incl-pain-intensity",
		When: Reading{ID: "A33", Default: Always{}, Other: map[string]Test{"waived": Not{IsIndication{"cch"}}}},
		Test: PainThreshold{Window: "intake", Prefix: "intake", Is: AtLeast, NRS: 5, VAS: 50}},
	{ID: "weighted-score", Test: Weighted{Window: "intake", Prefix: "intake"}},
	{ID: "excl-substance-misuse", Test: closedWorld(Reading{ID: "A13",
		Default: Remark{
			Test: Coded{Fact: "substance-misuse", Yes: []string{"none", "remission"}, No: []string{"active"}},
			When: Has{"substance-misuse", []string{"remission"}},
			Note: noteRemission, Flags: []string{"note:excl-substance-misuse:remission"}},
		Other: map[string]Test{"any-history": Coded{Fact: "substance-misuse", Yes: []string{"none"}, No: []string{"active", "remission"}}}})},
	{ID: "excl-pregnancy", Test: NotPregnant{From: 12, To: 55, Weeks: 42},
		Do: note{"Beoordeel opnieuw na de zwangerschap", "Assess again after the pregnancy"}},
	{ID: "excl-coagulation", Test: closedWorld(coagulation),
		Do: note{"Laat nagaan of het antistollingsmiddel tijdelijk gestopt mag worden", "Have it checked whether the anticoagulant may be stopped for a while"}},
	{ID: "excl-active-infection", Test: absentUnlessStated("active-infection"),
		Do: note{"Behandel de infectie en beoordeel opnieuw", "Treat the infection and assess again"}},
	{ID: "excl-life-expectancy", Test: closedWorld(Agreeing{
		Limit{"life-expectancy-months", MoreThan, 12}, Stated{"life-expectancy-over-12"}})},
	{ID: "excl-questionnaires-not-completed", Test: Deemed{Test: All{completed("intake-questionnaire"), completed("proms")},
		Truth: kleene.False, Reading: "A15", Key: "absent-not-met"},
		Do: note{"Laat de patiënt de intakevragenlijst en de PROMs invullen", "Have the patient complete the intake questionnaire and the PROMs"}},
	{ID: "excl-bmi-35", Test: Limit{"bmi", LessThan, 35},
		Do: note{"Leg de afweging van het team bij een BMI van 35 of hoger vast", "Record the team's reasoning at a BMI of 35 or more"}},
	{ID: "opioid-med-below-90", Test: Reading{ID: "A09", Default: OpioidBelow{90}, Other: map[string]Test{"cdc-table": OpioidBelowBy{"cdc-clinical-2022", 90}}},
		Do: note{"Bouw de opioïden af tot een MED onder 90 mg per dag", "Taper the opioids to an MED below 90 mg a day"}},
	{ID: "opioid-lowest-or-stop", Test: Some{Limit{"opioid-med", AtMost, 0}, Stated{"taper-guidance"}}},
	{ID: "psychiatric-referral",
		When: Coded{Fact: "psychiatric-disorder", Yes: []string{"active"}, No: []string{"none"}},
		Test: Remark{
			Test: OnRecord{"psychiatric-referral"},
			When: Has{"psychiatric-disorder", []string{"active"}},
			Note: noteOutcomePending, Flags: []string{"psychiatric-outcome-pending"}},
		Do: note{"Verwijs naar een psychiater", "Refer to a psychiatrist"}},
	{ID: "mdt-composition", Test: Team{
		{"anaesthesiologist-pain-specialist", "neurosurgeon"},
		{"clinical-psychologist", "psychologist", "psychiatrist"},
		{"nurse-specialist", "physician-assistant", "nurse"}},
		Do: note{"Vul het indicerende team aan met de ontbrekende discipline", "Add the discipline that the indicating team lacks"}},
}

func completed(fact string) Test {
	return Coded{Fact: fact, Yes: []string{"completed"}, No: []string{"refused"}}
}

var (
	noDisorder    = Not{Stated{"coagulation-disorder"}}
	interruptible = Coded{Fact: "anticoagulant", Yes: []string{"none", "may-stop"}, No: []string{"may-not-stop"}}
)

// coagulation: the words on stopping bind to the drug only (reading A12).
var coagulation = Reading{ID: "A12",
	Default: All{noDisorder, interruptible},
	Other: map[string]Test{
		"drug-and-disorder": Some{All{noDisorder, interruptible}, Coded{Fact: "anticoagulant", Yes: []string{"may-stop"}, No: []string{"may-not-stop"}}},
	},
}

// Always is true.
type Always struct{}

func (Always) eval(*judge) finding { return finding{truth: kleene.True} }

// IsIndication tests which indication is being judged.
type IsIndication struct{ Code string }

func (t IsIndication) eval(j *judge) finding {
	return finding{truth: kleene.Of(j.indication == t.Code)}
}

// NotPregnant is true when the patient is stated not to be pregnant, or cannot
// be: of male sex, or of an age outside From..To years. A pregnant man is a
// contradiction (reading A34).
type NotPregnant struct {
	From, To int
	Weeks    int // after which a pregnancy recorded is over
}

func (t NotPregnant) eval(j *judge) finding {
	recorded := j.fact("pregnancy")
	current := t.current(recorded, j.asOf)
	if len(current.Values) == 0 && len(recorded.Values) > 0 {
		f := unknown("pregnancy", Unsettled, evidenceOf(recorded)...)
		f.note = noteStalePregnancy
		return f
	}
	stated := decide(current, func(v *mapping.Value) kleene.Truth { return kleene.Of(v.Code != "yes") })
	male := Coded{Fact: "sex", Yes: []string{"male"}, No: []string{"female", "other", "unknown"}}.eval(j)
	if stated.truth == kleene.False && slices.Contains(male.truths(), kleene.True) {
		stated.join(male)
		if male.truth == kleene.True && j.reads("A34", "gender-decides") {
			return finding{truth: kleene.True, evidence: stated.evidence}
		}
		f := unknown("pregnancy", Contradictory, stated.evidence...)
		f.note = noteSexConflict
		return f
	}
	if len(current.Values) > 0 {
		return stated
	}
	if male.truth == kleene.True {
		male.note = noteNotPossible
		return male
	}
	outside := Some{Not{Elapsed{Fact: "birth-date", Years: t.From}}, Elapsed{Fact: "birth-date", Years: t.To + 1}}.eval(j)
	if outside.truth == kleene.True {
		outside.note = noteNotPossible
		return outside
	}
	return closedWorld(Recorded{"pregnancy"}).eval(j)
}

// current is what is recorded without pregnancies that must be over by the as-of day.
func (t NotPregnant) current(recorded *mapping.Fact, asOf mapping.Day) *mapping.Fact {
	fact := &mapping.Fact{ID: recorded.ID}
	for _, v := range recorded.Values {
		if v.Code != "yes" || !t.over(v.Evidence, asOf) {
			fact.Values = append(fact.Values, v)
		}
	}
	return fact
}

// over tells whether every statement of a pregnancy is older than a pregnancy lasts.
func (t NotPregnant) over(evidence []mapping.Evidence, asOf mapping.Day) bool {
	for _, e := range evidence {
		stated, err := fhir.ParseDateTime(e.Date)
		date, ok := mapping.DateOf(stated)
		if err != nil || !ok || date.Last+mapping.Day(7*t.Weeks) >= asOf {
			return false
		}
	}
	return true
}

// OpioidBelow is true when the morphine equivalent dose is below a bound, in mg a
// day; it remarks on it when another conversion table would decide otherwise.
type OpioidBelow struct{ Bound int64 }

func (t OpioidBelow) eval(j *judge) finding {
	f := Limit{"opioid-med", LessThan, t.Bound}.eval(j)
	if f.truth == kleene.Unknown {
		return f
	}
	for _, other := range j.record.Opioid.Others {
		if kleene.LessThan(other, whole(t.Bound)) != f.truth {
			f.note = noteTableFlips
			f.flags = []string{"note:opioid-med-below-90:conversion-table"}
			break
		}
	}
	return f
}

// OpioidBelowBy is OpioidBelow by the table named, where the dose can be computed with it.
type OpioidBelowBy struct {
	Table string
	Bound int64
}

func (t OpioidBelowBy) eval(j *judge) finding {
	if j.record.Opioid.Table == t.Table {
		return Limit{"opioid-med", LessThan, t.Bound}.eval(j)
	}
	dose, ok := j.record.Opioid.Others[t.Table]
	if !ok {
		return Limit{"opioid-med", LessThan, t.Bound}.eval(j)
	}
	truth := kleene.LessThan(dose, whole(t.Bound))
	if truth == kleene.Unknown {
		return unknown("opioid-med", Imprecise, evidenceOf(j.fact("opioid-med"))...)
	}
	return known(truth, evidenceOf(j.fact("opioid-med")))
}

// absentUnlessStated is an exclusion that a fact states: met when it is stated to
// be absent.
func absentUnlessStated(fact string) Test {
	return closedWorld(Not{Stated{fact}})
}
