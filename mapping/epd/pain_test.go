package epd_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping"
)

const methods = "urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.9.1|"

// nrs writes a reading coded as NRS.
func nrs(id, at, value string, elements ...string) string {
	return pain(id, at, `"valueInteger":`+value, loinc+"72514-3", elements...)
}

func pain(id, at, value, code string, elements ...string) string {
	if at != "" {
		at = `"effectiveDateTime":"` + at + `",`
	}
	return resource("Observation", id, append([]string{`"status":"final"`, `"code":` + concept(code), at + value}, elements...)...)
}

// diary writes two readings a day, at 8 and 20 hours local summer time.
func diary(prefix, first string, values ...string) (list []string) {
	d, err := mapping.ParseDay(first)
	if err != nil {
		panic(err)
	}
	for i, v := range values {
		on := d + mapping.Day(i/2)
		at := fmt.Sprintf("%sT%02d:00:00+02:00", on, 8+12*(i%2))
		if v != "" {
			list = append(list, nrs(fmt.Sprintf("%s%d", prefix, i), at, v))
		}
	}
	return list
}

// scores writes the weighted scores: "window scale site from/to days readings perDay mean".
func scores(r *mapping.Record) string {
	var all []string
	for _, p := range r.Pain {
		all = append(all, strings.Join(strings.Fields(fmt.Sprintf("%s %s %s %s/%s %dd %dr %dpd %s %s", p.Window, p.Scale, p.Site, p.From, p.To,
			p.Days, p.Readings, p.PerDay, mapping.FormatRat(p.Mean), mapping.FormatRat(p.DayMean))), " "))
	}
	return strings.Join(all, "\n")
}

func TestScaleOfAReading(t *testing.T) {
	quantity := func(value, unit string) string {
		return `"valueQuantity":{"value":` + value + `,"system":"http://unitsofmeasure.org","code":"` + unit + `"}`
	}
	method := func(code string) string { return `"method":` + concept(methods+code) }
	const zib, numeric, visual = sct + "225908003", loinc + "72514-3", loinc + "38214-3"
	for name, c := range map[string]struct {
		code, value, method string
		want                string
	}{
		"NRS by method":              {zib, `"valueInteger":6`, method("NRS"), "nrs 6"},
		"VAS10 by method":            {zib, `"valueInteger":6`, method("VAS10"), "vas 60"},
		"VAS100 by method":           {zib, `"valueInteger":60`, method("VAS100"), "vas 60"},
		"small VAS100":               {zib, `"valueInteger":6`, method("VAS100"), "vas 6"},
		"no method, above ten":       {zib, `"valueInteger":60`, "", "vas 60"},
		"no method, up to ten":       {zib, `"valueInteger":6`, "", ""},
		"no method, above hundred":   {zib, `"valueInteger":101`, "", ""},
		"NRS by code":                {numeric, `"valueInteger":6`, "", "nrs 6"},
		"NRS with a fraction":        {numeric, quantity("6.5", "{score}"), "", "nrs 6.5"},
		"NRS above ten":              {numeric, `"valueInteger":11`, "", ""},
		"NRS below zero":             {numeric, `"valueInteger":-1`, "", ""},
		"NRS as a length":            {numeric, quantity("60", "mm"), "", ""},
		"NRS by code, VAS by method": {numeric, `"valueInteger":6`, method("VAS100"), ""},
		"VAS in mm":                  {visual, quantity("60", "mm"), "", "vas 60"},
		"VAS in cm":                  {visual, quantity("6.1", "cm"), "", "vas 61"},
		"VAS, above ten":             {visual, `"valueInteger":61`, "", "vas 61"},
		"VAS, up to ten":             {visual, `"valueInteger":6`, "", ""},
		"VAS, method VAS10":          {visual, `"valueInteger":6`, method("VAS10"), "vas 60"},
		"VAS, method NRS":            {visual, `"valueInteger":6`, method("NRS"), ""},
		"VAS10 above ten":            {zib, `"valueInteger":11`, method("VAS10"), ""},
		"VAS above 100 mm":           {zib, quantity("101", "mm"), "", ""},
		"another unit":               {zib, quantity("60", "%"), method("NRS"), ""},
		"at most":                    {numeric, `"valueQuantity":{"value":6,"comparator":"<"}`, "", ""},
		"NRS in a string":            {numeric, `"valueString":" 6 "`, "", "nrs 6"},
		"NRS with a comma":           {numeric, `"valueString":"6,5"`, "", "nrs 6.5"},
		"a fraction in a string":     {numeric, `"valueString":"6/10"`, "", ""},
		"at most, in a string":       {numeric, `"valueString":"<6"`, "", ""},
		"two numbers":                {numeric, `"valueString":"6,5,4"`, "", ""},
		"a sign":                     {numeric, `"valueString":"-6"`, "", ""},
		"a comma and nothing":        {numeric, `"valueString":"6,"`, "", ""},
		"an empty string":            {numeric, `"valueString":""`, "", ""},
		"an annotation as unit":      {numeric, quantity("6", "{NRS}"), "", "nrs 6"},
		"points":                     {numeric, `"valueQuantity":{"value":6,"unit":"punten"}`, "", "nrs 6"},
		"an annotated length":        {visual, quantity("60", "mm{VAS}"), "", "vas 60"},
		"words":                      {numeric, `"valueString":"zes"`, "", ""},
		"faces":                      {loinc + "38221-8", `"valueInteger":6`, "", ""},
		"past week":                  {loinc + "75893-8", `"valueInteger":6`, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var elements []string
			if c.method != "" {
				elements = append(elements, c.method)
			}
			r := record(t, patient, pain("o", "2025-06-10T08:00:00+02:00", c.value, c.code, elements...))
			got := ""
			if len(r.Pain) > 0 {
				got = string(r.Pain[0].Scale) + " " + mapping.FormatRat(r.Pain[0].Mean)
			}
			if got != c.want {
				t.Errorf("got %q, want %q: %v", got, c.want, reasons(r))
			}
		})
	}
}

