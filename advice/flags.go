package advice

import (
	"strings"

	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// flagKinds are the flags that end in the id of a criterion.
var flagKinds = map[string]standpunt.Text{
	"unknown":   {NL: "niet bekend: ", EN: "not known: "},
	"caution":   {NL: "let op: ", EN: "caution: "},
	"warning":   {NL: "waarschuwing: ", EN: "warning: "},
	"advisory":  {NL: "ter overweging: ", EN: "to consider: "},
	"agreement": {NL: "volgens de overeenkomst: ", EN: "by the agreement: "},
	"note":      {NL: "opmerking: ", EN: "note: "},
}

// flagNames are the flags that stand by themselves.
var flagNames = map[string]standpunt.Text{
	"explicit-negative":           {NL: "staat op de lijst van niet-vergoede zorg", EN: "is on the list of care that is not reimbursed"},
	"instrument-disagreement":     {NL: "NRS en VAS wijzen niet dezelfde kant op", EN: "NRS and VAS do not point the same way"},
	"text-anomaly:sfn-vas-40":     {NL: "het VAS-teken in het document is kennelijk omgekeerd; gelezen als hoogstens 40 mm", EN: "the VAS sign in the document is evidently reversed; read as at most 40 mm"},
	"not-listed":                  {NL: "staat op geen van beide lijsten van het standpunt", EN: "is on neither list of the standpunt"},
	"psychiatric-outcome-pending": {NL: "verwezen naar een psychiater; de uitkomst is nog niet bekend", EN: "referred to a psychiatrist; the outcome is not known yet"},
	"version":                     {NL: "beoordeeld volgens: ", EN: "judged by: "},
}

// flagDetails are the details that follow a criterion in a flag, or stand instead of one.
var flagDetails = map[string]standpunt.Text{
	"conversion-table":           {NL: "met een andere omrekentabel valt het oordeel anders uit", EN: "with another conversion table the outcome differs"},
	"weighted-score-daily-means": {NL: "het gemiddelde van de daggemiddelden valt anders uit dan dat van alle metingen", EN: "the mean of the daily means turns out differently from that of all readings"},
}

// Flag is a flag of a verdict in words.
func Flag(flag, lang string) string {
	if n, ok := flagNames[flag]; ok {
		return n.In(lang)
	}
	kind, rest, _ := strings.Cut(flag, ":")
	if kind == "version" {
		return flagNames[kind].In(lang) + Name(rest, lang)
	}
	if _, ok := flagKinds[kind]; !ok {
		return flag
	}
	id, detail, _ := strings.Cut(rest, ":")
	words := id
	if c, ok := standpunt.Find(id); ok {
		words = c.Title.In(lang)
	} else if d, ok := flagDetails[id]; ok {
		words = d.In(lang)
	}
	if d, ok := flagDetails[detail]; ok {
		words += ": " + d.In(lang)
	} else if detail != "" {
		words += " (" + detail + ")"
	}
	return flagKinds[kind].In(lang) + words
}
