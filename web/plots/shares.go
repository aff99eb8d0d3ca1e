package plots

import (
	"fmt"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// Shares are parts of a whole, one bar each, 0 to 1, from top to bottom.
type Shares struct {
	Name   string
	Labels []string
	Parts  []float64
}

// SVG draws the shares, with the percentage at the end of each bar.
func (s Shares) SVG() (string, error) {
	if len(s.Parts) == 0 {
		return "", nil
	}
	p := axes("", "")
	count := len(s.Parts)
	values, names := make(plotter.Values, count), make([]string, count)
	ends, texts := make(plotter.XYs, count), make([]string, count)
	for i, part := range s.Parts {
		row := count - 1 - i
		values[row], names[row] = part, s.Labels[i]+room(s.Labels[i])
		ends[row], texts[row] = plotter.XY{X: part, Y: float64(row)}, fmt.Sprintf(" %.0f%%", part*100)
	}
	chart, err := plotter.NewBarChart(values, vg.Points(min(26, 0.6*height/float64(max(1, count)))))
	if err != nil {
		return "", err
	}
	chart.Horizontal, chart.Color, chart.LineStyle.Width = true, colourOf(0), 0
	labels, err := plotter.NewLabels(plotter.XYLabels{XYs: ends, Labels: texts})
	if err != nil {
		return "", err
	}
	for i := range labels.TextStyle {
		labels.TextStyle[i].Font.Size, labels.TextStyle[i].Color = vg.Points(9.5), ink
		labels.TextStyle[i].YAlign = -0.4
		sans(&labels.TextStyle[i].Font)
	}
	p.Add(chart, labels)
	p.NominalY(names...)
	p.X.Min, p.X.Max = 0, 1.08
	p.X.Tick.Marker = plot.ConstantTicks{{Value: 0, Label: "0%"}, {Value: 0.25, Label: "25%"}, {Value: 0.5, Label: "50%"}, {Value: 0.75, Label: "75%"}, {Value: 1, Label: "100%"}}
	return render(p, s.Name)
}
