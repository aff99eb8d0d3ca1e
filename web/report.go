package web

import (
	"bytes"
	"fmt"
	"html/template"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/validation/intake"
)

// latest goes to the report of the last year that has ended.
func (s *server) latest(c *gin.Context) {
	c.Redirect(http.StatusFound, fmt.Sprintf("/report/%d", time.Now().In(mapping.Amsterdam).Year()-1))
}

// report shows the annual report of the year in the path: as a page, or with ".csv" after
// the year as a table for a spreadsheet.
func (s *server) report(c *gin.Context) {
	text, csv := strings.CutSuffix(c.Param("year"), ".csv")
	year, err := strconv.Atoi(text)
	if err != nil {
		c.AbortWithStatus(http.StatusNotFound)
		return
	}
	report, err := s.Report(c.Request.Context(), year)
	if err != nil {
		s.Log.Error("report could not be made", "year", year, "error", err)
		s.show(c, http.StatusInternalServerError, "unable.html", nil)
		return
	}
	if csv {
		var body bytes.Buffer
		if err := centre.WriteCSV(&body, report, s.language(c)); err != nil {
			s.Log.Error("report could not be written", "year", year, "error", err)
			c.AbortWithStatus(http.StatusInternalServerError)
			return
		}
		c.Header("Content-Disposition", fmt.Sprintf(`attachment; filename="pijnpoort-%d.csv"`, year))
		c.Data(http.StatusOK, "text/csv; charset=utf-8", body.Bytes())
		return
	}
	page, err := newReportPage(report, s.language(c))
	if page != nil {
		page.Who = s.Subjects != nil
	}
	if err != nil {
		s.Log.Error("report could not be drawn", "year", year, "error", err)
		s.show(c, http.StatusInternalServerError, "unable.html", nil)
		return
	}
	s.show(c, http.StatusOK, "report.html", page)
}

// reportPage is the report in words and figures.
type reportPage struct {
	Year      int
	Years     []int // others with volumes
	Centre    string
	AsOf      string
	Running   bool
	Received  centre.Received
	Judgement judgement   // of the centre
	Together  string      // whether its clinics work as one
	Clinics   []judgement // of each clinic by itself
	Items     []itemSection
	Who       bool // there are pages of who they are
	Plots     map[string][]drawing
	Outcome   outcomeNote
	Benchmark []benchmarkRow
}

// outcomeNote says by which definition a Textbook Outcome was computed.
type outcomeNote struct {
	Title, Version, Owner string
	Proposal              bool
}

// itemSection is the figures of one subject.
type itemSection struct {
	Title    string
	Measures []string // ids, one for most subjects
	Figures  []figureRow
}

// figureRow is a figure, or a stratum of one, as a line of a table.
type figureRow struct {
	Title                                    string
	Numerator, Denominator, Missing, Outside string
	Score, Interval                          string
	Strata                                   []strataRows
}

type strataRows struct {
	Title string
	Rows  []figureRow
}

// drawing is a plot with its caption.
type drawing struct {
	SVG     template.HTML
	Caption string
}

type benchmarkRow struct{ Title, Own, Benchmark, Size, Reporter, Differs string }

func newReportPage(r *centre.Report, lang string) (*reportPage, error) {
	p := &reportPage{
		Year: r.Year, Centre: r.Centre, AsOf: r.AsOf.String(), Running: r.Running, Received: r.Received,
		Judgement: newJudgement(r.Norms.Judgement, lang), Together: r.Norms.TogetherWords(lang),
		Outcome: outcomeNote{r.Definition.Title.In(lang), r.Definition.Version, r.Definition.Owner, r.Definition.Status == "proposal"},
	}
	for _, v := range r.Volumes {
		if v.Year != r.Year && !slices.Contains(p.Years, v.Year) {
			p.Years = append(p.Years, v.Year)
		}
	}
	slices.Sort(p.Years)
	for _, j := range r.Norms.Clinics {
		p.Clinics = append(p.Clinics, newJudgement(j, lang))
	}
	p.Items = items(r, lang)
	for _, b := range r.Benchmark {
		p.Benchmark = append(p.Benchmark, newBenchmarkRow(b, lang))
	}
	var err error
	p.Plots, err = drawings(r, lang)
	return p, err
}

// items are the figures by subject, in the order of the report.
func items(r *centre.Report, lang string) []itemSection {
	var list []itemSection
	for i := range r.Figures {
		f := &r.Figures[i]
		title := centre.SectionTitle(f.Measure, lang)
		if n := len(list); n == 0 || list[n-1].Title != title {
			list = append(list, itemSection{Title: title})
		}
		row := newFigureRow(f, f.Title.In(lang), f.Value, lang)
		for _, s := range f.Stratifiers {
			rows := strataRows{Title: name(s.Code, lang)}
			for _, stratum := range s.Strata {
				rows.Rows = append(rows.Rows, newFigureRow(f, name(stratum.Code, lang), stratum.Value, lang))
			}
			if len(rows.Rows) > 0 {
				row.Strata = append(row.Strata, rows)
			}
		}
		under := &list[len(list)-1]
		under.Figures = append(under.Figures, row)
		if !slices.Contains(under.Measures, f.Measure) {
			under.Measures = append(under.Measures, f.Measure)
		}
	}
	return list
}

func newFigureRow(f *centre.Figure, title string, v centre.Value, lang string) figureRow {
	row := figureRow{Title: title, Numerator: strconv.Itoa(v.Numerator), Missing: strconv.Itoa(v.Missing)}
	if f.Kind != centre.Count {
		row.Denominator = strconv.Itoa(v.Denominator)
	}
	if f.Kind == centre.Distribution {
		row.Numerator = ""
	}
	left := 0
	for _, n := range v.Excluded {
		left += n
	}
	row.Outside = strconv.Itoa(left)
	if v.Score != nil && f.Kind != centre.Count {
		row.Score = score(f, *v.Score, lang)
	}
	switch {
	case v.Interval != nil:
		row.Interval = score(f, v.Interval.Low, lang) + " – " + score(f, v.Interval.High, lang)
	case v.Spread != nil:
		row.Interval = score(f, v.Spread.Low, lang) + " – " + score(f, v.Spread.Quartiles.High, lang)
	}
	return row
}

// score is a number in the unit of its figure.
func score(f *centre.Figure, value float64, lang string) string {
	switch f.Kind {
	case centre.Proportion:
		return number(value*100, lang) + "%"
	case centre.Rate:
		return number(value, lang)
	}
	return strings.TrimSpace(number(value, lang) + " " + f.ValueUnit)
}

// name is what people call a code; an identifier "system|value" goes by its value.
func name(code, lang string) string {
	if _, value, found := strings.Cut(code, "|"); found {
		return value
	}
	if words := centre.Words(code, lang); words != code {
		return words
	}
	return intake.Display(code, lang)
}

// number has at most one decimal, with the comma of Dutch or the point of English.
func number(value float64, lang string) string {
	text := strconv.FormatFloat(math.Round(value*10)/10, 'f', -1, 64)
	if lang == "nl" {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}

func newBenchmarkRow(b centre.Comparison, lang string) benchmarkRow {
	row := benchmarkRow{Title: b.Title.In(lang), Benchmark: number(b.Benchmark, lang), Size: strconv.Itoa(b.Size), Reporter: b.Reporter, Own: "–", Differs: word("unknown", lang)}
	if b.Own != nil {
		row.Own = number(*b.Own, lang)
	}
	if b.Differs != nil {
		row.Differs = word(map[bool]string{true: "differs", false: "same"}[*b.Differs], lang)
	}
	return row
}
