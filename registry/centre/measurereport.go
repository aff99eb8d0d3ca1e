package centre

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/centre/disclosure"
)

// The systems of codes in MeasureReports.
const (
	groupSystem      = mapping.CanonicalBase + "/CodeSystem/measure-group"
	stratifierSystem = mapping.CanonicalBase + "/CodeSystem/measure-stratifier"
	reportSystem     = mapping.CanonicalBase + "/sid/measure-report"
	reportProfile    = mapping.CanonicalBase + "/StructureDefinition/registry-measure-report|" + MeasureVersion
	absentSystem     = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
	currencySystem   = "urn:iso:std:iso:4217"
)

// strataSystems are the CodeSystems of strata that are codes; others are told as text.
var strataSystems = map[string]string{
	bySpecialty: mapping.IntakeSystem, byIndication: ours("indication"), byModality: ours("modality"), byKind: ours("procedure-kind"),
	byReason: ours("revision-reason"), byComplication: ours("complication"), byMoment: ours("prom-moment"),
	byAge: ours("band"), byBMI: ours("band"), byPain: ours("band"), byOpioids: ours("band"),
	bySex: "http://hl7.org/fhir/administrative-gender", bySeriousness: "http://terminology.hl7.org/CodeSystem/adverse-event-seriousness",
}

func ours(name string) string { return mapping.CanonicalBase + "/CodeSystem/" + name }

// improvements say which way a measure's score is better.
var improvements = map[string]string{
	"nm-textbook-outcome": "increase", "nm-prom-response": "increase", "nm-prom-change": "increase", "nm-data-completeness": "increase",
	"nm-revision": "decrease", "nm-removed": "decrease", "nm-adverse-event": "decrease",
}

// Reporting says how reports leave.
type Reporting struct {
	// Unmasked tells counts from 1 to 4 too, and devices as they were written down: for
	// reports that stay inside the centre.
	Unmasked bool
	// Makers of devices that may be named, besides those that are known (normalise.Centre).
	Makers []string
	// Profiled adds meta.profile.
	Profiled bool
	// Measures limits which; empty is all.
	Measures []string
}

// MeasureReports are the summary reports of the figures, one for each Measure, by id.
func MeasureReports(r *Report, how Reporting) ([]*encode.MeasureReport, error) {
	figures := r.Figures
	if !how.Unmasked {
		figures = outward(figures, how.Makers)
	}
	var list []*encode.MeasureReport
	for _, id := range measuresOf(figures) {
		if len(how.Measures) > 0 && !slices.Contains(how.Measures, id) {
			continue
		}
		report, err := r.summary(id, MeasureVersion, figures, how)
		if err != nil {
			return nil, err
		}
		list = append(list, report)
	}
	return list, nil
}

// measuresOf are the ids of the Measures of figures, in order.
func measuresOf(figures []Figure) []string {
	var ids []string
	for _, f := range figures {
		if !slices.Contains(ids, f.Measure) {
			ids = append(ids, f.Measure)
		}
	}
	slices.Sort(ids)
	return ids
}

// summary is the report of a Measure, of those of the figures that are its.
func (r *Report) summary(measure, version string, figures []Figure, how Reporting) (*encode.MeasureReport, error) {
	report, err := r.head(measure, version)
	if err != nil {
		return nil, err
	}
	report.Type = "summary"
	if how.Profiled {
		report.Profile = reportProfile
	}
	for i := range figures {
		if f := &figures[i]; f.Measure == measure {
			report.Groups = append(report.Groups, group(f, !how.Unmasked))
		}
	}
	return report, nil
}

// head is a report without groups. Its identifier is the same whenever the same is
// reported again, so that a corrected report takes the place of the first.
func (r *Report) head(measure, version string) (*encode.MeasureReport, error) {
	date := func(day string) fhir.DateTime {
		d, err := fhir.ParseDateTime(day)
		if err != nil {
			panic(err) // made here
		}
		return d
	}
	system, value, ok := strings.Cut(r.Identifier, "|")
	if !ok || value == "" || strings.ContainsAny(value, `|,$\`) { // which a search would take for its own
		return nil, fmt.Errorf(`centre: a report that leaves needs the centre's identifier ("system|value")`)
	}
	year := strconv.Itoa(r.Year)
	report := &encode.MeasureReport{
		Measure: mapping.CanonicalBase + "/Measure/" + measure + "|" + version,
		Date:    date(r.AsOf.String()), Reporter: fhir.Reference{Type: "Organization", Identifier: &fhir.Identifier{System: system, Value: value}},
		Period:      encode.Period{From: date(year + "-01-01"), Until: date(year + "-12-31")},
		Improvement: improvements[measure],
	}
	report.Identifiers = []encode.Identifier{{System: reportSystem, Value: strings.Join([]string{value, measure, version, year}, "/")}}
	return report, nil
}

