package plots

import (
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Funnel is a rate of several groups against their size, with the limits within which
// chance alone would keep it.
type Funnel struct {
	Name    string
	X, Y    string
	Overall float64 // the rate of all, 0 to 1
	Groups  []Group
	Limits  []Limits
}

// Group is one point: a group of N with a rate, 0 to 1.
type Group struct {
	Label string
	N     int
	Rate  float64
}

// Limits are the lower and upper rates at sizes, ascending.
type Limits struct {
	Name      string // such as 95%
	N         []int
	Low, High []float64
}

// SVG draws the funnel.
func (f Funnel) SVG() (string, error) {
	if len(f.Groups) == 0 {
		return "", nil
	}
	p := axes(f.X, f.Y)
	lines(p)
	largest, highest := 1.0, f.Overall
	for i, l := range f.Limits {
		for _, side := range [][]float64{l.Low, l.High} {
			points := make(plotter.XYs, len(l.N))
			for k, n := range l.N {
				points[k] = plotter.XY{X: float64(n), Y: side[k]}
				largest = max(largest, float64(n))
			}
			line, err := plotter.NewLine(points)
			if err != nil {
				return "", err
			}
			line.Color, line.Width, line.Dashes = soft, vg.Points(1.1), dashes[i%len(dashes)]
			p.Add(line)
			if &side[0] == &l.High[0] {
				legend(p, l.Name, line)
			}
		}
	}
	overall := plotter.NewFunction(func(float64) float64 { return f.Overall })
	overall.Color, overall.Width = ink, vg.Points(1)
	p.Add(overall)
	points, names := make(plotter.XYs, len(f.Groups)), make([]string, len(f.Groups))
	for i, g := range f.Groups {
		points[i], names[i] = plotter.XY{X: float64(g.N), Y: g.Rate}, " "+g.Label
		largest, highest = max(largest, float64(g.N)), max(highest, g.Rate)
	}
	dots, err := plotter.NewScatter(points)
	if err != nil {
		return "", err
	}
	dots.GlyphStyle = draw.GlyphStyle{Color: colourOf(0), Radius: vg.Points(4), Shape: draw.CircleGlyph{}}
	labels, err := plotter.NewLabels(plotter.XYLabels{XYs: points, Labels: names})
	if err != nil {
		return "", err
	}
	for i := range labels.TextStyle {
		labels.TextStyle[i].Font.Size, labels.TextStyle[i].Color = vg.Points(9.5), ink
		sans(&labels.TextStyle[i].Font)
	}
	p.Add(dots, labels)
	p.X.Min, p.X.Max = 0, largest*1.4 // room for a name beside the last point
	p.X.Tick.Marker = whole{}
	p.Y.Min, p.Y.Max = 0, min(1, max(highest, f.Overall*2)*1.25+0.02)
	p.Y.Tick.Marker = percent{}
	return render(p, f.Name)
}
