package validation

import (
	"strings"

	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// considered is the rule for a treatment that must be considered before
// implantation: tried, or rejected for a stated reason. It applies when what it
// needs is present, unless the answer is "not applicable", which says that its
// trigger is absent.
func considered(indication, treatment string, needs ...Test) Rule {
	return considering(indication, treatment, append(All(needs), applicable(indication+".consideration."+treatment)))
}

// always is considered where the standpunt names no trigger: it applies to everyone.
func always(indication, treatment string) Rule { return considering(indication, treatment, nil) }

// triggered is considered where facts tell of the trigger itself: they decide
// whether it applies, and must not contradict an answer "not applicable".
func triggered(indication, treatment string, trigger Test) Rule {
	fact := indication + ".consideration." + treatment
	return considering(indication, treatment, Agreeing{trigger, Coded{Fact: fact, No: []string{"not-applicable"}}})
}

// suspectedBy is considered where a fact proves the trigger but does not disprove
// it: signs of inflammation raise the suspicion of auto-inflammation, their absence
// does not end it.
func suspectedBy(indication, treatment string, sign Test) Rule {
	return considering(indication, treatment, Agreeing{sign, applicable(indication + ".consideration." + treatment)})
}

// applicable is false when the answer is that the trigger of a treatment is absent.
func applicable(fact string) Coded {
	return Coded{Fact: fact, Yes: []string{"tried", "rejected-with-reason", "not-considered", "still-effective"}, No: []string{"not-applicable"}}
}

func considering(indication, treatment string, when Test) Rule {
	fact := indication + ".consideration." + treatment
	return Rule{
		ID:   indication + "-" + treatment,
		When: when,
		Test: Reading{ID: "A03",
			Default: Coded{Fact: fact, Yes: []string{"tried", "rejected-with-reason"}, No: []string{"not-considered", "still-effective"}},
			Other:   map[string]Test{"performed": Coded{Fact: fact, Yes: []string{"tried"}, No: []string{"not-considered", "still-effective", "rejected-with-reason"}}},
		},
		Do: note{"Overweeg deze behandeling, of leg vast waarom die niet in aanmerking komt", "Consider this treatment, or record why it is not an option"},
	}
}

// suspected is the trigger of a treatment for a kind of pain.
func suspected(indication string, mechanisms ...string) Test {
	return Has{Fact: indication + ".mechanism", Codes: mechanisms}
}

// The classes of co-analgesics, by ingredient.
var (
	alpha2DeltaLigands = []string{"pregabalin", "gabapentin"}
	tricyclics         = []string{"amitriptyline", "nortriptyline", "imipramine", "clomipramine"}
	snris              = []string{"duloxetine", "venlafaxine"}
	antiepileptics     = []string{"pregabalin", "gabapentin"}
	thirdLine          = []string{"carbamazepine", "capsaicin"}
)

// Class is true when an ingredient of a class was tried, or rejected for a stated
// reason. When none was it is open, unless the list is stated to be complete.
type Class struct {
	Indication  string
	Ingredients []string
}

func (t Class) eval(j *judge) finding {
	fact := j.fact(t.Indication + ".coanalgesic")
	performed := j.reads("A03", "performed")
	for i := range fact.Values {
		ingredient, rejected := strings.CutSuffix(fact.Values[i].Code, ":rejected-with-reason")
		if contains(t.Ingredients, ingredient) && !(rejected && performed) {
			return known(kleene.True, fact.Values[i].Evidence)
		}
	}
	complete := Stated{t.Indication + ".coanalgesics-complete"}.eval(j)
	if complete.truth == kleene.True {
		return known(kleene.False, append(complete.evidence[:len(complete.evidence):len(complete.evidence)], evidenceOf(fact)...))
	}
	return unknown(fact.ID, Absent)
}

// AtLeastTwo is true when two different co-analgesics were tried or rejected.
type AtLeastTwo struct{ Indication string }

func (t AtLeastTwo) eval(j *judge) finding {
	fact := j.fact(t.Indication + ".coanalgesic")
	var first string
	for i := range fact.Values {
		ingredient, _, _ := strings.Cut(fact.Values[i].Code, ":")
		if first != "" && ingredient != first {
			return known(kleene.True, evidenceOf(fact))
		}
		first = ingredient
	}
	complete := Stated{t.Indication + ".coanalgesics-complete"}.eval(j)
	if complete.truth == kleene.True {
		return known(kleene.False, complete.evidence)
	}
	return unknown(fact.ID, Absent)
}

// coanalgesics is the rule for co-analgesics when neuropathic or nociplastic
// pain is suspected.
func coanalgesics(indication string, test Test) Rule {
	return Rule{
		ID:   indication + "-cons-coanalgesic",
		When: suspected(indication, "neuropathic", "nociplastic"),
		Test: test,
		Do:   note{"Probeer de ontbrekende co-analgetica, of leg vast waarom die niet in aanmerking komen", "Try the co-analgesics that are lacking, or record why they are not an option"},
	}
}

// gabapentinoidAndAntidepressant is what FBSS, FNSS and CRPS ask: two
// co-analgesics, an alpha-2-delta ligand and a TCA or SNRI among them (reading A05).
func gabapentinoidAndAntidepressant(indication string) Test {
	ligand, tca, snri := Class{indication, alpha2DeltaLigands}, Class{indication, tricyclics}, Class{indication, snris}
	return Reading{ID: "A05",
		Default: All{ligand, Some{tca, snri}},
		Other:   map[string]Test{"pair-or-last": All{Some{All{ligand, tca}, snri}, AtLeastTwo{indication}}},
	}
}

// conservative lists the ids of the considerations of an indication, for its aggregate.
func conservative(indication string, treatments ...string) Rule {
	ids := make(Outcomes, len(treatments))
	for i, t := range treatments {
		ids[i] = indication + "-" + t
	}
	return Rule{ID: indication + "-cons-before-implant", Test: ids}
}

// invasive is the aggregate of the (minimally) invasive treatments: they are due
// when conservative treatment did not help enough.
func invasive(indication string, treatments ...string) Rule {
	ids := make(Outcomes, len(treatments))
	for i, t := range treatments {
		ids[i] = indication + "-" + t
	}
	return Rule{ID: indication + "-minvasive-after-cons", When: insufficientEffect, Test: ids}
}