// populations are the codes of the populations of a kind, with their counts, and how they
// are tied: what is left out is the rest, and the numerator is part of the denominator.
func populations(f *Figure, v *Value) []encode.MeasurePopulation {
	left := v.Initial - v.Denominator
	switch f.Kind {
	case Count:
		return []encode.MeasurePopulation{{Code: "initial-population", Count: v.Numerator}}
	case Distribution:
		return []encode.MeasurePopulation{{Code: "initial-population", Count: v.Initial}, {Code: "measure-population", Count: v.Denominator}, {Code: "measure-population-exclusion", Count: left}}
	case Rate:
		return []encode.MeasurePopulation{{Code: "initial-population", Count: v.Initial}, {Code: "denominator", Count: v.Days}, {Code: "numerator", Count: v.Numerator}}
	}
	return []encode.MeasurePopulation{{Code: "initial-population", Count: v.Initial}, {Code: "denominator", Count: v.Denominator},
		{Code: "denominator-exclusion", Count: left}, {Code: "numerator", Count: v.Numerator}}
}

// group is the group of a figure; masked withholds what must be.
func group(f *Figure, masked bool) encode.MeasureGroup {
	g := encode.MeasureGroup{Code: encode.Coding{System: groupSystem, Code: f.ID}, Populations: populations(f, &f.Value)}
	if f.ValueUnit == euro {
		g.ScoreSystem = currencySystem
	}
	for i := range f.Stratifiers {
		s := &f.Stratifiers[i]
		one := encode.MeasureStratifier{Code: encode.Coding{System: stratifierSystem, Code: s.Code}}
		for k := range s.Strata {
			one.Strata = append(one.Strata, encode.MeasureStratum{Value: stratumValue(s.Code, s.Strata[k].Code), Populations: populations(f, &s.Strata[k].Value)})
		}
		g.Stratifiers = append(g.Stratifiers, one)
	}
	if masked {
		mask(f, &g)
	}
	g.Score = score(f, &f.Value, g.Populations)
	for i := range g.Stratifiers {
		for k := range g.Stratifiers[i].Strata {
			stratum := &g.Stratifiers[i].Strata[k]
			stratum.Score = score(f, &f.Stratifiers[i].Strata[k].Value, stratum.Populations)
		}
	}
	return g
}

// mask withholds small counts of a group, and those from which they follow.
func mask(f *Figure, g *encode.MeasureGroup) {
	var table disclosure.Table
	put := func(list []encode.MeasurePopulation) []int {
		cells := make([]int, len(list))
		for i, p := range list {
			if p.Code == "denominator" && f.Kind == Rate { // days, not people
				cells[i] = -1
				continue
			}
			cells[i] = table.Cell(p.Count)
		}
		switch f.Kind {
		case Proportion:
			table.Sum(cells[0], cells[1], cells[2])
			table.Sum(cells[1], cells[3], table.Hidden(list[1].Count-list[3].Count))
		case Distribution:
			table.Sum(cells[0], cells[1], cells[2])
		}
		return cells
	}
	whole := put(g.Populations)
	strata := make([][][]int, len(g.Stratifiers))
	for i, s := range g.Stratifiers {
		for _, stratum := range s.Strata {
			strata[i] = append(strata[i], put(stratum.Populations))
		}
		for k, total := range whole {
			if total < 0 {
				continue
			}
			var parts []int
			for _, cells := range strata[i] {
				parts = append(parts, cells[k])
			}
			if len(parts) > 0 {
				table.Sum(total, parts...)
			}
		}
	}
	table.Mask()
	take := func(list []encode.MeasurePopulation, cells []int) {
		for i, cell := range cells {
			list[i].Masked = cell >= 0 && table.Masked(cell)
		}
	}
	take(g.Populations, whole)
	for i, s := range g.Stratifiers {
		for k, stratum := range s.Strata {
			take(stratum.Populations, strata[i][k])
		}
	}
}

// score is the score of a group or stratum; nil where there is none, or where a count
// behind it is withheld. A median of fewer than the smallest count that may be told tells
// of a person too.
func score(f *Figure, v *Value, list []encode.MeasurePopulation) *encode.Quantity {
	withheld := slices.ContainsFunc(list, func(p encode.MeasurePopulation) bool { return p.Masked })
	if v.Score == nil || withheld || f.Kind == Count {
		return nil
	}
	return &encode.Quantity{Value: encode.Decimal(strconv.FormatFloat(*v.Score, 'f', decimals[f.Kind], 64)), Code: f.ScoreUnit()}
}

// decimals are those of a score, by kind.
var decimals = map[Kind]int{Proportion: 4, Rate: 3, Distribution: 2}

// stratumValue is a stratum's code in its system, or as text.
func stratumValue(stratifier, code string) encode.Concept {
	system, coded := strataSystems[stratifier]
	switch {
	case code == Unknown && stratifier != bySex:
		return encode.Concept{Codings: []encode.Coding{{System: absentSystem, Code: "unknown"}}}
	case code == Several, !coded, code == "other-code":
		return encode.Concept{Text: code}
	}
	return encode.Concept{Codings: []encode.Coding{{System: system, Code: code}}}
}
