package prom

import (
	"testing"

	"github.com/pijnpoort/pijnpoort/fhir"
)

func TestTrapPositionSaysNothing(t *testing.T) {
	var items []fhir.ResponseItem
	for range 10 {
		items = append(items, answer("vraag", integer(2)))
	}
	result := Score(chartOf(own("odi", items...)), Config{})
	check(t, result, map[string]string{"odi.total": "not scoreable: no item is answered"})
	if len(result.Unrecognised) != 1 {
		t.Errorf("unrecognised %v", result.Unrecognised)
	}
}

func TestTrapStoredTotalContradictsItems(t *testing.T) {
	items := numbers("odi", 2, 2, 2, 2, 2, 2, 2, 2, 2, 1)
	stored := answer("odi.total", quantity("36", "%"))
	s := only(t, Score(chartOf(own("odi", append(items, stored)...)), Config{}), "odi.total")
	if s.text() != "38" || s.Stored == nil || s.Stored.RatString() != "36" || !s.Discrepancy {
		t.Errorf("%s, stored %v, discrepancy %v", s.text(), s.Stored, s.Discrepancy)
	}
}

func TestTrapTotalsWithoutItemsAreNotTrusted(t *testing.T) {
	s := only(t, Score(chartOf(own("odi", answer("odi.total", integer(36)))), Config{}), "odi.total")
	if s.Value != nil || s.Stored == nil || s.Discrepancy {
		t.Errorf("%s, stored %v, discrepancy %v", s.text(), s.Stored, s.Discrepancy)
	}
}

func TestTrapMissingIsNotZero(t *testing.T) {
	check(t, Score(chartOf(own("pcs", numbers("pcs", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1)...)), Config{}), map[string]string{"pcs.total": "not scoreable"})
	check(t, Score(chartOf(own("odi", numbers("odi", 5, 5, 5, 5, 5, 5, 5, -1, 5, 5)...)), Config{}), map[string]string{"odi.total": "100"})
}

func TestTrapGPEDirection(t *testing.T) {
	form := func(encoding string) Config {
		return site(t, "questionnaires: [{canonical: "+hospital+"gpe, items: {g: gpe.1}"+encoding+"}]")
	}
	six := respond(hospital+"gpe", answer("g", integer(6)))
	check(t, Score(chartOf(six), form("")), map[string]string{"gpe.value": "not scoreable: gpe.1: forms of this instrument run in either direction", "gpe.success": "not scoreable"})
	check(t, Score(chartOf(six), form(", encoding: {gpe: reversed}")), map[string]string{"gpe.value": "2", "gpe.success": "1"})
	check(t, Score(chartOf(six), form(", encoding: {gpe: value}")), map[string]string{"gpe.value": "6", "gpe.success": "0"})
	// A form that runs from -5 to +5 has another number of steps.
	below := respond(hospital+"gpe", answer("g", integer(-3)))
	check(t, Score(chartOf(below), form(", encoding: {gpe: value}")), map[string]string{"gpe.value": "not scoreable"})
	// A display-only coding with an ordinal, as public examples have it, still has no direction.
	ordinal := respond(hospital+"gpe", answer("g", weighted(fhir.OrdinalValue, "1")))
	check(t, Score(chartOf(ordinal), form("")), map[string]string{"gpe.value": "not scoreable"})
	words := respond(hospital+"gpe", answer("g", fhir.Value{Coding: &fhir.Coding{Display: "Veel verbeterd"}}))
	check(t, Score(chartOf(words), form(", answers: {g: {Veel verbeterd: 2}}")), map[string]string{"gpe.success": "1"})
}

