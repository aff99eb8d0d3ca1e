package centre

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// page writes a report as text.
type page struct {
	strings.Builder
	report *Report
	lang   string
}

func (p *page) in(nl, en string) string { return standpunt.Text{NL: nl, EN: en}.In(p.lang) }

func (p *page) line(format string, values ...any) {
	p.WriteString(strings.TrimRight(fmt.Sprintf(format, values...), " ") + "\n")
}

func (p *page) section(nl, en string) { p.line("\n%s", p.in(nl, en)) }

// columns pads to a width; what is longer is kept whole.
func columns(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-utf8.RuneCountInString(s)))
}

// WriteText writes a report for people, in Dutch ("nl") or English ("en"): each figure with
// its numerator, its denominator and what is missing.
func WriteText(w io.Writer, r *Report, lang string) error {
	p := &page{report: r, lang: lang}
	p.heading()
	p.norms()
	p.production()
	for _, s := range sections {
		p.figures(s)
	}
	p.curves()
	p.courses()
	p.benchmark()
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) heading() {
	r := p.report
	p.line(p.in("Jaarverslag neuromodulatie %d", "Annual report on neuromodulation %d"), r.Year)
	p.line(p.in("%s · peildatum %s · %d patiënten, %d ingrepen; %d patiënten doen niet mee", "%s · as of %s · %d patients, %d procedures; %d patients opted out"),
		r.Centre, r.AsOf, r.Received.Counted, r.Received.Procedures, r.Received.OptedOut)
	if r.Running {
		p.line("%s", p.in("Het jaar is nog niet voorbij.", "The year has not ended yet."))
	}
}

// span is a count as "23" or "23..25".
func (p *page) span(v Volume) string {
	if v.Possible == 0 {
		return fmt.Sprint(v.Count)
	}
	return fmt.Sprintf("%d..%d", v.Count, v.Count+v.Possible)
}

func (p *page) production() {
	p.section("Aantallen per jaar", "Numbers per year")
	byBase := map[Base][]string{}
	var years []string
	for _, v := range p.report.Volumes {
		if v.Clinic != "" {
			continue
		}
		if v.Base == bases[0].Base {
			years = append(years, columns(fmt.Sprint(v.Year), 11))
		}
		byBase[v.Base] = append(byBase[v.Base], columns(p.span(v), 11))
	}
	p.line("  %s", strings.Join(years, ""))
	for _, b := range bases {
		p.line("  %s%s", strings.Join(byBase[b.Base], ""), b.Words.In(p.lang))
	}
}

// sections are the parts of the report, by Measure.
var sections = []struct {
	title    standpunt.Text
	measures []string
	strata   []string // stratifiers that are shown; the others are in JSON and CSV
}{
	{standpunt.Text{NL: "Niet meegeteld voor de norm van twintig", EN: "Left out of the norm of twenty"}, []string{"nm-volume-n20"}, nil},
	{standpunt.Text{NL: "Indicaties, ingrepen en materiaal", EN: "Indications, procedures and material"}, []string{"nm-indication"}, []string{byIndication, byKind, byClinic, bySpecialty, byManufacturer, byModel}},
	{standpunt.Text{NL: "Proef en definitieve plaatsing", EN: "Trial and definitive placement"}, []string{"nm-trial-conversion", "nm-allinone"}, []string{byClinic, bySpecialty, byIndication}},
	{standpunt.Text{NL: "Revisies", EN: "Revisions"}, []string{"nm-revision"}, []string{byClinic, byReason, byMonths}},
	{standpunt.Text{NL: "Batterijen", EN: "Generators"}, []string{"nm-battery"}, []string{byClinic, byReason}},
	{standpunt.Text{NL: "Ongewenste voorvallen (onderregistratie is de regel; zie de volledigheid)", EN: "Adverse events (under-registration is the rule; see completeness)"}, []string{"nm-adverse-event"}, []string{byComplication, bySeriousness}},
	{standpunt.Text{NL: "Verwijderde systemen", EN: "Removed systems"}, []string{"nm-removed"}, []string{byClinic, byReason, byMonths}},
	{standpunt.Text{NL: "Patiëntkenmerken (comorbiditeit wordt niet vastgelegd)", EN: "Patient characteristics (comorbidity is not recorded)"}, []string{"nm-characteristics"}, []string{byAge, bySex, byBMI, byPain, byOpioids}},
	{standpunt.Text{NL: "Kosten in euro", EN: "Costs in euro"}, []string{"nm-cost"}, []string{byClinic}},
	{standpunt.Text{NL: "Textbook Outcome", EN: "Textbook Outcome"}, []string{"nm-textbook-outcome"}, []string{bySpecialty, byComponent}},
	{standpunt.Text{NL: "Vragenlijsten", EN: "Questionnaires"}, []string{"nm-prom-response"}, []string{byMoment, byInstrument}},
	{standpunt.Text{NL: "Verandering sinds de uitgangswaarde", EN: "Change since baseline"}, []string{"nm-prom-change"}, []string{byMoment, byIndication}},
	{standpunt.Text{NL: "Volledigheid van de gegevens", EN: "Completeness of the data"}, []string{"nm-data-completeness"}, []string{byElement}},
}

