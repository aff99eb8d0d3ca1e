package plots

import (
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// Bars are counts side by side, with norms as lines across.
type Bars struct {
	Name   string // accessible name
	Y      string // what is counted
	Labels []string
	Series []Counts
	Norms  []Norm
}

// Counts are the values of one series, as many as there are labels; NaN is not known.
type Counts struct {
	Name   string
	Values []float64
}

// Norm is a line at a value.
type Norm struct {
	Name  string
	Value float64
}

// barRoom is the part of the room of a label that its bars take together, in points.
const barRoom = 44

// SVG draws the bars.
func (b Bars) SVG() (string, error) {
	if len(b.Labels) == 0 {
		return "", nil
	}
	p := axes("", b.Y)
	highest := 1.0
	each := vg.Points(barRoom) / vg.Length(max(1, len(b.Series)))
	lines(p)
	for i, s := range b.Series {
		values := make(plotter.Values, len(s.Values))
		for k, v := range s.Values {
			if !math.IsNaN(v) {
				values[k] = v
				highest = max(highest, v)
			}
		}
		chart, err := plotter.NewBarChart(values, each)
		if err != nil {
			return "", err
		}
		chart.Color, chart.LineStyle.Width = colourOf(i), 0
		chart.Offset = each * (vg.Length(i) - vg.Length(len(b.Series)-1)/2)
		p.Add(chart)
		legend(p, s.Name, chart)
	}
	for i, n := range b.Norms {
		line := plotter.NewFunction(func(float64) float64 { return n.Value })
		line.Color, line.Width, line.Dashes = ink, vg.Points(1.4), dashes[i%len(dashes)]
		p.Add(line)
		legend(p, n.Name, line)
		highest = max(highest, n.Value)
	}
	p.NominalX(b.Labels...)
	p.X.Min, p.X.Max = -0.6, float64(len(b.Labels))-0.4
	p.Y.Min, p.Y.Max = 0, highest*(1.12+0.07*float64(len(b.Series)+len(b.Norms)))
	p.Y.Tick.Marker = whole{}
	return render(p, b.Name)
}

// dashes tell lines apart without colour.
var dashes = [][]vg.Length{{vg.Points(6), vg.Points(3)}, {vg.Points(2), vg.Points(3)}, nil}

// lines draws the horizontal lines of the ground.
func lines(p *plot.Plot) {
	g := plotter.NewGrid()
	g.Vertical.Width, g.Horizontal.Color, g.Horizontal.Width = 0, grid, vg.Points(0.6)
	p.Add(g)
}

// whole ticks at whole numbers only.
type whole struct{}

// Ticks implements plot.Ticker.
func (whole) Ticks(low, high float64) []plot.Tick {
	var ticks []plot.Tick
	for _, t := range (plot.DefaultTicks{}).Ticks(low, high) {
		if t.Value == math.Trunc(t.Value) {
			if t.Label != "" {
				t.Label = strconv.FormatFloat(t.Value, 'f', 0, 64)
			}
			ticks = append(ticks, t)
		}
	}
	return ticks
}
