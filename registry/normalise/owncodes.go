package normalise

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"sync"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/opioid"
	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/profiles"
	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// isOwn reports whether a CodeSystem of ours, by id, has a code.
func isOwn(system, code string) bool {
	if system == "prom-moment" {
		return moment.MatchString(code)
	}
	return ownCodes()[system][code]
}

// moment is a code of CodeSystem prom-moment, which goes on for as long as patients do.
var moment = regexp.MustCompile(`^(baseline|trial|6-months|year-[1-9][0-9]?)$`)

type codeSet map[string]bool

func setOf[T ~string](codes ...T) codeSet {
	set := make(codeSet, len(codes))
	for _, c := range codes {
		set[string(c)] = true
	}
	return set
}

// ownCodes are the codes of the CodeSystems of ours that are sent, by id: closed lists,
// so that nothing else can stand in their place.
var ownCodes = sync.OnceValue(func() map[string]codeSet {
	sets := map[string]codeSet{
		"indication":       setOf(mapping.AllConditions...),
		"procedure-kind":   setOf(append([]registration.ProcedureKind{registration.Unspecified}, registration.AllKinds...)...),
		"modality":         setOf("SCS", "DRG", "ONS", "ITDD"),
		"body-site":        setOf("leg", "back", "arm", "neck"),
		"pain-window":      setOf("intake", "trial", "before", "off"),
		"med-table":        {},
		"measurement":      {},
		"medication-group": setOf("opioid", "anticoagulant", "neuropathic", "headache-preventive", "vasodilator", "spasmolytic", "dmso", "acetylcysteine", "ketamine"),
		"complication":     setOf("lead-migration", "lead-fracture", "infection", "pocket-pain", "hardware", "dural-puncture", "neurological", "other"),
		"revision-reason": setOf("lead-migration", "lead-fracture", "infection", "pocket-pain", "hardware", "neurological",
			"battery-depleted", "loss-of-effect", "patient-request"),
		"contact-kind": setOf("visit", "contact"),
		"cost-kind":    setOf("material", "treatment", "unspecified"),
		"phase":        setOf(validation.Phases...),
		"verdict": setOf(validation.CoveredEligible, validation.NotEligible, validation.NotCovered, validation.NeedsData, validation.ReferralNeeded,
			validation.Transition, validation.NoRuleInForce, validation.VersionConflict, validation.NoIndication, validation.TrialContinue,
			validation.ExtensionAllowed, validation.Compliant, validation.Overdue, validation.SwitchOn, validation.StayOff, validation.TeamJudgement,
			validation.CooperationRequired, validation.NotCompliant),
		"outcome":   setOf(kleene.Met.String(), kleene.NotMet.String(), kleene.Unknown.String(), kleene.NotApplicable.String()),
		"criterion": {},
		"standpunt": {},
		"fact":      {}, // linkIds of the forms
	}
	sets["indication"]["other"] = true
	for kind := range measurementKinds {
		sets["measurement"][kind] = true
	}
	for _, t := range opioid.Tables() {
		sets["med-table"][t.ID] = true
	}
	for _, c := range standpunt.All() {
		sets["criterion"][c.ID] = true
	}
	for _, v := range standpunt.Versions() {
		sets["standpunt"][v.ID] = true
	}
	for i := range mapping.Definitions {
		for _, id := range mapping.Definitions[i].LinkIDs() {
			sets["fact"][id] = true
		}
	}
	for id, file := range map[string]string{
		"intake":      "terminology/CodeSystem-intake.json",
		"prom-option": "questionnaires/CodeSystem-prom-option.json",
		"prom-rule":   "questionnaires/CodeSystem-prom-rule.json",
		"prom-score":  "questionnaires/CodeSystem-prom-score.json",
	} {
		sets[id] = embeddedCodes(file)
	}
	return sets
})

// embeddedCodes are the codes of a CodeSystem in package profiles.
func embeddedCodes(file string) codeSet {
	var system struct {
		Concept []struct {
			Code string `json:"code"`
		} `json:"concept"`
	}
	document, err := fs.ReadFile(profiles.FS, file)
	if err == nil {
		err = json.Unmarshal(document, &system)
	}
	if err != nil {
		panic(fmt.Sprintf("profiles: %s: %v", file, err)) // it is part of the program
	}
	set := make(codeSet, len(system.Concept))
	for _, c := range system.Concept {
		set[c.Code] = true
	}
	return set
}
