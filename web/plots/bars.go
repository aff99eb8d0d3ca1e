package plots

import (
	"image/color"
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Bars are counts side by side, with norms as lines across. What is possible beyond a count
// stands on its bar, paler, with a line to where it ends.
type Bars struct {
	Name   string // accessible name
	Range  string // what the pale part is called
	Y      string // what is counted
	Labels []string
	Series []Counts
	Norms  []Norm
}

// Counts are the values of one series, as many as there are labels; NaN is not known.
type Counts struct {
	Name   string
	Values []float64
	// Possible are how many more there may be, on top of each value; nil is none.
	Possible []float64
}

// possible is how much may come on top of value k.
func (c Counts) possible(k int) float64 {
	if k >= len(c.Possible) || math.IsNaN(c.Possible[k]) || math.IsNaN(c.Values[k]) {
		return 0
	}
	return c.Possible[k]
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
	uncertain := false
	for i, s := range b.Series {
		values, more := make(plotter.Values, len(s.Values)), make(plotter.Values, len(s.Values))
		some := false
		for k, v := range s.Values {
			if !math.IsNaN(v) {
				values[k], more[k] = v, s.possible(k)
				highest, some = max(highest, v+more[k]), some || more[k] > 0
			}
		}
		place := each * (vg.Length(i) - vg.Length(len(b.Series)-1)/2)
		chart, err := bar(values, each, place, colourOf(i))
		if err != nil {
			return "", err
		}
		p.Add(chart)
		legend(p, s.Name, chart)
		if !some {
			continue
		}
		uncertain = true
		top, err := bar(more, each, place, pale(colourOf(i)))
		if err != nil {
			return "", err
		}
		top.StackOn(chart)
		p.Add(top, whiskers{values, more, place, each})
	}
	if uncertain {
		legend(p, b.Range, band{})
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
	p.Y.Min, p.Y.Max = 0, highest*(1.19+0.07*float64(len(b.Series)+len(b.Norms)))
	p.Y.Tick.Marker = whole{}
	return render(p, b.Name)
}

// bar is one series.
func bar(values plotter.Values, wide, place vg.Length, fill color.Color) (*plotter.BarChart, error) {
	chart, err := plotter.NewBarChart(values, wide)
	if err != nil {
		return nil, err
	}
	chart.Color, chart.LineStyle.Width, chart.Offset = fill, 0, place
	return chart, nil
}

// whiskers are the lines from what was counted to what is possible, in the middle of bars.
type whiskers struct {
	values, more plotter.Values
	place, wide  vg.Length
}

// whisker is how they are drawn.
var whisker = draw.LineStyle{Color: ink, Width: vg.Points(1.2)}

// Plot implements plot.Plotter.
func (w whiskers) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for k, more := range w.more {
		if more <= 0 {
			continue
		}
		at, low, high := x(float64(k))+w.place, y(w.values[k]), y(w.values[k]+more)
		c.StrokeLine2(whisker, at, low, at, high)
		for _, end := range []vg.Length{low, high} {
			c.StrokeLine2(whisker, at-w.wide/4, end, at+w.wide/4, end)
		}
	}
}

// band is the mark of the legend for what is possible.
type band struct{}

// Thumbnail implements plot.Thumbnailer.
func (band) Thumbnail(c *draw.Canvas) {
	c.FillPolygon(pale(soft), []vg.Point{c.Min, {X: c.Min.X, Y: c.Max.Y}, c.Max, {X: c.Max.X, Y: c.Min.Y}})
	middle := (c.Min.X + c.Max.X) / 2
	c.StrokeLine2(whisker, middle, c.Min.Y, middle, c.Max.Y)
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
