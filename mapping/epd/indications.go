package epd

import (
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// indicationRule says which indication a diagnosis means.
type indicationRule struct {
	code string
	// suspected is set when the code alone leaves open whether it is the
	// indication: it is then meant, and never confirmed.
	suspected bool
	// whole is set when the code stands for the indication as such, so that its
	// refutation denies the indication.
	whole bool
	// painless is set when the code does not say that there is pain: its onset is not that of pain.
	painless bool
	limb     limbs
	fact     string // a fact of the indication that the code states as well
	value    string
}

var indicationRules = map[terminology.Concept]indicationRule{
	"dx-fbss":                                {code: "fbss", whole: true},
	"dx-fnss":                                {code: "fnss", whole: true},
	"dx-crps":                                {code: "crps", whole: true},
	"dx-crps1":                               {code: "crps", fact: "crps-type", value: "I"},
	"dx-crps2":                               {code: "crps", fact: "crps-type", value: "II"},
	"dx-crps-lower-limb":                     {code: "crps", limb: limbs{lower: true}},
	"dx-crps-upper-limb":                     {code: "crps", limb: limbs{upper: true}},
	"dx-painful-diabetic-polyneuropathy":     {code: "pdn", whole: true},
	"dx-acute-painful-diabetic-neuropathy":   {code: "pdn"},
	"dx-diabetic-neuropathy-pain-not-stated": {code: "pdn", suspected: true, painless: true},
	"dx-small-fibre-neuropathy":              {code: "sfn", whole: true},
	"dx-cluster-headache-chronic":            {code: "cch", whole: true, fact: "ichd3", value: "chronic-cluster"},
	"dx-cluster-headache-any":                {code: "cch", suspected: true},
	"excl-postherpetic-neuralgia":            {code: "phn", whole: true},
	"excl-nerve-injury-mononeuropathy":       {code: "nerve-injury-neuropathy"},
	"excl-plexus-lesion":                     {code: "nerve-injury-neuropathy"},
	"excl-refractory-angina":                 {code: "angina", whole: true},
	"excl-peripheral-arterial-disease":       {code: "pad", whole: true},
}

// indication takes from a diagnosis that an indication is meant and, where it is
// confirmed, all that the diagnosis says about it.
func (m *mapper) indication(e *entry, c *fhir.Condition, s state, f *finding, rule indicationRule) {
	if s.certainty == refuted {
		if rule.whole {
			m.pend(e, "confirmed", mapping.BoolValue(false, e.tells("code", f, s.date)), rule.code)
		}
		e.ignore("verificationStatus", "refuted")
		return
	}
	if s.activity == inactive {
		e.ignore("clinicalStatus", "no longer active")
		return
	}
	evidence := e.tells("code", f, s.date)
	m.mean(e, rule.code, "", evidence)
	if s.certainty != confirmed {
		return
	}
	if !rule.painless {
		m.onset(e, c, rule.code)
	}
	if rule.suspected {
		return
	}
	m.add(e, rule.code+".confirmed", mapping.BoolValue(true, evidence))
	if rule.fact != "" {
		m.add(e, rule.code+"."+rule.fact, mapping.CodeValue(rule.value, evidence))
	}
	m.diagnosedBy(e, c, rule.code)
	m.bodySites(e, c, rule, evidence)
}

// limbs are the limbs in which pain is recorded.
type limbs struct {
	lower, upper bool
	evidence     []mapping.Evidence
}

// bodySites takes the limb of CRPS from its code or body site, and that of
// diabetic neuropathy from its body site.
func (m *mapper) bodySites(e *entry, c *fhir.Condition, rule indicationRule, evidence mapping.Evidence) {
	if rule.code != "crps" && rule.code != "pdn" {
		return
	}
	if rule.limb.lower || rule.limb.upper {
		m.limb(e, rule.code, rule.limb, evidence)
	}
	for i := range c.BodySite {
		found := m.find(&c.BodySite[i])
		if len(found) == 0 {
			m.unmapped(e, indexed("bodySite", i), &c.BodySite[i])
		}
		for j := range found {
			f := &found[j]
			at := limbs{lower: f.concept == "gen-body-site-lower-limb", upper: f.concept == "gen-body-site-upper-limb"}
			if at.lower || at.upper {
				m.limb(e, rule.code, at, e.tells(indexed("bodySite", i), f, ""))
			}
		}
	}
}

func (m *mapper) limb(e *entry, indication string, at limbs, evidence mapping.Evidence) {
	if indication == "pdn" {
		if at.lower {
			m.add(e, "pdn.lower-limb-pain", mapping.BoolValue(true, evidence))
		}
		return
	}
	m.sites.lower = m.sites.lower || at.lower
	m.sites.upper = m.sites.upper || at.upper
	m.sites.evidence = append(m.sites.evidence, evidence)
}

// settleSites states where the CRPS is; recorded in a lower and an upper limb it is in both.
func (m *mapper) settleSites() {
	site := "both"
	switch {
	case !m.sites.lower && !m.sites.upper:
		return
	case !m.sites.upper:
		site = "lower-limb"
	case !m.sites.lower:
		site = "upper-limb"
	}
	m.record.Add("crps.site", mapping.CodeValue(site, m.sites.evidence...))
}
