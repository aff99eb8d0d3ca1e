package centre

import (
	"fmt"
	"strings"

	"github.com/pijnpoort/pijnpoort/registry/centre/statistics"
)

// curveYears are the years at which the page tells a curve.
var curveYears = []int{1, 2, 3, 5, 10}

// curves tells the share of systems without an event, as long as five are followed.
func (p *page) curves() {
	p.section("Systemen zonder gebeurtenis (Kaplan-Meier, 95 %-interval)", "Systems without an event (Kaplan-Meier, 95 % interval)")
	for _, c := range p.report.Curves {
		if c.Clinic != "" {
			continue
		}
		var parts []string
		for _, years := range curveYears {
			day := int(float64(years) * daysOfYear)
			if c.followedAt(day) < 5 {
				break
			}
			step := statistics.At(c.Steps, day)
			parts = append(parts, fmt.Sprintf(p.in("%d jaar %.1f %% (%.1f-%.1f)", "%d years %.1f %% (%.1f-%.1f)"), years, 100*step.Survival, 100*step.Low, 100*step.High))
		}
		p.line("  %s %s", columns(Words(c.Event, p.lang), 24), strings.Join(parts, "; "))
		p.line("    "+p.in("%d gevolgd, %d met; ontbrekend %d", "%d followed, %d with; missing %d"), c.Followed, c.Events, c.Missing)
	}
}

// followedAt is about how many are still followed on a day: those at risk at the next
// step, else those left after the last.
func (c *Curve) followedAt(day int) int {
	for _, s := range c.Steps {
		if s.Day >= day {
			return s.AtRisk
		}
	}
	last := c.Steps[len(c.Steps)-1]
	return last.AtRisk - last.Events - last.Censored
}

// courses tells mean scores at the moments, with the change since baseline.
func (p *page) courses() {
	p.section("Verloop van scores (gemiddelde, 95 %-interval)", "Course of scores (mean, 95 % interval)")
	for _, c := range p.report.Courses {
		if c.Indication != "" {
			continue
		}
		p.line("  %s %s", c.Instrument, c.Scale)
		for _, m := range c.Moments {
			s := fmt.Sprintf("n %d", m.N)
			if m.Interval != nil {
				s += fmt.Sprintf("; %.1f (%.1f-%.1f)", m.Mean, m.Interval.Low, m.Interval.High)
			}
			if m.ChangeInterval != nil {
				s += fmt.Sprintf(p.in("; verandering %+.1f (%+.1f tot %+.1f), n %d", "; change %+.1f (%+.1f to %+.1f), n %d"), m.Change, m.ChangeInterval.Low, m.ChangeInterval.High, m.Changed)
			}
			p.line("    %s %s", columns(Words(m.Moment, p.lang), 16), s+fmt.Sprintf(p.in("; ontbrekend %d", "; missing %d"), m.Missing))
			for _, d := range m.Differences {
				p.line("      %s "+p.in("beter %d, gelijk %d, slechter %d (%s)", "better %d, same %d, worse %d (%s)"), columns(d.Difference, 14), d.Improved, d.Within, d.Worsened, d.Source)
			}
		}
	}
}

func (p *page) benchmark() {
	p.section("Benchmark", "Benchmark")
	if len(p.report.Benchmark) == 0 {
		p.line("  %s", p.in("De registratie heeft geen benchmark van dit jaar teruggegeven.", "The registry has returned no benchmark of this year."))
	}
	for _, b := range p.report.Benchmark {
		own := p.in("geen", "none")
		if b.Own != nil {
			own = fmt.Sprintf("%.4g", *b.Own)
		}
		s := fmt.Sprintf(p.in("eigen %s, benchmark %.4g (n %d)", "own %s, benchmark %.4g (n %d)"), own, b.Benchmark, b.Size)
		if b.Differs != nil && *b.Differs {
			s += p.in("; verschilt", "; differs")
		}
		p.line("  %s: %s · %s", b.Title.In(p.lang), s, b.Source)
	}
}
