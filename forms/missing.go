package forms

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation"
)

// Missing makes the form that asks exactly what a verdict lacks, and a draft of
// the response to it, both as FHIR JSON in a language ("nl" or "en"; the other
// comes as a translation). Both are nil when nothing is missing.
//
// The form stands under a canonical of its own, made from what it asks, and is
// derived from the forms whose items it takes over. What the record holds for
// other items of those forms is shown too, read-only, as a copy that names its
// source, so that the mapping does not take it for a statement of its own. Of the
// patient the draft holds a reference and nothing that identifies further: no
// date of birth, no free text.
func Missing(v *validation.Verdict, r *mapping.Record, lang string) (questionnaire, response []byte, err error) {
	if len(v.Missing) == 0 {
		return nil, nil, nil
	}
	if lang != "en" {
		lang = "nl"
	}
	e := excerpt{record: r, lang: lang, asked: make(map[string]bool)}
	for _, m := range v.Missing {
		for _, fact := range factsFor(m.Fact) {
			e.asked[fact] = false
		}
	}
	q, err := e.questionnaire(v.Phase)
	if err != nil {
		return nil, nil, err
	}
	if questionnaire, err = encode.JSON(q); err != nil {
		return nil, nil, err
	}
	response, err = encode.JSON(&encode.QuestionnaireResponse{
		Questionnaire: q.URL, Status: "in-progress", Subject: subject(r), Items: e.draft(q.Items),
	})
	return questionnaire, response, err
}

// factsFor are the facts that a form asks for a name that a verdict uses.
func factsFor(fact string) []string {
	if fact == "pain-intensity" {
		return []string{"intake-nrs", "intake-vas"}
	}
	return []string{fact}
}

// excerpt is the work on one form of what is missing.
type excerpt struct {
	record *mapping.Record
	lang   string
	// asked holds the facts to ask, and whether an item for it was found.
	asked map[string]bool
}

func (e *excerpt) questionnaire(phase validation.Phase) (*encode.Questionnaire, error) {
	q := &encode.Questionnaire{Version: version, Name: "NeuromodulatieAanvulling", Language: e.lang, Title: supplementTitle,
		Description: supplementDescription, Publisher: publisher}
	var first *form
	for i := range forms {
		f := &forms[i]
		if (phase == validation.Centre) != (f.section == mapping.SectionCentre) {
			continue // a statement of the centre is not about a patient
		}
		items, asks := e.excerpt(f.items(), true)
		if !asks {
			continue
		}
		if first == nil {
			first = f
		}
		q.DerivedFrom = append(q.DerivedFrom, f.canonical())
		q.Items = append(q.Items, items...)
	}
	for fact, found := range e.asked {
		if !found {
			return nil, fmt.Errorf("forms: no form asks %q", fact)
		}
	}
	keepConditions(q.Items, questionsIn(q.Items))
	q.Subject = first.subject
	q.URL = first.section.Supplement(key(q.Items, e.lang))
	q.ID = q.URL[strings.LastIndex(q.URL, "/")+1:]
	return q, nil
}

var (
	supplementTitle       = both("Neuromodulatie: ontbrekende gegevens", "Neuromodulation: missing data")
	supplementDescription = both("Vraagt wat nog ontbreekt voor een oordeel. Wat al bekend is, staat erbij ter informatie.",
		"Asks what is still missing for a verdict. What is known already is shown for information.")
)

// excerpt keeps of a level of items those that are asked and then, where known is
// set or something is asked, those whose answer is known; asks tells whether any
// is asked.
func (e *excerpt) excerpt(items []encode.Item, known bool) (kept []encode.Item, asks bool) {
	var shown []encode.Item
	for _, item := range items {
		fact := factOf(item.LinkID)
		_, wanted := e.asked[fact]
		switch {
		case wanted:
			e.asked[fact] = true
			kept = append(kept, item)
		case item.Type == "group":
			if part, ok := e.excerpt(item.Items, false); ok {
				item.Items = part
				kept = append(kept, item)
			}
		case len(e.known(&item)) > 0:
			item.ReadOnly, item.EnableWhen = true, nil
			shown = append(shown, item)
		}
	}
	if len(kept) == 0 && !known {
		return nil, false
	}
	return append(kept, shown...), len(kept) > 0
}

// questionsIn are the items that a form asks, also inside groups.
func questionsIn(items []encode.Item) []string {
	var ids []string
	for i := range items {
		if !items[i].ReadOnly {
			ids = append(ids, items[i].LinkID)
		}
		ids = append(ids, questionsIn(items[i].Items)...)
	}
	return ids
}

// keepConditions drops the conditions on what the form does not ask: that is
// known, or was not needed to find the item missing.
func keepConditions(items []encode.Item, asked []string) {
	for i := range items {
		it := &items[i]
		it.EnableWhen = slices.DeleteFunc(it.EnableWhen, func(c encode.Condition) bool { return !slices.Contains(asked, c.Question) })
		keepConditions(it.Items, asked)
	}
}

// key tells forms apart that ask or show other items, or in another language.
func key(items []encode.Item, lang string) string {
	hash := sha256.New()
	fmt.Fprintln(hash, version, lang)
	var list func([]encode.Item)
	list = func(items []encode.Item) {
		for i := range items {
			fmt.Fprintln(hash, items[i].LinkID, items[i].ReadOnly)
			list(items[i].Items)
		}
	}
	list(items)
	return hex.EncodeToString(hash.Sum(nil)[:8])
}
