package centre

import (
	"encoding/csv"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// csvColumns are the columns of WriteCSV.
var csvColumns = []string{"measure", "figure", "kind", "unit", "stratifier", "stratum", "initial", "numerator", "denominator", "missing", "excluded",
	"score", "score_unit", "low", "high", "why_missing", "why_excluded", "title"}

// WriteCSV writes the figures of a report, a line for each figure and each of its strata,
// with after them the volumes of all years (measure "volume", the stratum a clinic).
// Numbers have a decimal point. A cell that a spreadsheet would take for a formula starts
// with an apostrophe.
func WriteCSV(w io.Writer, r *Report, lang string) error {
	out := csv.NewWriter(w)
	write := func(cells ...string) {
		for i, c := range cells {
			if c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) {
				cells[i] = "'" + c
			}
		}
		_ = out.Write(cells) // its error stays, and is given by Error
	}
	write(csvColumns...)
	for i := range r.Figures {
		f := &r.Figures[i]
		line := func(stratifier, stratum string, v *Value) {
			low, high := "", ""
			if v.Interval != nil {
				low, high = number(v.Interval.Low), number(v.Interval.High)
			}
			score := ""
			if v.Score != nil {
				score = number(*v.Score)
			}
			write(f.Measure, f.ID, string(f.Kind), string(f.Unit), stratifier, stratum, strconv.Itoa(v.Initial), strconv.Itoa(v.Numerator), strconv.Itoa(v.Denominator),
				strconv.Itoa(v.Missing), strconv.Itoa(total(v.Excluded)), score, f.ScoreUnit(), low, high, reasons(v.Why, lang), reasons(v.Excluded, lang), f.Title.In(lang))
		}
		line("", "", &f.Value)
		for _, s := range f.Stratifiers {
			for k := range s.Strata {
				line(s.Code, s.Strata[k].Code, &s.Strata[k].Value)
			}
		}
	}
	for _, v := range r.Volumes {
		write("volume", string(v.Base), string(Count), "", strconv.Itoa(v.Year), v.Clinic, strconv.Itoa(v.Count+v.Possible), strconv.Itoa(v.Count), "",
			strconv.Itoa(v.Possible), "", "", "", "", "", "", "", BaseWords(v.Base, lang))
	}
	out.Flush()
	return out.Error()
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// reasons are why things are missing or left out, with their numbers.
func reasons(counts map[string]int, lang string) string {
	var list []string
	for _, reason := range slices.Sorted(maps.Keys(counts)) {
		list = append(list, Words(reason, lang)+" "+strconv.Itoa(counts[reason]))
	}
	return strings.Join(list, ", ")
}
