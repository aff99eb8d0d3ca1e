package centre

import (
	"fmt"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// together says in words whether clinics work as one.
var together = map[string]standpunt.Text{
	"met":     {NL: "De klinieken werken onder een overeenkomst als één centrum; samen telt een patiënt één keer.", EN: "The clinics work as one centre under an agreement; together a patient counts once."},
	"not-met": {NL: "De klinieken werken niet onder een overeenkomst als één centrum: per kliniek geldt haar eigen oordeel.", EN: "The clinics do not work as one centre under an agreement: each has its own verdict."},
	"unknown": {NL: "Of de klinieken onder een overeenkomst als één centrum werken is niet opgegeven; alleen dan geldt het oordeel over beide samen.", EN: "Whether the clinics work as one centre under an agreement is not stated; only then does the verdict on all together hold."},
}

// TogetherWords says whether the clinics of a centre work as one; empty where there is one.
func (n *Norms) TogetherWords(lang string) string {
	if len(n.Clinics) == 0 {
		return ""
	}
	return together[n.Together.String()].In(lang)
}

func (p *page) norms() {
	n := &p.report.Norms
	p.section("Normen voor het centrum", "Norms for the centre")
	p.judgement(&n.Judgement)
	if words := n.TogetherWords(p.lang); words != "" {
		p.line("  %s", words)
	}
	for i := range n.Clinics {
		p.line(p.in("\nNormen voor kliniek %s alleen", "\nNorms for clinic %s by itself"), n.Clinics[i].Clinic)
		p.judgement(&n.Clinics[i])
	}
}

func (p *page) judgement(j *Judgement) {
	p.line("  %s (%s)", advice.Name(string(j.Verdict), p.lang), j.Standpunt)
	for _, norm := range j.Norms {
		mark := " "
		if norm.Decides {
			mark = "*"
		}
		criterion, _ := standpunt.Find(norm.Criterion)
		number := p.span(norm.Volume)
		if norm.Unrecorded {
			number = p.in("geen gegevens", "no data")
		}
		p.line("%s %s %s %s", mark, columns(advice.Name(norm.Outcome.String(), p.lang), 14), columns(number+" ≥ "+fmt.Sprint(norm.Least), 16),
			BaseWords(norm.Base, p.lang)+" · "+advice.Place(criterion.Source, p.lang))
	}
	p.line("  %s", p.in("* hierop rust het oordeel", "* the verdict rests on this"))
	for _, c := range j.Criteria {
		if len(c.Missing) > 0 {
			criterion, _ := standpunt.Find(c.ID)
			p.line("  ? %s", criterion.Title.In(p.lang))
		}
	}
	for _, d := range j.Disagreements {
		p.line("  ! "+p.in("opgave en telling verschillen (%s): %s opgegeven, %s geteld", "statement and count differ (%s): %s stated, %s counted"), d.Fact, d.Stated, d.Computed)
	}
}
