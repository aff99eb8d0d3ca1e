package web

import (
	"fmt"
	"html/template"
	"math"
	"slices"

	"github.com/pijnpoort/pijnpoort/mapping/prom"
	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/web/plots"
)

// figure is a plot that can be drawn; empty when there is nothing to draw.
type figure interface{ SVG() (string, error) }

// drawings are the plots of the report, by the part of the page where they stand.
func drawings(r *centre.Report, lang string) (map[string][]drawing, error) {
	out := map[string][]drawing{}
	var failed error
	add := func(place, caption string, f figure) {
		svg, err := f.SVG()
		if err != nil && failed == nil {
			failed = fmt.Errorf("%s: %w", place, err)
		}
		if svg != "" {
			out[place] = append(out[place], drawing{template.HTML(svg), caption}) // made by plots, with texts escaped
		}
	}
	add("production", word("production", lang)+". "+word("possiblecaption", lang), production(r, lang))
	if len(r.Clinics) > 1 {
		add("production", word("perclinic", lang), perClinic(r, lang))
	}
	for _, v := range r.Variation {
		if len(v.Points) > 1 && v.Target > 0 {
			title := v.Title.In(lang) + ", " + name(v.Stratifier, lang)
			add("variation", title+". "+word("funnelcaption", lang), funnel(v, title, lang))
		}
	}
	for _, scale := range scales(r) {
		add("courses", scale.caption(lang), scale.plot(r, lang))
	}
	add("survival", word("survivalcaption", lang), survival(r, lang))
	add("completeness", word("completenesscaption", lang), shares(r, "nm-data-completeness", "completeness", "element", lang))
	add("response", word("responsecaption", lang), shares(r, "nm-prom-response", "prom-response", "prom-moment", lang))
	return out, failed
}

// production are the volumes that the norms rest on, over the years.
func production(r *centre.Report, lang string) plots.Bars {
	bars := plots.Bars{Name: word("production", lang), Y: word("patients", lang), Range: word("possibly", lang)}
	years := yearsOf(r)
	for _, n := range r.Norms.Norms {
		if !n.Decides {
			continue
		}
		short := word(n.Criterion, lang)
		counts := plots.Counts{Name: short}
		for _, y := range years {
			counts = added(counts, r.Volume(y, "", n.Base))
		}
		bars.Series = append(bars.Series, counts)
		bars.Norms = append(bars.Norms, plots.Norm{Name: fmt.Sprintf(word("normof", lang), n.Least) + ", " + short, Value: float64(n.Least)})
	}
	bars.Labels = labels(years)
	return bars
}

// perClinic is the volume of the norm of twenty in each clinic and in the centre.
func perClinic(r *centre.Report, lang string) plots.Bars {
	bars := plots.Bars{Name: word("perclinic", lang), Y: word("patients", lang), Range: word("possibly", lang), Labels: labels(yearsOf(r))}
	for _, clinic := range append(slices.Clone(r.Clinics), "") {
		counts := plots.Counts{Name: name(clinic, lang)}
		if clinic == "" {
			counts.Name = word("together", lang)
		}
		for _, y := range yearsOf(r) {
			counts = added(counts, r.Volume(y, clinic, centre.Operative))
		}
		bars.Series = append(bars.Series, counts)
	}
	bars.Norms = []plots.Norm{{Name: fmt.Sprintf(word("normof", lang), 20), Value: 20}}
	return bars
}

// added are counts with those of one year more: what is certain, and what is possible on top.
func added(counts plots.Counts, v centre.Volume) plots.Counts {
	counts.Values, counts.Possible = append(counts.Values, float64(v.Count)), append(counts.Possible, float64(v.Possible))
	return counts
}

func yearsOf(r *centre.Report) []int {
	var years []int
	for _, v := range r.Volumes {
		if !slices.Contains(years, v.Year) {
			years = append(years, v.Year)
		}
	}
	slices.Sort(years)
	return years
}

func labels(years []int) []string {
	out := make([]string, len(years))
	for i, y := range years {
		out[i] = fmt.Sprint(y)
	}
	return out
}

func funnel(v centre.Variation, title, lang string) plots.Funnel {
	f := plots.Funnel{Name: title, X: word("size", lang), Y: word("share", lang), Overall: v.Target}
	for _, p := range v.Points {
		f.Groups = append(f.Groups, plots.Group{Label: name(p.Code, lang), N: p.Denominator, Rate: p.Rate})
	}
	at95, at998 := plots.Limits{Name: "95%"}, plots.Limits{Name: "99,8%"}
	for _, l := range v.Limits {
		at95.N, at95.Low, at95.High = append(at95.N, l.N), append(at95.Low, l.At95.Low), append(at95.High, l.At95.High)
		at998.N, at998.Low, at998.High = append(at998.N, l.N), append(at998.Low, l.At998.Low), append(at998.High, l.At998.High)
	}
	if len(v.Limits) > 0 {
		f.Limits = []plots.Limits{at95, at998}
	}
	return f
}

