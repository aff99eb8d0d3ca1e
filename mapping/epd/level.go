package epd

import (
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// Pain after spine surgery is FBSS when the surgery was lumbar and FNSS when it
// was cervical. The codes in use (M96.1, 27151001) do not say which; then a second
// source must, and where none does, or sources disagree, neither is assumed.

// componentLevels says which level a diagnosis beside it speaks for.
var componentLevels = map[terminology.Concept]string{
	"dx-fbss-leg-component":    "fbss",
	"dx-pain-lower-limb":       "fbss",
	"dx-fnss-arm-component":    "fnss",
	"dx-pain-upper-limb":       "fnss",
	"gen-body-site-lower-limb": "fbss",
	"gen-body-site-upper-limb": "fnss",
	"gen-body-site-neck":       "fnss",
}

// levels is what speaks for a level of the spine.
type levels struct{ support []support }

type support struct {
	level    string // fbss, fnss
	entry    *entry
	evidence mapping.Evidence
}

func (l *levels) add(level string, e *entry, evidence mapping.Evidence) {
	l.support = append(l.support, support{level, e, evidence})
}

// unstatedLevel is a condition whose level has to come from elsewhere.
type unstatedLevel struct {
	entry     *entry
	condition *fhir.Condition
	state     state
	evidence  mapping.Evidence
	level     string // once settled
}

func (m *mapper) levelUnknown(e *entry, c *fhir.Condition, s state, f *finding) {
	switch {
	case s.certainty == refuted:
		e.ignore("verificationStatus", "refuted")
	case s.activity == inactive:
		e.ignore("clinicalStatus", "no longer active")
	default:
		m.levelless = append(m.levelless, unstatedLevel{entry: e, condition: c, state: s, evidence: e.tells("code", f, s.date)})
	}
}

func (m *mapper) settleLevels() {
	if len(m.levelless) == 0 {
		return
	}
	for _, indication := range m.record.Indications {
		if (indication.Code == "fbss" || indication.Code == "fnss") && len(indication.Evidence) > 0 {
			m.components.add(indication.Code, nil, indication.Evidence[0])
		}
	}
	for _, s := range m.surgeries {
		m.components.add(s.level, s.entry, s.evidence)
	}
	for i := range m.levelless {
		m.settleLevel(&m.levelless[i])
	}
}

func (m *mapper) settleLevel(u *unstatedLevel) {
	own := levels{support: append([]support(nil), m.components.support...)}
	for i := range u.condition.BodySite {
		for _, f := range m.find(&u.condition.BodySite[i]) {
			if level, ok := componentLevels[f.concept]; ok {
				own.add(level, nil, u.entry.tells(indexed("bodySite", i), &f, ""))
			}
		}
	}
	level, agreed := "", true
	for _, s := range own.support {
		agreed = agreed && (level == "" || level == s.level)
		level = s.level
	}
	if level == "" || !agreed {
		m.issue(u.entry, fhir.SeverityWarning, "value", "code",
			"level not stated: pain after lumbar surgery (FBSS) or after cervical surgery (FNSS)")
		u.entry.ignore("code", "level of the spine not stated")
		return
	}
	u.level = level
	evidence := []mapping.Evidence{u.evidence}
	for _, s := range own.support {
		evidence = append(evidence, s.evidence)
		if s.entry != nil {
			s.entry.used = true
		}
	}
	m.meanOnce(u.entry, level, evidence)
	if u.state.certainty == confirmed {
		m.onset(u.entry, u.condition, level)
		m.add(u.entry, level+".confirmed", mapping.BoolValue(true, evidence...))
	}
}
