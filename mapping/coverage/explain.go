package coverage

import (
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// Status is what the terminology makes of a code.
type Status string

// The statuses. Only Mapped and ByName let a code count.
const (
	Unmapped   Status = "unmapped"   // means nothing
	Unverified Status = "unverified" // listed for a concept, but seen in no source: does not count
	Silenced   Status = "silenced"   // the site took its meaning away
	ByName     Status = "by-name"    // a medicine whose name tells what it is, its code does not
	Mapped     Status = "mapped"
)

// Statuses lists them, what needs work first.
var Statuses = []Status{Unmapped, Unverified, Silenced, ByName, Mapped}

// The rules by which a code means a concept, beside "below N02A", which names the
// tree, and "name OXYCODON".
const (
	ruleExact = "exact"
	ruleSite  = "site"
	ruleForm  = "form" // a code of our own forms, for which there is no concept
)

// gStandaard are the systems of the G-Standaard for products (GPK, HPK, article and
// PRK numbers), whose codes in a bare list must be those of medicines.
var gStandaard = map[string]bool{
	"urn:oid:2.16.840.1.113883.2.4.4.1":  true,
	"urn:oid:2.16.840.1.113883.2.4.4.7":  true,
	"urn:oid:2.16.840.1.113883.2.4.4.8":  true,
	"urn:oid:2.16.840.1.113883.2.4.4.10": true,
}

// explain fills in what the terminology makes of a code or text.
func explain(t *terminology.Terminology, c *Code) {
	if c.Text == "" {
		explainCode(t, c)
	} else if match := t.Match(&fhir.CodeableConcept{Text: c.Text}); !match.Empty() {
		c.Status, c.Rule, c.Concepts = Mapped, ruleSite, match.Concepts()
	}
	if c.Status == Unmapped && c.medicine {
		explainName(t, c)
	}
}

func explainCode(t *terminology.Terminology, c *Code) {
	list := listed()
	k := key{list.system(c.System), c.Code}
	c.medicine = c.medicine || gStandaard[k.system] || gStandaard["urn:oid:"+k.system]
	ours := terminology.Embedded().Concepts(c.System, c.Code)
	c.Concepts = slices.Clone(t.Concepts(c.System, c.Code))
	switch {
	case len(c.Concepts) == 0 && len(ours) > 0:
		c.Status = Silenced
	case len(c.Concepts) == 0 && c.System == mapping.IntakeSystem && list.forms[c.Code]:
		c.Status, c.Rule = Mapped, ruleForm
	case len(c.Concepts) == 0:
		explainUnverified(list, k, c)
	case !slices.Equal(c.Concepts, ours):
		c.Status, c.Rule = Mapped, ruleSite
	default:
		c.Status, c.Rule = Mapped, ruleExact
		if code, _ := list.above(k, false); code != "" && !list.exact[k] && bare(code) != bare(k.code) {
			c.Rule = "below " + code
		}
	}
}

func explainUnverified(list *listing, k key, c *Code) {
	concepts := list.unverified[k]
	if concepts == nil {
		_, concepts = list.above(k, true)
	}
	if concepts != nil {
		c.Status, c.Listed = Unverified, concepts
	}
}

func explainName(t *terminology.Terminology, c *Code) {
	named := fhir.CodeableConcept{Text: c.Text}
	if c.Text == "" {
		named.Coding = []fhir.Coding{{System: c.System, Code: c.Code, Display: c.Display}}
	}
	match := t.Medication(&named)
	if match.Empty() {
		return
	}
	c.Status, c.Concepts = ByName, match.Concepts()
	via, _ := match.Has(c.Concepts[0])
	c.Rule, _, _ = strings.Cut(via, " -> ")
}
