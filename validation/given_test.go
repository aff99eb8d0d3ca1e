package validation

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// asOf is the day on which the tests judge, unless they say otherwise.
var asOf = mapping.NewDay(2025, 6, 16)

// given makes a record from words such as "birth-date=2007-06-16",
// "bmi=34..36" (an interval), "pregnancy=yes|no" (a contradiction) or
// "fbss.mechanism=neuropathic|nociceptive" (side by side). "for=fbss" is an
// indication, "score=intake nrs 5 days:4 a-day:2" a weighted score, "visit=2024-01-01
// nurse" a visit; "asOf=2024-01-01" the day.
func given(words ...string) *mapping.Record {
	r := &mapping.Record{AsOf: asOf}
	for _, list := range words {
		for _, word := range strings.Split(list, ";") {
			id, text, ok := strings.Cut(strings.TrimSpace(word), "=")
			if !ok {
				if id == "" {
					continue
				}
				panic("not fact=value: " + word)
			}
			for i, value := range strings.Split(text, "|") {
				evidence := mapping.Evidence{Resource: "Test/1", Path: fmt.Sprintf("%s[%d]", id, i), Value: value}
				give(r, id, value, evidence)
			}
		}
	}
	return r
}

func give(r *mapping.Record, id, value string, evidence mapping.Evidence) {
	switch id {
	case "for":
		r.AddIndication(value, "", evidence)
		return
	case "asOf":
		r.AsOf = dateOf(value).First
		return
	case "visit", "contact":
		date, role, _ := strings.Cut(value, " ")
		meeting := mapping.Meeting{Date: dateOf(date), Role: role, Evidence: evidence}
		if id == "visit" {
			r.Visits = append(r.Visits, meeting)
		} else {
			r.Contacts = append(r.Contacts, meeting)
		}
		return
	case "instrument":
		r.Instruments = append(r.Instruments, mapping.Instrument{Code: value, Evidence: evidence})
		return
	case "centre":
		r.Organization = value
		return
	case "score":
		var s mapping.PainScore
		var mean, site string
		s.Days, s.PerDay = 4, 2
		for i, word := range strings.Fields(value) {
			switch {
			case i == 0:
				s.Window = word
			case i == 1:
				s.Scale = mapping.Scale(word)
			case i == 2:
				mean = word
			case strings.HasPrefix(word, "days:"):
				fmt.Sscanf(word, "days:%d", &s.Days)
			case strings.HasPrefix(word, "a-day:"):
				fmt.Sscanf(word, "a-day:%d", &s.PerDay)
			default:
				site = word
			}
		}
		s.Readings = s.Days * s.PerDay
		s.Mean, _ = new(big.Rat).SetString(mean)
		s.DayMean, s.Site, s.Evidence = s.Mean, site, []mapping.Evidence{evidence}
		r.Pain = append(r.Pain, s)
		return
	}
	d, _, _ := mapping.DefinitionOf(id)
	if d == nil {
		panic("no such fact: " + id)
	}
	r.Add(id, valueOf(d, value, evidence))
}

func valueOf(d *mapping.Definition, text string, evidence mapping.Evidence) mapping.Value {
	switch d.Kind {
	case mapping.Truth:
		return mapping.BoolValue(text == "true", evidence)
	case mapping.Dated:
		return mapping.DateValue(dateOf(text), evidence)
	case mapping.Numeric:
		low, high, interval := strings.Cut(text, "..")
		if !interval {
			high = low
		}
		return mapping.NumberValue(mapping.Number{Low: ratOf(low), High: ratOf(high)}, evidence)
	case mapping.Text:
		return mapping.TextValue(text, evidence)
	}
	code, _, _ := strings.Cut(text, ":")
	if d.Codes != nil && !contains(d.Codes, code) {
		panic("no such code of " + d.ID + ": " + text)
	}
	return mapping.CodeValue(text, evidence)
}

func ratOf(s string) *big.Rat {
	if s == "" {
		return nil
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic("not a number: " + s)
	}
	return r
}

func dateOf(s string) mapping.Date {
	t, err := fhir.ParseDateTime(s)
	if err != nil {
		panic(err)
	}
	d, _ := mapping.DateOf(t)
	return d
}