func TestTrapSF12VersionByOptions(t *testing.T) {
	optionCount := func(n int) []fhir.AnswerOption {
		options := []fhir.AnswerOption{{Value: coded("http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "NA")}}
		for k := range n {
			options = append(options, fhir.AnswerOption{Value: coded("urn:cs", string(rune('a'+k)))})
		}
		return options
	}
	form := func(roles, moods int) *fhir.Questionnaire {
		q := &fhir.Questionnaire{URL: sf12v2.Canonical()}
		for k, item := range sf12v2.Items {
			n := int(item.Max)
			switch {
			case k >= 3 && k <= 6:
				n = roles
			case k >= 8 && k <= 10:
				n = moods
			}
			q.Item = append(q.Item, fhir.QuestionnaireItem{LinkID: item.ID, AnswerOption: optionCount(n)})
		}
		return q
	}
	r := own("sf12v2", numbers("sf12v2", 1, 3, 3, 2, 2, 2, 2, 1, 1, 1, 5, 5)...)
	check(t, Score(chartOf(form(5, 5), r), Config{}), map[string]string{"sf12v2.pcs": "53.4419398342"})
	check(t, Score(chartOf(form(2, 6), r), Config{}), map[string]string{"sf12v2.pcs": "not scoreable: sf12v2.4: the number of its answer options"})
	check(t, Score(chartOf(form(2, 5), r), Config{}), map[string]string{"sf12v2.pcs": "not scoreable: sf12v2.4: the number of its answer options"}) // a mixed form
}

func TestTrapSF12v1AnswersOfVersion2(t *testing.T) {
	check(t, Score(chartOf(own("sf12v1", numbers("sf12v1", 1, 3, 3, 5, 5, 5, 5, 1, 1, 1, 5, 5)...)), Config{}),
		map[string]string{"sf12v1.pcs": "not scoreable: sf12v1.4: the answer is not one of the item's values"})
}

func TestTrapSF12BestHealthIsNotTheHighestScore(t *testing.T) {
	result := Score(chartOf(own("sf12v1", numbers("sf12v1", 1, 3, 3, 2, 2, 1, 1, 1, 6, 1, 1, 5)...)), Config{})
	check(t, result, map[string]string{"sf12v1.pcs": "70.02246", "sf12v1.mcs": "21.88708"})
	if scale := sf12v1.Scale("pcs"); scale.High.Cmp(only(t, result, "sf12v1.pcs").Value) < 0 || scale.High.Cmp(dec("56.57706")) <= 0 {
		t.Errorf("highest physical score is %s", scale.High.FloatString(5))
	}
}

func TestTrapODIBandsLeaveNoGap(t *testing.T) {
	for value, band := range map[string]string{"20": "minimal", "20.5": "moderate", "40": "moderate", "40.01": "severe", "100": "bed-bound"} {
		if got := odi.Scales[0].Band(dec(value)); got != band {
			t.Errorf("%s is %s, want %s", value, got, band)
		}
	}
}

func TestTrapODIOptionsFromOne(t *testing.T) {
	config := site(t, "questionnaires: [{canonical: "+hospital+"odi, items: {a: odi.1, b: odi.2, c: odi.3, d: odi.4, e: odi.5, f: odi.6, g: odi.7, h: odi.8, i: odi.9, j: odi.10}, encoding: {odi: index1}}]")
	var items []fhir.ResponseItem
	for k, n := range []int{1, 6, 2, 3, 3, 3, 1, 1, 2, 3} { // (25 - 10) / 50
		items = append(items, answer(string(rune('a'+k)), integer(n)))
	}
	check(t, Score(chartOf(respond(hospital+"odi", items...)), config), map[string]string{"odi.total": "30"})
	items[0] = answer("a", integer(0))
	check(t, Score(chartOf(respond(hospital+"odi", items...)), config), map[string]string{"odi.total": "not scoreable: odi.1"})
}

func TestTrapHADSOptionIndexIsReversedPerItem(t *testing.T) {
	document := "questionnaires: [{canonical: " + hospital + "hads, encoding: {hads: index0}, items: {"
	for _, item := range hads.Items {
		document += "q" + item.ID + ": " + item.ID + ", "
	}
	config := site(t, document+"}}]")
	var items []fhir.ResponseItem
	for _, item := range hads.Items {
		items = append(items, answer("q"+item.ID, integer(0))) // the first printed option
	}
	// Printed from 3 to 0: 1, 3, 5, 11, 13 of anxiety and 6, 8, 10 of depression.
	check(t, Score(chartOf(respond(hospital+"hads", items...)), config), map[string]string{"hads.anxiety": "15", "hads.depression": "9"})
	check(t, Score(chartOf(own("hads", numbers("hads", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)...)), Config{}),
		map[string]string{"hads.anxiety": "0", "hads.depression": "0"})
}

func TestTrapPCSIsNotTheSF12Component(t *testing.T) {
	items := append(numbers("sf12v1", 1, 3, 3, 2, 2, 2, 2, 1, 1, 1, 6, 5), answer("pcs", fhir.Value{Decimal: "56.6"}))
	result := Score(chartOf(own("sf12v1", items...)), Config{})
	if s := only(t, result, "sf12v1.pcs"); s.Stored == nil || s.Discrepancy {
		t.Errorf("stored %v, discrepancy %v", s.Stored, s.Discrepancy)
	}
	for _, s := range result.Scores {
		if s.Instrument.ID == "pcs" {
			t.Error("scored as the Pain Catastrophizing Scale")
		}
	}
}

func TestTrapPSQIBoundaries(t *testing.T) {
	tests := []struct {
		name                string
		items               []fhir.ResponseItem
		score, upitt, paper string
	}{
		{"exactly 7 hours", psqiItems("23:00:00", "07:00:00", "7", 0, nil), "psqi.c3", "0", "1"},
		{"just over 7 hours", psqiItems("23:00:00", "07:00:00", "7.01", 0, nil), "psqi.c3", "0", "0"},
		{"exactly 6 hours", psqiItems("23:00:00", "07:00:00", "6", 0, nil), "psqi.c3", "1", "1"},
		{"exactly 5 hours", psqiItems("23:00:00", "07:00:00", "5", 0, nil), "psqi.c3", "2", "2"},
		{"under 5 hours", psqiItems("23:00:00", "07:00:00", "4.99", 0, nil), "psqi.c3", "3", "3"},
		{"efficiency exactly 85 %", psqiItems("23:00:00", "07:00:00", "6.8", 0, nil), "psqi.c4", "0", "1"},
		{"efficiency 84.5 % is in no printed row", psqiItems("23:00:00", "07:00:00", "6.76", 0, nil), "psqi.c4", "1", "1"},
		{"efficiency exactly 75 %", psqiItems("23:00:00", "07:00:00", "6", 0, nil), "psqi.c4", "1", "1"},
		{"efficiency 74.5 %", psqiItems("23:00:00", "07:00:00", "5.96", 0, nil), "psqi.c4", "2", "2"},
		{"efficiency exactly 65 %", psqiItems("23:00:00", "07:00:00", "5.2", 0, nil), "psqi.c4", "2", "2"},
		{"efficiency under 65 %", psqiItems("23:00:00", "07:00:00", "5.19", 0, nil), "psqi.c4", "3", "3"},
		{"latency exactly 15 minutes", psqiItems("23:00:00", "07:00:00", "7", 15, nil), "psqi.c2", "0", "0"},
		{"latency 16 minutes", psqiItems("23:00:00", "07:00:00", "7", 16, nil), "psqi.c2", "1", "1"},
		{"latency 30 minutes", psqiItems("23:00:00", "07:00:00", "7", 30, nil), "psqi.c2", "1", "1"},
		{"latency 31 minutes and never awake for it", psqiItems("23:00:00", "07:00:00", "7", 31, nil), "psqi.c2", "1", "1"},
		{"latency 61 minutes", psqiItems("23:00:00", "07:00:00", "7", 61, nil), "psqi.c2", "2", "2"},
		{"one disturbance", psqiItems("23:00:00", "07:00:00", "7", 0, map[string]int{"5b": 1}), "psqi.c5", "1", "1"},
		{"disturbances sum 9", psqiItems("23:00:00", "07:00:00", "7", 0, map[string]int{"5b": 3, "5c": 3, "5j": 3}), "psqi.c5", "1", "1"},
		{"disturbances sum 10", psqiItems("23:00:00", "07:00:00", "7", 0, map[string]int{"5b": 3, "5c": 3, "5j": 3, "5d": 1}), "psqi.c5", "2", "2"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			chart := chartOf(own("psqi", test.items...))
			check(t, Score(chart, Config{}), map[string]string{test.score: test.upitt})
			result := Score(chart, Config{Rules: map[string]string{"psqi": Buysse1989}})
			check(t, result, map[string]string{test.score: test.paper})
			if s := only(t, result, test.score); s.Rule != test.score+"/buysse-1989@1" {
				t.Errorf("rule %s", s.Rule)
			}
		})
	}
}

func TestTrapPSQITimeInBed(t *testing.T) {
	tests := []struct {
		name, bed, rise, hours string
		want                   string
		flags                  int
	}{
		{"over midnight", "23:30:00", "07:00:00", "7", "0", 0},
		{"after midnight", "00:30:00", "08:00:00", "7", "0", 0},
		{"bed and rise the same", "07:00:00", "07:00:00", "7", "not scoreable: bed time and rise time are the same", 0},
		{"12-hour clock", "11:00:00", "07:00:00", "7", "3", 1},
		{"three hours are nothing strange", "04:00:00", "07:00:00", "3", "0", 0},
		{"under three hours", "05:00:00", "07:00:00", "2", "0", 1},
		{"more sleep than time in bed", "23:00:00", "07:00:00", "9", "0", 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			result := Score(chartOf(own("psqi", psqiItems(test.bed, test.rise, test.hours, 0, nil)...)), Config{})
			check(t, result, map[string]string{"psqi.c4": test.want})
			if s := only(t, result, "psqi.c4"); len(s.Flags) != test.flags {
				t.Errorf("flags %v", s.Flags)
			}
		})
	}
}

func TestTrapPSQIWaysToWriteATime(t *testing.T) {
	at := func(s string) fhir.Value {
		d, err := fhir.ParseDateTime(s)
		if err != nil {
			t.Fatal(err)
		}
		return fhir.Value{DateTime: d}
	}
	for name, test := range map[string]struct {
		value fhir.Value
		hours string // "" for none
	}{
		"time":                         {clock("23:30:00"), "23.5"},
		"time without seconds":         {clock("23:30"), "23.5"},
		"midnight":                     {clock("00:00:00"), "0"},
		"dateTime":                     {at("2024-03-04T23:30:00+01:00"), "23.5"},
		"dateTime in UTC, local time":  {at("2024-07-04T21:30:00Z"), "23.5"},
		"date only":                    {at("2024-07-04"), ""},
		"string with a colon":          {text("23:30"), "23.5"},
		"string with a dot":            {text("23.30"), "23.5"},
		"string with one digit behind": {text("23.5"), "23.5"},
		"whole hours":                  {text("23"), "23"},
		"24 is midnight":               {text("24:00"), "0"},
		"decimal hours":                {fhir.Value{Decimal: "23.5"}, "23.5"},
		"integer":                      {integer(23), "23"},
		"75 minutes":                   {text("23.75"), ""},
		"past midnight":                {text("24:30"), ""},
		"digits only":                  {text("2330"), ""},
		"words":                        {text("half twaalf"), ""},
		"negative":                     {fhir.Value{Decimal: "-1"}, ""},
		"quantity":                     {quantity("23", "h"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := meaning{}.clock(&fhir.Answer{Value: test.value})
			switch {
			case test.hours == "" && (m.value != nil || m.reason == ""):
				t.Errorf("read as %v", m.value)
			case test.hours != "" && (m.value == nil || m.value.Cmp(dec(test.hours)) != 0):
				t.Errorf("read as %v (%s), want %s", m.value, m.reason, test.hours)
			}
		})
	}
	if m := (meaning{}).clock(&fhir.Answer{Value: fhir.Value{Decimal: "23.30"}}); m.flag == "" {
		t.Error("23.30 as decimal hours passes without a remark")
	}
}

func TestTrapPSQIDurations(t *testing.T) {
	latency, hours := &psqi.Items[psqi.item("psqi.latency")], &psqi.Items[psqi.item("psqi.sleep-hours")]
	for name, test := range map[string]struct {
		item  *Item
		value fhir.Value
		want  string
	}{
		"a range counts as its middle": {latency, text("30-60"), "45"},
		"in English":                   {latency, text("30 to 60"), "45"},
		"in Dutch":                     {latency, text("30 tot 60"), "45"},
		"hours slept as a range":       {hours, text("6 - 7"), "6.5"},
		"half an hour":                 {latency, quantity("0.5", "h"), "30"},
		"minutes slept":                {hours, quantity("390", "min"), "6.5"},
		"decimal comma":                {hours, text("6,5"), "6.5"},
		"range the wrong way round":    {latency, text("60-30"), ""},
		"over a day":                   {hours, integer(25), ""},
		"another unit":                 {hours, quantity("6", "d"), ""},
		"words":                        {latency, text("een uurtje"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := meaning{}.duration(&fhir.Answer{Value: test.value}, test.item)
			switch {
			case test.want == "" && (m.value != nil || m.reason == ""):
				t.Errorf("read as %v", m.value)
			case test.want != "" && (m.value == nil || m.value.Cmp(dec(test.want)) != 0):
				t.Errorf("read as %v (%s), want %s", m.value, m.reason, test.want)
			}
		})
	}
}

func TestTrapPSQI5jNeedsItsWords(t *testing.T) {
	items := psqiItems("23:00:00", "07:00:00", "7", 0, map[string]int{"5j": 3})
	check(t, Score(chartOf(own("psqi", items...)), Config{}), map[string]string{"psqi.c5": "1"})
	asked := append(items, fhir.ResponseItem{LinkID: "psqi.5j-comment"})
	check(t, Score(chartOf(own("psqi", asked...)), Config{}), map[string]string{"psqi.c5": "0"})
	given := append(items, answer("psqi.5j-comment", text("de kat")))
	check(t, Score(chartOf(own("psqi", given...)), Config{}), map[string]string{"psqi.c5": "1"})
}

func TestTrapPSQIBareNumberings(t *testing.T) {
	result := Score(chartOf(own("psqi", answer("6", integer(2)), answer("psqi.9", integer(2)))), Config{})
	if len(result.Unrecognised) != 1 || len(result.Unrecognised[0].Items) != 2 {
		t.Errorf("unrecognised %v", result.Unrecognised)
	}
}

func TestTrapStatus(t *testing.T) {
	for status, scored := range map[string]bool{"completed": true, "amended": true, "in-progress": false, "stopped": false, "entered-in-error": false, "": false, "final": false} {
		r := own("nrs", numbers("nrs", 6)...)
		r.Status = status
		if s := only(t, Score(chartOf(r), Config{}), "nrs.value"); (s.Value != nil) != scored || !scored && s.NotScoreable == "" {
			t.Errorf("%q: %s", status, s.text())
		}
	}
}

func TestTrapAmendedResponseSupersedes(t *testing.T) {
	version := func(status, id string, value int) *fhir.QuestionnaireResponse {
		r := own("nrs", numbers("nrs", value)...)
		r.Status, r.Meta.VersionID = status, id
		return r
	}
	for name, test := range map[string]struct {
		first, second *fhir.QuestionnaireResponse
		want          string
	}{
		"by status":            {version("amended", "", 4), version("completed", "", 6), "4"},
		"by version":           {version("completed", "2", 4), version("completed", "1", 6), "4"},
		"the later one stands": {version("completed", "", 6), version("completed", "", 4), "4"},
		"error at last":        {version("entered-in-error", "3", 4), version("amended", "2", 6), "not scoreable: the response was entered in error"},
	} {
		t.Run(name, func(t *testing.T) {
			result := Score(chartOf(test.first, test.second), Config{})
			check(t, result, map[string]string{"nrs.value": test.want})
			if len(result.Superseded) != 1 {
				t.Errorf("superseded %v", result.Superseded)
			}
		})
	}
}
