package profilecheck

import (
	"encoding/json"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// invariant says whether a value keeps to an invariant.
type invariant func(value any) bool

// invariants are those of the profiles by key. Their FHIRPath stands in the profiles.
var invariants = map[string]invariant{
	"pijnpoort-no-words":       noWords,
	"pijnpoort-own-extensions": ownExtensions,
	"pijnpoort-pseudonym":      text(regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`).MatchString),
	"pijnpoort-public":         func(v any) bool { return isPublic(member(v, "system")) },
	"pijnpoort-own-code": func(v any) bool {
		return slices.ContainsFunc(all(v, "coding"), func(c any) bool {
			return strings.HasPrefix(member(c, "system"), own("CodeSystem/")) || member(c, "code") == "unknown"
		})
	},
	"pijnpoort-measured": func(v any) bool { return withdrawn(v) || len(chosen(v, "value")) > 0 },
	"pijnpoort-scored": func(v any) bool {
		return withdrawn(v) || len(chosen(v, "value")) > 0 != (len(all(v, "dataAbsentReason")) > 0)
	},
	"pijnpoort-pain-scale": painScale,
	"pijnpoort-judged": func(v any) bool {
		return withdrawn(v) || hasExtension(v, own("StructureDefinition/verdict")) && hasExtension(v, own("StructureDefinition/phase"))
	},
	"pijnpoort-standpunt":    text(func(s string) bool { return strings.HasPrefix(s, own("PlanDefinition/standpunt-")) }),
	"pijnpoort-no-free-text": noFreeText,
	"pijnpoort-no-subject": func(v any) bool {
		return !anywhere(v, func(name string, _ any) bool { return name == "subject" || name == "subjectResults" })
	},
	"pijnpoort-one-patient": func(v any) bool {
		patients := 0
		for _, e := range all(v, "entry") {
			for _, r := range all(e, "resource") {
				if member(r, "resourceType") == "Patient" {
					patients++
				}
			}
		}
		return patients <= 1
	},
	"pijnpoort-claimed":  claimed,
	"pijnpoort-requests": requests,
	"pijnpoort-distinct": distinct,
	"pijnpoort-resolved": resolved,
}

// sidKey are the invariants on the systems of identifiers, one per type.
const sidKey = "pijnpoort-sid-"

// memberships are the invariants that ask whether the codes of a system of ours are in a
// ValueSet of ours.
var memberships = map[string]struct{ system, set string }{
	"pijnpoort-medication-group": {"CodeSystem/medication-group", "ValueSet/medication-group-values"},
}

// invariant is the invariant of a key; nil when it is not known.
func (c *Checker) invariant(key string) invariant {
	if m, ok := memberships[key]; ok {
		set := c.codes[own(m.set)]
		return func(v any) bool {
			return !slices.ContainsFunc(all(v, "coding"), func(coding any) bool {
				return member(coding, "system") == own(m.system) && !inSet(set, coding)
			})
		}
	}
	if kind, ok := strings.CutPrefix(key, sidKey); ok {
		keys := 1
		if kind == "patient" {
			keys = 2 // the recipient comes before the key
		}
		return func(v any) bool {
			return !slices.ContainsFunc(all(v, "identifier"), func(i any) bool {
				rest, ok := strings.CutPrefix(member(i, "system"), own("sid/"+kind+"/"))
				parts := strings.Split(rest, "/")
				return member(i, "system") != "" && (!ok || len(parts) != keys || slices.Contains(parts, ""))
			})
		}
	}
	return invariants[key]
}

// constrained checks the invariants of an element.
func (k *check) constrained(n *node, value any, path string) {
	for _, c := range n.element.Constraint {
		holds := k.invariant(c.Key)
		switch {
		case holds == nil:
			k.issues = append(k.issues, issue(fhir.SeverityInformation, "not-supported", path, c.Key+" is not checked here: "+c.Human))
		case !holds(value):
			k.fault("invariant", path, c.Key+": "+c.Human)
		}
	}
}

func own(what string) string { return mapping.CanonicalBase + "/" + what }

func text(holds func(string) bool) invariant {
	return func(v any) bool { s, ok := v.(string); return ok && holds(s) }
}

// all are the values of a member, one or several.
func all(value any, name string) []any {
	object, _ := value.(map[string]any)
	switch v := object[name].(type) {
	case nil:
		return nil
	case []any:
		return v
	default:
		return []any{v}
	}
}

// chosen are the values of a choice.
func chosen(value any, base string) []found {
	object, _ := value.(map[string]any)
	return values(object, base+"[x]", "")
}

func member(value any, name string) string {
	object, _ := value.(map[string]any)
	s, _ := object[name].(string)
	return s
}

func withdrawn(v any) bool { return member(v, "status") == "entered-in-error" }

// anywhere reports whether a member somewhere below a value is as asked.
func anywhere(value any, is func(name string, value any) bool) bool {
	switch value := value.(type) {
	case map[string]any:
		for name, v := range value {
			if is(name, v) || anywhere(v, is) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(value, func(v any) bool { return anywhere(v, is) })
	}
	return false
}

func noWords(v any) bool {
	return !anywhere(v, func(name string, _ any) bool { return name == "display" || name == "text" })
}

func ownExtensions(v any) bool {
	return !anywhere(v, func(name string, value any) bool {
		list, ok := value.([]any)
		return ok && name == "extension" && slices.ContainsFunc(list, func(e any) bool {
			url := member(e, "url")
			return !strings.HasPrefix(url, own("StructureDefinition/")) && url != "criterion" && url != "outcome" &&
				url != "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
		})
	})
}

func hasExtension(v any, url string) bool {
	return slices.ContainsFunc(all(v, "extension"), func(e any) bool { return member(e, "url") == url })
}

// publicSystems are the systems of others of which codes are sent.
var publicSystems = []string{
	"http://snomed.info/sct", "http://loinc.org", "http://www.whocc.no/atc", "http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/icd-10-nl",
	"http://hl7.org/fhir/sid/icpc-1-nl", "urn:oid:2.16.840.1.113883.2.4.4.1", "urn:oid:2.16.840.1.113883.2.4.4.7", "urn:oid:2.16.840.1.113883.2.4.4.10",
	"urn:oid:2.16.840.1.113883.2.4.3.27.15.5", "urn:oid:2.16.840.1.113883.2.4.3.120.5.1", "urn:oid:2.16.840.1.113883.2.4.3.120.5.2",
	"urn:oid:2.16.840.1.113883.2.4.3.120.5.3",
}

func isPublic(system string) bool {
	return strings.HasPrefix(system, own("CodeSystem/")) || strings.HasPrefix(system, "http://terminology.hl7.org/CodeSystem/") || slices.Contains(publicSystems, system)
}

// painScale: 0 to 10 points of the NRS, or 0 to 100 mm of the VAS.
func painScale(v any) bool {
	values := chosen(v, "value")
	if len(values) == 0 {
		return true
	}
	quantity, _ := values[0].value.(map[string]any)
	number, _ := quantity["value"].(json.Number)
	value, ok := new(big.Rat).SetString(number.String())
	if !ok || len(number) > 40 || strings.ContainsAny(number.String(), "eE") {
		return false
	}
	coded := func(code string) bool {
		return slices.ContainsFunc(all(v, "code"), func(c any) bool {
			return slices.ContainsFunc(all(c, "coding"), func(c any) bool { return member(c, "code") == code })
		})
	}
	within := func(most int64) bool { return value.Sign() >= 0 && value.Cmp(big.NewRat(most, 1)) <= 0 }
	unit := member(quantity, "code")
	return unit == "{score}" && within(10) && coded("pain-nrs") || unit == "mm" && within(100) && coded("pain-vas")
}

// noFreeText: answers are numbers, codes, dates, times, yes or no.
func noFreeText(v any) bool {
	return !anywhere(v, func(name string, value any) bool {
		list, ok := value.([]any)
		return ok && name == "answer" && slices.ContainsFunc(list, func(a any) bool {
			return slices.ContainsFunc(chosen(a, "value"), func(f found) bool {
				return !slices.Contains([]string{"Boolean", "Decimal", "Integer", "Date", "Time", "Coding"}, f.kind)
			})
		})
	})
}
