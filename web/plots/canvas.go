package plots

import (
	"bytes"
	"fmt"
	"html"
	"image/color"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// palette holds the colours of series, in order.
var palette = []color.RGBA{
	{0, 114, 178, 255}, {213, 94, 0, 255}, {0, 158, 115, 255}, {204, 121, 167, 255}, {230, 159, 0, 255}, {86, 180, 233, 255},
}

var (
	ink  = color.RGBA{28, 36, 48, 255}
	soft = color.RGBA{120, 130, 142, 255}
	grid = color.RGBA{226, 231, 237, 255}
)

// colourOf is the colour of the n-th series.
func colourOf(n int) color.RGBA { return palette[n%len(palette)] }

// pale is a colour as the ground of a band of the same series.
func pale(c color.RGBA) color.RGBA {
	mix := func(part uint8) uint8 { return uint8((int(part) + 4*255) / 5) }
	return color.RGBA{mix(c.R), mix(c.G), mix(c.B), 255}
}

// The size of a figure, in points.
const (
	width  = 620
	height = 340
)

// axes makes an empty plot with the labels of its axes.
func axes(x, y string) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = color.White
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		axis.Color, axis.Tick.Color, axis.Label.TextStyle.Color, axis.Tick.Label.Color = soft, soft, ink, ink
		axis.Label.TextStyle.Font.Size, axis.Tick.Label.Font.Size = vg.Points(11), vg.Points(10)
	}
	p.X.Label.Text, p.Y.Label.Text = x, y
	p.Legend.TextStyle.Font.Size, p.Legend.TextStyle.Color = vg.Points(10), ink
	p.Legend.Top, p.Legend.ThumbnailWidth, p.Legend.Padding = true, vg.Points(20), vg.Points(2)
	return p
}

// legend adds a line to the legend.
func legend(p *plot.Plot, name string, thumbs ...plot.Thumbnailer) {
	p.Legend.Add(name+room(name), thumbs...)
}

// room is what a text must be followed by so that it stays clear of what stands to its
// right, in a font wider than the one it is measured by.
func room(text string) string { return strings.Repeat(" ", 2+len(text)/3) }

// sans makes all fonts of a plot sans-serif, which what was added to it after axes has too.
func sans(fonts ...*font.Font) {
	for _, f := range fonts {
		f.Variant = "Sans"
	}
}

// render writes a plot as an SVG element with an accessible name. Texts of the plot are
// escaped by the library.
func render(p *plot.Plot, name string) (string, error) {
	sans(&p.X.Label.TextStyle.Font, &p.Y.Label.TextStyle.Font, &p.X.Tick.Label.Font, &p.Y.Tick.Label.Font, &p.Legend.TextStyle.Font)
	canvas := vgsvg.New(vg.Points(width), vg.Points(height))
	p.Draw(draw.New(canvas))
	var out bytes.Buffer
	if _, err := canvas.WriteTo(&out); err != nil {
		return "", fmt.Errorf("plot: %w", err)
	}
	// The prologue is for files; inside a page only the element counts.
	_, element, found := strings.Cut(out.String(), "<svg ")
	if !found {
		return "", fmt.Errorf("plot: no SVG was made")
	}
	return `<svg role="img" aria-label="` + html.EscapeString(name) + `" ` + element, nil
}
