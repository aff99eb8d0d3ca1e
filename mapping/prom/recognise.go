package prom

import (
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
)

const loinc = "http://loinc.org"

// form is what is known about the form a response answers.
type form struct {
	canonical string
	declared  *Form       // a site's map, or nil
	own       *Instrument // set for our own Questionnaires
	// The Questionnaire at hand, or nil, and its items by linkId.
	questionnaire *fhir.Questionnaire
	items         map[string]*fhir.QuestionnaireItem
}

// found is what an item of a response turned out to be, and by which rung of
// the ladder.
type found struct {
	place
	via      string
	declared bool // by a site's map or our own form, so that bare numbers have a meaning
}

// formOf finds out which form a response answers.
func (s *scorer) formOf(response *fhir.QuestionnaireResponse) form {
	f := form{canonical: response.Questionnaire}
	if q := s.questionnaire(response); q != nil {
		f.questionnaire, f.items = q, make(map[string]*fhir.QuestionnaireItem)
		collect(q.Item, f.items)
		// A reference to a Questionnaire by its id or as contained resource says
		// the same as the canonical that Questionnaire bears.
		if url, _, _ := strings.Cut(f.canonical, "|"); q.URL != "" && url != q.URL {
			f.canonical = q.URL
			if q.Version != "" {
				f.canonical += "|" + q.Version
			}
		}
	}
	f.declared = s.config.Site.form(f.canonical)
	url, _, _ := strings.Cut(f.canonical, "|")
	if id, ok := strings.CutPrefix(url, mapping.CanonicalBase+"/Questionnaire/"); ok && f.declared == nil {
		f.own = ByID(id)
	}
	return f
}

// questionnaire is the Questionnaire of a response when it came along: of the
// same version when the response names one, and the only one of its URL when not.
func (s *scorer) questionnaire(response *fhir.QuestionnaireResponse) *fhir.Questionnaire {
	canonical := response.Questionnaire
	if canonical == "" {
		return nil
	}
	url, version, versioned := strings.Cut(canonical, "|")
	var match *fhir.Questionnaire
	for _, q := range s.questionnaires {
		if q.URL != url || versioned && q.Version != version {
			continue
		}
		if match != nil {
			return nil
		}
		match = q
	}
	if match == nil && !strings.Contains(canonical, "://") {
		// Not for an absolute URL: somebody else's Questionnaire may have the same id as ours.
		match, _ = s.chart.Resolve(response, fhir.Reference{Reference: canonical}).(*fhir.Questionnaire)
	}
	return match
}

func collect(items []fhir.QuestionnaireItem, into map[string]*fhir.QuestionnaireItem) {
	for k := range items {
		if _, twice := into[items[k].LinkID]; !twice {
			into[items[k].LinkID] = &items[k]
		}
		collect(items[k].Item, into)
	}
}

// find climbs down the ladder for one item: declared map or own form, LOINC code,
// the codes of the Questionnaire's item, registered text.
func (s *scorer) find(f *form, item *fhir.ResponseItem) (found, bool) {
	if f.declared != nil {
		if p, ok := places[f.declared.Items[item.LinkID]]; ok {
			return found{p, "declared map", true}, true
		}
	}
	if f.own != nil {
		if p, ok := ownPlace(f.own, item.LinkID); ok {
			return found{p, "linkId", true}, true
		}
	}
	if p, ok := byLOINC[loincOf(item)]; ok {
		return found{p, "LOINC", false}, true
	}
	question := f.items[item.LinkID]
	text := item.Text
	if question != nil {
		for _, c := range question.Code {
			if p, ok := byLOINC[c.Code]; ok && c.System == loinc {
				return found{p, "LOINC of the Questionnaire's item", false}, true
			}
		}
		for _, c := range question.Code {
			if p, ok := places[s.config.Site.Codes[c.System+"|"+c.Code]]; ok {
				return found{p, "code of the Questionnaire's item", false}, true
			}
		}
		if text == "" {
			text = question.Text
		}
	}
	if text != "" && len(s.config.Site.Texts) > 0 {
		if p, ok := places[s.config.Site.Texts[TextHash(text)]]; ok {
			return found{p, "registered text", false}, true
		}
	}
	return found{}, false
}

// ownPlace finds a linkId of our own Questionnaires. A stored score stands under
// "<instrument>.<score>", the bare name of the score, or what the table lists.
func ownPlace(own *Instrument, linkID string) (place, bool) {
	if p, ok := places[linkID]; ok {
		return p, true
	}
	for k := range own.Scales {
		scale := &own.Scales[k]
		if linkID == scale.Name {
			return place{own, -1, scale}, true
		}
		for _, stored := range scale.Stored {
			if linkID == stored {
				return place{own, -1, scale}, true
			}
		}
	}
	return place{}, false
}

// loincOf is the LOINC code a response's item carries itself: as its definition,
// or as the last step of a linkId that is a path of codes ("/82226-2/82227-0").
func loincOf(item *fhir.ResponseItem) string {
	if code, ok := strings.CutPrefix(item.Definition, loinc+"/"); ok {
		return code
	}
	if strings.HasPrefix(item.LinkID, "/") {
		return item.LinkID[strings.LastIndexByte(item.LinkID, '/')+1:]
	}
	return ""
}