func TestWhichReadingsCount(t *testing.T) {
	at := "2025-06-10T08:00:00+02:00"
	timed := func(timing string) string {
		return resource("Observation", "o", `"status":"final"`, `"code":`+concept(loinc+"72514-3"), `"valueInteger":6`, `"effectiveTiming":`+timing)
	}
	reading := nrs("o", at, "6")
	for name, c := range map[string]struct {
		resource string
		counts   bool
	}{
		"final":               {reading, true},
		"amended":             {strings.Replace(reading, "final", "amended", 1), true},
		"corrected":           {strings.Replace(reading, "final", "corrected", 1), true},
		"preliminary":         {strings.Replace(reading, "final", "preliminary", 1), false},
		"registered":          {strings.Replace(reading, "final", "registered", 1), false},
		"cancelled":           {strings.Replace(reading, "final", "cancelled", 1), false},
		"entered in error":    {strings.Replace(reading, "final", "entered-in-error", 1), false},
		"value absent":        {pain("o", at, `"dataAbsentReason":`+concept("http://terminology.hl7.org/CodeSystem/data-absent-reason|asked-declined"), loinc+"72514-3"), false},
		"day only":            {nrs("o", "2025-06-10", "6"), true},
		"month only":          {nrs("o", "2025-06", "6"), false},
		"no date":             {nrs("o", "", "6"), false},
		"after the as-of day": {nrs("o", "2025-06-16T22:00:00Z", "6"), false},
		"last moment of it":   {nrs("o", "2025-06-16T21:59:59Z", "6"), true},
		"period in a day":     {nrs("o", "", "6", `"effectivePeriod":{"start":"2025-06-10T08:00:00+02:00","end":"2025-06-10T20:00:00+02:00"}`), true},
		"period of days":      {nrs("o", "", "6", `"effectivePeriod":{"start":"2025-06-10","end":"2025-06-11"}`), false},
		"open period":         {nrs("o", "", "6", `"effectivePeriod":{"start":"2025-06-10"}`), false},
		"instant":             {nrs("o", "", "6", `"effectiveInstant":"2025-06-10T08:00:00+02:00"`), true},
		"timing, one event":   {timed(`{"event":["2025-06-10T08:00:00+02:00"]}`), true},
		"timing, two events":  {timed(`{"event":["2025-06-10T08:00:00+02:00","2025-06-10T20:00:00+02:00"]}`), false},
		"timing, repeated":    {timed(`{"repeat":{"frequency":2,"period":1,"periodUnit":"d"}}`), false},
		"timing, another day": {timed(`{"event":["2025-06-17"]}`), false},
		"issued only":         {nrs("o", "", "6", `"issued":"2025-06-10T08:00:00+02:00"`), false},
	} {
		t.Run(name, func(t *testing.T) {
			r := record(t, patient, c.resource)
			if counts := len(r.Pain) == 1; counts != c.counts {
				t.Errorf("counts: %t, want %t: %v", counts, c.counts, reasons(r))
			}
		})
	}
}