// scale is a score of a questionnaire.
type scale struct{ instrument, scale, unit, better string }

func (s scale) caption(lang string) string {
	return s.title() + " (" + s.units(lang) + "). " + word(s.better+"better", lang) + " " + word("intervalcaption", lang)
}

// units is the unit in words.
func (s scale) units(lang string) string {
	if s.unit == "{score}" {
		return word("points", lang)
	}
	return s.unit
}

// title names the questionnaire and the score.
func (s scale) title() string {
	for _, i := range prom.Instruments {
		for _, known := range i.Scales {
			if i.ID == s.instrument && known.Name == s.scale {
				return i.Title + ", " + known.Name
			}
		}
	}
	return s.instrument + " " + s.scale
}

// scales are those with a course, in the order of the report.
func scales(r *centre.Report) []scale {
	var list []scale
	for _, c := range r.Courses {
		if s := (scale{c.Instrument, c.Scale, c.Unit, c.Better}); c.Indication == "" && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// shownIndications is how many indications a plot of courses tells apart; smallest is how many
// patients a mean must rest on to be drawn.
const (
	shownIndications = 4
	smallest         = 5
)

// plot draws the course of all, and of the indications with most patients.
func (s scale) plot(r *centre.Report, lang string) plots.Courses {
	out := plots.Courses{Name: s.title(), Y: s.units(lang)}
	var own []centre.Course
	for _, c := range r.Courses {
		if c.Instrument == s.instrument && c.Scale == s.scale {
			own = append(own, c)
			for _, m := range c.Moments {
				if label := name(m.Moment, lang); m.N >= smallest && !slices.Contains(out.Moments, label) {
					out.Moments = append(out.Moments, label)
				}
			}
		}
	}
	first := func(c centre.Course) int {
		if c.Indication == "" || len(c.Moments) == 0 {
			return math.MaxInt
		}
		return c.Moments[0].N
	}
	slices.SortStableFunc(own, func(a, b centre.Course) int { return first(b) - first(a) })
	for _, c := range own[:min(len(own), shownIndications+1)] {
		of := word("all", lang)
		if c.Indication != "" {
			of = name(c.Indication, lang)
		}
		if line, ok := courseLine(c, of, out.Moments, lang); ok {
			out.Lines = append(out.Lines, line)
		}
	}
	return out
}

func courseLine(c centre.Course, of string, moments []string, lang string) (line plots.Course, ok bool) {
	line = plots.Course{Name: of}
	for range moments {
		line.Mean, line.Low, line.High = append(line.Mean, math.NaN()), append(line.Low, 0), append(line.High, 0)
	}
	for _, m := range c.Moments {
		at := slices.Index(moments, name(m.Moment, lang))
		if at < 0 || m.N < smallest {
			continue
		}
		line.Mean[at], line.Low[at], line.High[at] = m.Mean, m.Mean, m.Mean
		if m.Interval != nil {
			line.Low[at], line.High[at] = m.Interval.Low, m.Interval.High
		}
		ok = true
	}
	return line, ok
}

const daysOfYear = 365.25

// survival are the curves of all clinics together.
func survival(r *centre.Report, lang string) plots.Survival {
	out := plots.Survival{Name: word("survival", lang), X: word("yearssince", lang), Y: word("without", lang)}
	for _, c := range r.Curves {
		if c.Clinic != "" || c.Followed == 0 {
			continue
		}
		steps := plots.Steps{Name: fmt.Sprintf("%s (%d/%d)", name(c.Event, lang), c.Events, c.Followed)}
		for _, s := range c.Steps {
			steps.Time, steps.Part = append(steps.Time, float64(s.Day)/daysOfYear), append(steps.Part, s.Survival)
			steps.Low, steps.High = append(steps.Low, s.Low), append(steps.High, s.Interval.High)
		}
		out.Curves = append(out.Curves, steps)
	}
	return out
}

// shares are the strata of a proportion.
func shares(r *centre.Report, measure, id, stratifier, lang string) plots.Shares {
	f := r.Figure(measure, id)
	if f == nil {
		return plots.Shares{}
	}
	out := plots.Shares{Name: f.Title.In(lang)}
	for _, s := range f.Stratifiers {
		if s.Code != stratifier {
			continue
		}
		for _, stratum := range s.Strata {
			if stratum.Denominator > 0 {
				out.Labels = append(out.Labels, name(stratum.Code, lang))
				out.Parts = append(out.Parts, float64(stratum.Numerator)/float64(stratum.Denominator))
			}
		}
	}
	return out
}
