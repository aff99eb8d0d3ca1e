package plots

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Courses are means along moments, each with an interval.
type Courses struct {
	Name    string
	Y       string
	Moments []string
	Lines   []Course
}

// Course is one line, with a value per moment; NaN where there is none.
type Course struct {
	Name            string
	Mean, Low, High []float64
}

// SVG draws the courses, side by side so that intervals do not cover each other.
func (c Courses) SVG() (string, error) {
	if len(c.Lines) == 0 {
		return "", nil
	}
	p := axes("", c.Y)
	lines(p)
	lowest, highest := 0.0, 1.0
	for i, l := range c.Lines {
		shift := 0.08 * (float64(i) - float64(len(c.Lines)-1)/2)
		known := known{}
		for k := range l.Mean {
			if math.IsNaN(l.Mean[k]) {
				continue
			}
			known.XYs = append(known.XYs, plotter.XY{X: float64(k) + shift, Y: l.Mean[k]})
			known.YErrors = append(known.YErrors, struct{ Low, High float64 }{l.Mean[k] - l.Low[k], l.High[k] - l.Mean[k]})
			lowest, highest = min(lowest, l.Low[k]), max(highest, l.High[k])
		}
		if len(known.XYs) == 0 {
			continue
		}
		line, dots, err := plotter.NewLinePoints(known.XYs)
		if err != nil {
			return "", err
		}
		bars, err := plotter.NewYErrorBars(known)
		if err != nil {
			return "", err
		}
		line.Color, line.Width, line.Dashes = colourOf(i), vg.Points(1.6), nil
		dots.GlyphStyle = draw.GlyphStyle{Color: colourOf(i), Radius: vg.Points(3.5), Shape: shapes[i%len(shapes)]}
		bars.LineStyle.Color, bars.LineStyle.Width = colourOf(i), vg.Points(1)
		p.Add(bars, line, dots)
		legend(p, l.Name, line, dots)
	}
	p.NominalX(c.Moments...)
	p.X.Min, p.X.Max = -0.5, float64(len(c.Moments))-0.5
	p.Y.Min, p.Y.Max = lowest, lowest+(highest-lowest)*(1.1+0.08*float64(len(c.Lines)))
	return render(p, c.Name)
}

// known are the points of a course that have a value.
type known struct {
	plotter.XYs
	plotter.YErrors
}

// shapes tell lines apart without colour.
var shapes = []draw.GlyphDrawer{draw.CircleGlyph{}, draw.SquareGlyph{}, draw.TriangleGlyph{}, draw.PyramidGlyph{}, draw.RingGlyph{}, draw.BoxGlyph{}}

// Survival is the part without an event against time, in steps.
type Survival struct {
	Name   string
	X, Y   string
	Curves []Steps
}

// Steps is one curve: from Time[k] on, Part[k] is without the event, between Low[k] and
// High[k]. Time begins at 0.
type Steps struct {
	Name                  string
	Time, Part, Low, High []float64
}

// SVG draws the curves with their intervals as bands.
func (s Survival) SVG() (string, error) {
	if len(s.Curves) == 0 {
		return "", nil
	}
	p := axes(s.X, s.Y)
	lines(p)
	for i, c := range s.Curves {
		band, err := plotter.NewPolygon(append(stairs(c.Time, c.High), reversed(stairs(c.Time, c.Low))...))
		if err != nil {
			return "", err
		}
		band.Color, band.LineStyle.Width = pale(colourOf(i)), 0
		p.Add(band)
	}
	for i, c := range s.Curves {
		line, err := plotter.NewLine(stairs(c.Time, c.Part))
		if err != nil {
			return "", err
		}
		line.Color, line.Width, line.Dashes = colourOf(i), vg.Points(1.6), dashes[(i+2)%len(dashes)]
		p.Add(line)
		legend(p, c.Name, line)
	}
	p.Legend.Top = false
	p.Y.Min, p.Y.Max, p.X.Min = 0, 1, 0
	p.Y.Tick.Marker = percent{}
	return render(p, s.Name)
}

// stairs are the corners of a step function.
func stairs(time, value []float64) plotter.XYs {
	var out plotter.XYs
	for k := range time {
		if k > 0 {
			out = append(out, plotter.XY{X: time[k], Y: value[k-1]})
		}
		out = append(out, plotter.XY{X: time[k], Y: value[k]})
	}
	return out
}

func reversed(points plotter.XYs) plotter.XYs {
	out := make(plotter.XYs, len(points))
	for i, p := range points {
		out[len(points)-1-i] = p
	}
	return out
}

// percent labels parts as percentages.
type percent struct{}

// Ticks implements plot.Ticker.
func (percent) Ticks(low, high float64) []plot.Tick {
	ticks := (plot.DefaultTicks{}).Ticks(low, high)
	for i := range ticks {
		if ticks[i].Label != "" {
			ticks[i].Label = fmt.Sprintf("%.4g%%", ticks[i].Value*100)
		}
	}
	return ticks
}