func (p *page) figures(s struct {
	title    standpunt.Text
	measures []string
	strata   []string
}) {
	p.line("\n%s", s.title.In(p.lang))
	for _, measure := range s.measures {
		if d := p.report.Definition; measure == "nm-textbook-outcome" {
			p.line("  %s · %s %s", d.Title.In(p.lang), p.in("versie", "version"), d.Version)
		}
		for i := range p.report.Figures {
			f := &p.report.Figures[i]
			if f.Measure != measure || f.Initial == 0 || isBase(f.ID) {
				continue
			}
			p.line("  %s", f.Title.In(p.lang))
			p.line("    %s", p.value(f, &f.Value))
			for _, code := range s.strata {
				p.strata(f, code)
			}
		}
	}
}

func isBase(id string) bool {
	for _, b := range bases {
		if string(b.Base) == id {
			return true
		}
	}
	return false
}

func (p *page) strata(f *Figure, code string) {
	for _, s := range f.Stratifiers {
		if s.Code != code || len(s.Strata) == 0 {
			continue
		}
		p.line("    %s", Words(code, p.lang))
		for i := range s.Strata {
			p.line("      %s %s", columns(Words(s.Strata[i].Code, p.lang), 32), p.value(f, &s.Strata[i].Value))
		}
	}
}

// value is a number with what is behind it.
func (p *page) value(f *Figure, v *Value) string {
	var s string
	switch {
	case f.Kind == Count:
		s = fmt.Sprint(v.Numerator)
	case v.Score == nil:
		s = p.in("geen", "none")
	case f.Kind == Proportion:
		s = fmt.Sprintf("%.1f %% (%d/%d; %.1f-%.1f)", 100**v.Score, v.Numerator, v.Denominator, 100*v.Interval.Low, 100*v.Interval.High)
	case f.Kind == Rate:
		s = fmt.Sprintf(p.in("%.1f per 100 jaar (%d in %.0f jaar; %.1f-%.1f)", "%.1f per 100 years (%d in %.0f years; %.1f-%.1f)"),
			*v.Score, v.Numerator, float64(v.Days)/daysOfYear, v.Interval.Low, v.Interval.High)
	default:
		s = fmt.Sprintf(p.in("mediaan %.4g (%.4g-%.4g), gemiddeld %.4g, n %d", "median %.4g (%.4g-%.4g), mean %.4g, n %d"), *v.Score, v.Spread.Low, v.Spread.High, v.Spread.Mean, v.Denominator)
		if f.ValueUnit == euro {
			s = fmt.Sprintf(p.in("mediaan %.2f (%.2f-%.2f), gemiddeld %.2f, samen %.2f, n %d", "median %.2f (%.2f-%.2f), mean %.2f, in all %.2f, n %d"), *v.Score, v.Spread.Low, v.Spread.High, v.Spread.Mean, v.Spread.Sum, v.Denominator)
		}
	}
	if v.Missing > 0 {
		s += fmt.Sprintf(p.in("; ontbrekend %d (%s)", "; missing %d (%s)"), v.Missing, reasons(v.Why, p.lang))
	}
	if left := total(v.Excluded); left > 0 {
		s += fmt.Sprintf(p.in("; niet meegerekend %d (%s)", "; left out %d (%s)"), left, reasons(v.Excluded, p.lang))
	}
	return s
}
