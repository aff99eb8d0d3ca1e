package web

import (
	"fmt"
	"strconv"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/validation/intake"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// judgement is the verdict on the centre or on a clinic, with the numbers behind it.
type judgement struct {
	Title     string
	Verdict   string
	Tone      advice.Tone
	Missing   []string
	Norms     []normRow
	Disagrees []centre.Disagreement
}

// normRow is one reading of a norm with what was counted.
type normRow struct {
	Norm    string
	Base    string
	Number  string
	Mark    string
	Tone    advice.Tone
	Decides bool
}

func newJudgement(j centre.Judgement, lang string) judgement {
	out := judgement{Verdict: advice.Name(string(j.Verdict), lang), Tone: advice.ToneOf(j.Verdict), Disagrees: j.Disagreements}
	if j.Clinic != "" {
		out.Title = fmt.Sprintf(word("clinicnorms", lang), name(j.Clinic, lang))
	}
	for _, m := range j.Missing {
		out.Missing = append(out.Missing, intake.Label(m.Fact, lang))
	}
	for _, n := range j.Norms {
		out.Norms = append(out.Norms, newNormRow(n, lang))
	}
	return out
}

// outcomeMarks are the outcomes of a norm.
var outcomeMarks = map[kleene.Outcome]struct {
	mark string
	tone advice.Tone
}{kleene.Met: {"✓", advice.Good}, kleene.NotMet: {"✗", advice.Bad}, kleene.Undecided: {"?", advice.Open}}

func newNormRow(n centre.Norm, lang string) normRow {
	title := n.Criterion
	if c, ok := standpunt.Find(n.Criterion); ok {
		title = c.Title.In(lang)
	}
	number := strconv.Itoa(n.Count)
	if n.Possible > 0 {
		number += "–" + strconv.Itoa(n.Count+n.Possible)
	}
	if n.Unrecorded {
		number = word("nodata", lang)
	}
	m := outcomeMarks[n.Outcome]
	return normRow{fmt.Sprintf("%s (≥ %d)", title, n.Least), centre.BaseWords(n.Base, lang), number, m.mark, m.tone, n.Decides}
}