func TestComponentsCodedAsPainAreReadings(t *testing.T) {
	panel := resource("Observation", "o", `"status":"final"`, `"code":`+concept("http://example.org|dagboek"), `"effectiveDateTime":"2025-06-10T08:00:00+02:00"`,
		`"component":[{"code":`+concept(loinc+"72514-3")+`,"valueInteger":6},{"code":`+concept(loinc+"38214-3")+`,"valueQuantity":{"value":62,"unit":"mm"}}]`)
	const expected = "intake nrs 2025-06-07/2025-06-10 1d 1r 1pd 6 6\nintake vas 2025-06-07/2025-06-10 1d 1r 1pd 62 62"
	if got := scores(record(t, patient, panel)); got != expected {
		t.Errorf("got\n%s\nwant\n%s", got, expected)
	}
}

func trialForm(items ...string) string { return response("neuromodulatie-proef", items...) }

func TestWindows(t *testing.T) {
	start := item("trial-start", `"valueDate":"2025-05-20"`)
	end := item("trial-end", `"valueDate":"2025-05-30"`)
	all := func(lists ...[]string) (list []string) {
		for _, l := range lists {
			list = append(list, l...)
		}
		return list
	}
	before := diary("a", "2025-05-01", "8", "8", "7", "7", "8", "8", "7", "9")
	during := diary("b", "2025-05-27", "4", "4", "3", "3", "4", "4", "3", "3")
	for name, c := range map[string]struct {
		resources []string
		want      string
	}{
		"latest four days without a trial": {all(before, during), "intake nrs 2025-05-27/2025-05-30 4d 8r 2pd 3.5 3.5"},
		"before and at the end of a trial": {all(before, during, []string{trialForm(start, end)}),
			"intake nrs 2025-05-01/2025-05-04 4d 8r 2pd 7.75 7.75\ntrial nrs 2025-05-27/2025-05-30 4d 8r 2pd 3.5 3.5"},
		"a trial that runs": {all(before, diary("c", "2025-06-13", "4", "4", "3", "3", "4", "4", "3"), []string{trialForm(start)}),
			"intake nrs 2025-05-01/2025-05-04 4d 8r 2pd 7.75 7.75\ntrial nrs 2025-06-13/2025-06-16 4d 7r 1pd 3.5714285714 3.5"},
		"a trial that ends later": {all(diary("c", "2025-06-13", "4", "4"), []string{trialForm(start, item("trial-end", `"valueDate":"2025-06-20"`))}),
			"trial nrs 2025-06-13/2025-06-16 1d 2r 2pd 4 4"},
		"an end without a start leaves the intake unknown": {all(before, during, []string{trialForm(end)}), "trial nrs 2025-05-27/2025-05-30 4d 8r 2pd 3.5 3.5"},
		"an end that is not known to the day":              {all(before, during, []string{trialForm(start, item("trial-end", `"valueDate":"2025-05"`))}), "intake nrs 2025-05-01/2025-05-04 4d 8r 2pd 7.75 7.75"},
		"contradictory ends":                               {all(before, during, []string{trialForm(start, end, item("trial-end", `"valueDate":"2025-05-29"`))}), "intake nrs 2025-05-01/2025-05-04 4d 8r 2pd 7.75 7.75"},
		"a short trial does not reach back":                {all(during, []string{trialForm(item("trial-start", `"valueDate":"2025-05-29"`), end)}), "intake nrs 2025-05-25/2025-05-28 2d 4r 2pd 3.5 3.5\ntrial nrs 2025-05-27/2025-05-30 2d 4r 2pd 3.5 3.5"},
		"a gap: the run before it":                         {all(diary("c", "2025-06-01", "5", "", "6", "", "7", "", "8", "", "", "", "9")), "intake nrs 2025-06-01/2025-06-04 4d 4r 1pd 6.5 6.5"},
		"never four in a row":                              {all(diary("c", "2025-06-01", "5", "", "6", "", "", "", "8", "", "9", "")), "intake nrs 2025-06-02/2025-06-05 3d 3r 1pd 7.6666666667 7.6666666667"},
		"more than four in a row":                          {all(diary("c", "2025-06-01", "1", "", "2", "", "3", "", "4", "", "5", "")), "intake nrs 2025-06-02/2025-06-05 4d 4r 1pd 3.5 3.5"},
		"mean of days and of readings differ":              {all(diary("c", "2025-06-01", "2", "2", "8", "", "2", "2", "8")), "intake nrs 2025-06-01/2025-06-04 4d 6r 1pd 4 5"},
		"implanted without trial":                          {all(before, during, []string{response("neuromodulatie-nazorg", item("implant-date", `"valueDate":"2025-05-10"`))}), "intake nrs 2025-05-01/2025-05-04 4d 8r 2pd 7.75 7.75"},
		"doubt": {all(before, during, diary("c", "2025-06-10", "5", "5", "6", "6", "5", "5", "6", "6"), []string{response("neuromodulatie-twijfel",
			item("off-start", `"valueDate":"2025-06-05"`), item("off-end", `"valueDate":"2025-06-13"`)), response("neuromodulatie-nazorg", item("implant-date", `"valueDate":"2025-05-10"`))}),
			"intake nrs 2025-05-01/2025-05-04 4d 8r 2pd 7.75 7.75\nbefore nrs 2025-05-27/2025-05-30 4d 8r 2pd 3.5 3.5\noff nrs 2025-06-10/2025-06-13 4d 8r 2pd 5.5 5.5"},
		"asked for again after an implantation": {all(before, during, []string{response("neuromodulatie-nazorg", item("implant-date", `"valueDate":"2025-05-10"`)),
			resource("ServiceRequest", "s", `"status":"active"`, `"intent":"order"`, `"code":`+concept(intake+"SCS"), `"authoredOn":"2025-06-02"`)}), "intake nrs 2025-05-27/2025-05-30 4d 8r 2pd 3.5 3.5"},
		"nothing measured since the implantation": {all(before, []string{response("neuromodulatie-nazorg", item("implant-date", `"valueDate":"2025-05-10"`)),
			resource("ServiceRequest", "s", `"status":"active"`, `"intent":"order"`, `"code":`+concept(intake+"SCS"), `"authoredOn":"2025-06-02"`)}), ""},
		"asked for before the implantation": {all(before, during, []string{response("neuromodulatie-nazorg", item("implant-date", `"valueDate":"2025-05-10"`)),
			resource("ServiceRequest", "s", `"status":"active"`, `"intent":"order"`, `"code":`+concept(intake+"SCS"), `"authoredOn":"2025-05-02"`)}), "intake nrs 2025-05-01/2025-05-04 4d 8r 2pd 7.75 7.75"},
		"switched off now": {all(during, diary("c", "2025-06-15", "5", "7"), []string{response("neuromodulatie-twijfel", item("off-start", `"valueDate":"2025-06-05"`))}),
			"intake nrs 2025-05-27/2025-05-30 4d 8r 2pd 3.5 3.5\nbefore nrs 2025-05-27/2025-05-30 4d 8r 2pd 3.5 3.5\noff nrs 2025-06-13/2025-06-16 1d 2r 2pd 6 6"},
		"no readings": {[]string{trialForm(start, end)}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := scores(record(t, append(c.resources, patient)...)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestDaysAreLocal(t *testing.T) {
	for name, c := range map[string]struct{ asOf, at, want string }{
		"summer time begins": {"2024-04-01", "2024-03-30T23:30:00Z", "2024-03-31"},
		"the evening before": {"2024-04-01", "2024-03-30T22:30:00Z", "2024-03-30"},
		"in summer":          {"2024-06-16", "2024-06-10T22:30:00Z", "2024-06-11"},
		"in winter":          {"2024-02-16", "2024-02-10T22:30:00Z", "2024-02-10"},
		"another offset":     {"2024-06-16", "2024-06-10T23:30:00-05:00", "2024-06-11"},
	} {
		r := recordAsOf(t, c.asOf, patient, nrs("o", c.at, "5"))
		if len(r.Pain) != 1 || r.Pain[0].To.String() != c.want {
			t.Errorf("%s: %s", name, scores(r))
		}
	}
}

func TestReadingsReceivedTwiceCountOnce(t *testing.T) {
	one := nrs("a", "2025-06-10T08:00:00+02:00", "6")
	for name, c := range map[string]struct {
		resources []string
		readings  int
		conflicts int
	}{
		"same instant":              {[]string{one, nrs("b", "2025-06-10T08:00:00+02:00", "6")}, 1, 0},
		"in another offset":         {[]string{one, nrs("b", "2025-06-10T06:00:00Z", "6")}, 1, 0},
		"same value, other instant": {[]string{one, nrs("b", "2025-06-10T09:00:00+02:00", "6")}, 2, 0},
		"same instant, other value": {[]string{one, nrs("b", "2025-06-10T06:00:00Z", "7")}, 2, 1},
		"other scale":               {[]string{one, pain("b", "2025-06-10T06:00:00Z", `"valueQuantity":{"value":6,"unit":"mm"}`, loinc+"38214-3")}, 1, 0},
		"day only, two resources":   {[]string{nrs("a", "2025-06-10", "6"), nrs("b", "2025-06-10", "6")}, 2, 0},
		"two sites":                 {[]string{nrs("a", "2025-06-10T08:00:00+02:00", "6", leg), nrs("b", "2025-06-10T08:00:00+02:00", "4", arm)}, 2, 0},
		"one says the site":         {[]string{one, nrs("b", "2025-06-10T08:00:00+02:00", "6", leg)}, 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			r := record(t, append(c.resources, patient)...)
			if n := r.Score("intake", mapping.NRS, "").Readings; n != c.readings {
				t.Errorf("%d readings, want %d", n, c.readings)
			}
			if n := len(r.Report.Issues); n != c.conflicts {
				t.Errorf("%d issues, want %d", n, c.conflicts)
			}
		})
	}
	r := record(t, patient, nrs("a", "2025-06-10", "6"), nrs("b", "2025-06-10", "4"))
	if n := r.Score("intake", mapping.NRS, "").PerDay; n != 1 {
		t.Errorf("%d moments: without a time of day they may be one", n)
	}
}

var (
	leg = `"bodySite":` + concept(sct+"61685007")
	arm = `"bodySite":` + concept(sct+"53120007")
)

func TestScoresPerSite(t *testing.T) {
	var list []string
	for i, d := range []string{"07", "08", "09", "10"} {
		list = append(list,
			nrs(fmt.Sprint("l", i), "2025-06-"+d+"T08:00:00+02:00", "7", leg),
			nrs(fmt.Sprint("a", i), "2025-06-"+d+"T08:00:00+02:00", "3", arm))
	}
	crps := condition("c", sct+"128200000")
	r := record(t, append(list, patient, crps)...)
	const expected = "intake nrs 2025-06-07/2025-06-10 4d 8r 1pd 5 5\n" +
		"intake nrs arm 2025-06-07/2025-06-10 4d 4r 1pd 3 3\n" +
		"intake nrs leg 2025-06-07/2025-06-10 4d 4r 1pd 7 7"
	if got := scores(r); got != expected {
		t.Errorf("got\n%s\nwant\n%s", got, expected)
	}
	want(t, r, map[string]string{"crps.predominant": "lower-limb"})
	answered := response("neuromodulatie-intake", group("crps", item("crps.predominant", coding("upper-limb"))))
	want(t, record(t, append(list, patient, answered)...), map[string]string{"crps.predominant": "upper-limb"})
	want(t, record(t, append(list[:6], patient, crps)...), map[string]string{"crps.predominant": ""})
	want(t, record(t, append(list, patient, condition("c", sct+"202725007"))...), map[string]string{"fbss.predominant": ""})
}

func TestPredominantPainByTheScoresPerSite(t *testing.T) {
	const thigh, foot, hand, back, lumbar, neck = "68367000", "56459004", "85562004", "77568009", "52612000", "45048000"
	diary := func(site, value string) (list []string) {
		for _, d := range []string{"07", "08", "09", "10"} {
			list = append(list, nrs(site+d, "2025-06-"+d+"T08:00:00+02:00", value, `"bodySite":`+concept(sct+site)))
		}
		return list
	}
	fbss, fnss := condition("c", sct+"202725007"), condition("c", sct+"202723000")
	for name, c := range map[string]struct {
		indication string
		diaries    [][]string
		fact, want string
	}{
		"leg more than back":  {fbss, [][]string{diary(thigh, "7"), diary(back, "6")}, "fbss.predominant", "leg"},
		"leg as much as back": {fbss, [][]string{diary(thigh, "6"), diary(back, "6")}, "fbss.predominant", "equal"},
		"leg less than back":  {fbss, [][]string{diary(foot, "5"), diary(lumbar, "6")}, "fbss.predominant", "back"},
		"the leg alone":       {fbss, [][]string{diary(thigh, "7")}, "fbss.predominant", ""},
		"too few days":        {fbss, [][]string{diary(thigh, "7"), diary(back, "6")[:3]}, "fbss.predominant", ""},
		"leg and neck":        {fbss, [][]string{diary(thigh, "7"), diary(neck, "6")}, "fbss.predominant", ""},
		"arm more than neck":  {fnss, [][]string{diary(hand, "7"), diary(neck, "6")}, "fnss.predominant", "arm"},
		"arm as much as neck": {fnss, [][]string{diary(hand, "6"), diary(neck, "6")}, "fnss.predominant", "equal"},
		"arm less than neck":  {fnss, [][]string{diary(hand, "5"), diary(neck, "6")}, "fnss.predominant", "neck"},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, record(t, append(slices.Concat(c.diaries...), patient, c.indication)...), map[string]string{c.fact: c.want})
		})
	}
}

