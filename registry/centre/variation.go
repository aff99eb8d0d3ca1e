package centre

import "github.com/pijnpoort/pijnpoort/registry/centre/statistics"

// varied are the figures of which the variation within the centre is shown.
var varied = []string{"conversion", "single-stage", "removed", "textbook-outcome", "prom-response", "responder-50", "patients-with-event"}

// variedBy are the divisions that say something of practice.
var variedBy = []string{byClinic, bySpecialty, byIndication}

// variations hold the parts of a figure against the whole.
func variations(figures []Figure) []Variation {
	list := []Variation{}
	for _, id := range varied {
		for i := range figures {
			if f := &figures[i]; f.ID == id && f.Kind == Proportion && f.Score != nil {
				list = append(list, f.variations()...)
			}
		}
	}
	return list
}

func (f *Figure) variations() []Variation {
	var list []Variation
	for _, code := range variedBy {
		for _, s := range f.Stratifiers {
			if s.Code != code {
				continue
			}
			v := Variation{Figure: f.ID, Measure: f.Measure, Title: f.Title, Stratifier: code, Target: *f.Score, Points: []VariationPoint{}}
			largest := 0
			for _, part := range s.Strata {
				if part.Denominator == 0 {
					continue
				}
				largest = max(largest, part.Denominator)
				v.Points = append(v.Points, f.point(part))
			}
			v.Limits = funnel(largest, v.Target)
			list = append(list, v)
		}
	}
	return list
}

func (f *Figure) point(part Stratum) VariationPoint {
	p := VariationPoint{Code: part.Code, Numerator: part.Numerator, Denominator: part.Denominator, Rate: *part.Score, Interval: *part.Interval}
	for _, limit := range []struct {
		name     string
		coverage float64
	}{{"99.8", 0.998}, {"95", 0.95}} {
		if at := statistics.Funnel(p.Denominator, *f.Score, limit.coverage); p.Rate < at.Low || p.Rate > at.High {
			p.Outside = limit.name
			break
		}
	}
	return p
}

// funnelPoints is about how many limits are computed: enough for a smooth line.
const funnelPoints = 100

// funnel gives the limits from 1 to a tenth beyond the largest number.
func funnel(largest int, target float64) []Limit {
	end := largest + largest/10 + 1
	step := max(1, end/funnelPoints)
	list := []Limit{}
	for n := 1; n <= end; n += step {
		list = append(list, Limit{n, statistics.Funnel(n, target, 0.95), statistics.Funnel(n, target, 0.998)})
	}
	return list
}
