package plots

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var figures = map[string]interface{ SVG() (string, error) }{
	"bars": Bars{Name: "Productie per jaar", Y: "patiënten", Labels: []string{"2021", "2022", "2023", "2024", "2025"},
		Range:  "mogelijk meer",
		Series: []Counts{{"Kliniek A", []float64{14, 18, 22, 31, math.NaN()}, []float64{0, 2, 5, 0, 3}}, {"Kliniek B", []float64{9, 11, 12, 20, 25}, nil}, {"Samen", []float64{22, 28, 33, 50, 25}, []float64{0, 2, 5, 1, 4}}},
		Norms:  []Norm{{"norm 20", 20}, {"norm 50", 50}}},
	"funnel": Funnel{Name: "Praktijkvariatie", X: "proefplaatsingen", Y: "naar definitief", Overall: 0.78,
		Groups: []Group{{"Kliniek A <1>", 40, 0.7}, {"Kliniek B", 85, 0.83}},
		Limits: []Limits{{"95%", []int{10, 40, 80, 100}, []float64{0.5, 0.65, 0.69, 0.70}, []float64{1, 0.9, 0.87, 0.86}}, {"99,8%", []int{10, 40, 80, 100}, []float64{0.3, 0.55, 0.62, 0.64}, []float64{1, 0.96, 0.92, 0.9}}}},
	"courses": Courses{Name: "Pijn", Y: "NRS", Moments: []string{"voor", "proef", "6 maanden", "1 jaar", "2 jaar"},
		Lines: []Course{{"FBSS", []float64{7.6, 3.1, 3.4, 3.9, 4.2}, []float64{7.2, 2.8, 3, 3.3, 3.3}, []float64{8, 3.4, 3.8, 4.5, 5.1}}, {"CRPS", []float64{7.9, 3.6, math.NaN(), 4.4, 4.3}, []float64{7, 2.9, 0, 3.5, 3}, []float64{8.8, 4.3, 0, 5.3, 5.6}}}},
	"survival": Survival{Name: "Tijd tot verwijdering", X: "jaren", Y: "nog in gebruik",
		Curves: []Steps{{"verwijdering", []float64{0, 1, 2, 3, 5}, []float64{1, 0.95, 0.91, 0.88, 0.82}, []float64{1, 0.93, 0.88, 0.84, 0.76}, []float64{1, 0.97, 0.94, 0.92, 0.88}}, {"revisie", []float64{0, 0.5, 1, 3, 5}, []float64{1, 0.9, 0.84, 0.75, 0.7}, []float64{1, 0.86, 0.8, 0.69, 0.63}, []float64{1, 0.94, 0.88, 0.81, 0.77}}}},
	"shares": Shares{Name: "Volledigheid", Labels: []string{"UDI van het systeem", "reden van revisie", "PROM na 6 maanden", "kosten"}, Parts: []float64{0.92, 0.61, 0.74, 0}},
}

// Every figure is well-formed XML with an accessible name, and text in it is no markup.
// With PIJNPOORT_PLOTS set to a folder they are written there to be looked at.
func TestFigures(t *testing.T) {
	for name, figure := range figures {
		t.Run(name, func(t *testing.T) {
			svg, err := figure.SVG()
			if err != nil {
				t.Fatal(err)
			}
			if folder := os.Getenv("PIJNPOORT_PLOTS"); folder != "" {
				if err := os.WriteFile(filepath.Join(folder, name+".svg"), []byte(svg), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			decoder := xml.NewDecoder(strings.NewReader(svg))
			for {
				_, err := decoder.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("not well-formed: %v", err)
				}
			}
			if !strings.HasPrefix(svg, `<svg role="img" aria-label="`) || strings.Contains(svg, "<1>") || strings.Contains(svg, "NaN") {
				t.Errorf("begins %.60s", svg)
			}
		})
	}
}

// Without data there is no figure.
func TestNothingToDraw(t *testing.T) {
	for _, figure := range []interface{ SVG() (string, error) }{Bars{}, Funnel{}, Courses{}, Survival{}, Shares{}} {
		if svg, err := figure.SVG(); svg != "" || err != nil {
			t.Errorf("%T: %.40q, %v", figure, svg, err)
		}
	}
}