func TestDiary(t *testing.T) {
	start, end := item("trial-start", `"valueDate":"2025-05-20"`), item("trial-end", `"valueDate":"2025-05-22"`)
	for name, c := range map[string]struct {
		resources []string
		want      string
	}{
		"every day":    {append(diary("a", "2025-05-20", "4", "4", "4", "", "4"), trialForm(start, end)), "complete"},
		"a day lacks":  {append(diary("a", "2025-05-20", "4", "4", "", "", "4"), trialForm(start, end)), "gaps"},
		"no readings":  {[]string{trialForm(start, end)}, ""},
		"trial runs":   {append(diary("a", "2025-05-20", "4"), trialForm(start)), ""},
		"answered too": {append(diary("a", "2025-05-20", "4", "4", "4", "", "4"), trialForm(start, end, item("diary", coding("gaps")))), "complete | gaps"},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, record(t, append(c.resources, patient)...), map[string]string{"diary": c.want})
		})
	}
}

func TestBodyMassIndex(t *testing.T) {
	body := func(id, code, value, unit, at string) string {
		return resource("Observation", id, `"status":"final"`, `"code":`+concept(loinc+code), `"effectiveDateTime":"`+at+`"`,
			`"valueQuantity":{"value":`+value+`,"system":"http://unitsofmeasure.org","code":"`+unit+`"}`)
	}
	for name, c := range map[string]struct {
		resources []string
		want      string
	}{
		"measured":               {[]string{body("b", "39156-5", "31.25", "kg/m2", "2025-06-01")}, "31.25"},
		"newest":                 {[]string{body("b", "39156-5", "31", "kg/m2", "2025-06-01"), body("c", "39156-5", "36", "kg/m2", "2024-06-01")}, "31"},
		"later":                  {[]string{body("b", "39156-5", "31", "kg/m2", "2025-06-17"), body("c", "39156-5", "36", "kg/m2", "2024-06-01")}, "36"},
		"two on a day":           {[]string{body("b", "39156-5", "31", "kg/m2", "2025-06-01"), body("c", "39156-5", "36", "kg/m2", "2025-06-01")}, "31 | 36"},
		"kg and m":               {[]string{body("w", "29463-7", "80", "kg", "2025-06-01"), body("h", "8302-2", "2", "m", "2020-06-01")}, "20"},
		"g and cm":               {[]string{body("w", "29463-7", "80000", "g", "2025-06-01"), body("h", "8302-2", "200", "cm", "2020-06-01")}, "20"},
		"mm":                     {[]string{body("w", "29463-7", "80", "kg", "2025-06-01"), body("h", "8302-2", "2000", "mm", "2020-06-01")}, "20"},
		"weight only":            {[]string{body("w", "29463-7", "80", "kg", "2025-06-01")}, ""},
		"both, the same":         {[]string{body("b", "39156-5", "20.0", "kg/m2", "2025-06-01"), body("w", "29463-7", "80", "kg", "2025-06-01"), body("h", "8302-2", "2", "m", "2020-06-01")}, "20"},
		"both, differing":        {[]string{body("b", "39156-5", "22", "kg/m2", "2025-06-01"), body("w", "29463-7", "80", "kg", "2025-06-01"), body("h", "8302-2", "2", "m", "2020-06-01")}, "20..22"},
		"height in kg":           {[]string{body("w", "29463-7", "80", "kg", "2025-06-01"), body("h", "8302-2", "2", "kg", "2020-06-01")}, ""},
		"cm called m":            {[]string{body("w", "29463-7", "80", "kg", "2025-06-01"), body("h", "8302-2", "175", "m", "2020-06-01")}, ""},
		"unit of another system": {[]string{strings.Replace(body("b", "39156-5", "31", "kg/m2", "2025-06-01"), "http://unitsofmeasure.org", "http://example.org", 1)}, ""},
		"answered within":        {[]string{body("b", "39156-5", "31", "kg/m2", "2025-06-01"), response("neuromodulatie-intake", item("bmi.min", `"valueDecimal":30`), item("bmi.max", `"valueDecimal":35`))}, "31"},
		"answered otherwise":     {[]string{body("b", "39156-5", "31", "kg/m2", "2025-06-01"), response("neuromodulatie-intake", item("bmi", `"valueDecimal":36`))}, "31 | 36"},
	} {
		t.Run(name, func(t *testing.T) {
			want(t, record(t, append(c.resources, patient)...), map[string]string{"bmi": c.want})
		})
	}
}

func TestPregnancyIsInTheAnswerNotInTheQuestion(t *testing.T) {
	asked := func(code, value string) string {
		return resource("Observation", "o", `"status":"final"`, `"code":`+concept(code), `"effectiveDateTime":"2025-06-01"`, value)
	}
	for value, expected := range map[string]string{
		`"valueCodeableConcept":` + concept(sct+"77386006"):  "yes",
		`"valueCodeableConcept":` + concept(sct+"60001007"):  "no",
		`"valueCodeableConcept":` + concept(sct+"261665006"): "",
		`"hasMember":[{"reference":"Observation/x"}]`:        "",
	} {
		want(t, record(t, patient, asked(loinc+"82810-3", value)), map[string]string{"pregnancy": expected})
		want(t, record(t, patient, asked(sct+"118185001", value)), map[string]string{"pregnancy": expected})
	}
	if e := evidence(t, record(t, patient, asked(loinc+"82810-3", `"valueCodeableConcept":`+concept(sct+"77386006"))), "pregnancy"); e[0].Date != "2025-06-01" {
		t.Errorf("the day of the answer is lost: %+v", e)
	}
}