// The records that meet everything, one per indication: the ground on which
// boundaries are tried.
var (
	generalMet = "modality=SCS; birth-date=1970-03-10; sex=male; pain-onset=2015-01-01; intake-nrs=7; substance-misuse=none; pregnancy=not-possible;" +
		"coagulation-disorder=false; anticoagulant=none; active-infection=false; life-expectancy-over-12=true; intake-questionnaire=completed;" +
		"proms=completed; bmi=27; opioid-med=20; psychiatric-disorder=none; team=anaesthesiologist-pain-specialist|clinical-psychologist|nurse-specialist;" +
		"last-resort=insufficient-effect"
	considerationsMet = func(indication string, treatments ...string) string {
		var b strings.Builder
		for _, t := range treatments {
			fmt.Fprintf(&b, ";%s.consideration.%s=tried", indication, t)
		}
		return b.String()
	}
	eligible = map[string]string{
		"fbss": "for=fbss; fbss.confirmed=true; fbss.predominant=leg; fbss.limb-pain-radicular=yes; fbss.mechanism=neuropathic; fbss.spine-surgeries=2;" +
			"fbss.surgically-untreatable=true; fbss.coanalgesic=pregabalin|amitriptyline;" + generalMet +
			considerationsMet("fbss", "cons-exercise", "cons-biopsychosocial", "minv-scar-injection", "minv-prf"),
		"fnss": "for=fnss; fnss.confirmed=true; fnss.predominant=arm; fnss.limb-pain-radicular=yes; fnss.mechanism=neuropathic; fnss.spine-surgeries=1;" +
			"fnss.spinal-cord-compression=false; fnss.coanalgesic=gabapentin|duloxetine;" + generalMet +
			considerationsMet("fnss", "cons-exercise", "cons-biopsychosocial", "minv-scar-injection", "minv-prf"),
		"crps": "for=crps; crps.confirmed=true; crps.crps-type=I; crps.iasp-criteria=met; crps.site=lower-limb; crps.predominant=leg; crps.crps-onset=2020-01-01;" +
			"crps.inflammation=false; crps.residual-state=false; crps.mechanism=nociplastic; crps.coanalgesic=pregabalin|nortriptyline;" + generalMet +
			considerationsMet("crps", "cons-exercise", "cons-antiinflammatory", "cons-vasodilator", "cons-spasmolytic", "cons-biopsychosocial"),
		"pdn": "for=pdn; pdn.confirmed=true; pdn.lower-limb-pain=true; pdn.diagnosed-by=internist; pdn.mechanism=neuropathic; pdn.coanalgesic=duloxetine;" + generalMet +
			considerationsMet("pdn", "cons-exercise", "cons-biopsychosocial"),
		"sfn": "for=sfn; sfn.confirmed=true; sfn.diagnosed-by=neurologist; sfn.limb-predominant=true; sfn.limb-nrs=7; sfn.elsewhere-nrs=2; sfn.mechanism=neuropathic;" +
			"sfn.coanalgesic=duloxetine|pregabalin;" + generalMet + considerationsMet("sfn", "cons-exercise", "cons-biopsychosocial"),
		"cch": "for=cch; cch.confirmed=true; cch.ichd3=chronic-cluster; cch.diagnosed-by=neurologist; cch.attacks-per-week=12; cch.mri-date=2024-01-01;" +
			"cch.mri-pathology=false; cch.medication-overuse=false; cch.vascular-lesion=false; cch.c2c3-surgery=false; cch.drug-outcome.verapamil=failed;" +
			"cch.drug-outcome.lithium=failed; cch.drug-outcome.topiramate=failed;" + strings.Replace(generalMet, "modality=SCS", "modality=ONS", 1) +
			considerationsMet("cch", "cons-biopsychosocial"),
	}
)

// but is the record that meets everything for an indication, with the facts
// named changed, or left out ("bmi=").
func but(indication string, words ...string) *mapping.Record {
	changes := map[string]bool{}
	for _, word := range strings.Split(strings.Join(words, ";"), ";") {
		id, _, _ := strings.Cut(strings.TrimSpace(word), "=")
		changes[id] = true
	}
	var kept []string
	for _, word := range strings.Split(eligible[indication], ";") {
		if id, _, _ := strings.Cut(strings.TrimSpace(word), "="); !changes[id] {
			kept = append(kept, word)
		}
	}
	for _, word := range strings.Split(strings.Join(words, ";"), ";") {
		if !strings.HasSuffix(strings.TrimSpace(word), "=") {
			kept = append(kept, word)
		}
	}
	return given(kept...)
}

// outcomeOf finds how a criterion turned out, in an indication or above them.
func outcomeOf(v *Verdict, indication, id string) (*Criterion, bool) {
	for i := range v.Indications {
		if v.Indications[i].Indication != indication {
			continue
		}
		for k := range v.Indications[i].Criteria {
			if v.Indications[i].Criteria[k].ID == id {
				return &v.Indications[i].Criteria[k], true
			}
		}
	}
	for k := range v.Criteria {
		if v.Criteria[k].ID == id {
			return &v.Criteria[k], true
		}
	}
	return nil, false
}
