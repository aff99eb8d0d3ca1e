package cql

import (
	"math/rand"
	"strconv"
	"time"
)

// fact is what may be recorded about one fact: as the rules want it, or otherwise.
type fact struct {
	id    string
	good  []way
	other []way
}

// choose picks a way; with the given probability one of the others.
func (f fact) choose(random *rand.Rand, deviation float64) way {
	if random.Float64() < deviation {
		if random.Intn(4) == 0 {
			return absent
		}
		return f.other[random.Intn(len(f.other))]
	}
	return f.good[random.Intn(len(f.good))]
}

// bornAt is a date of birth so that the person turned that age so many days ago.
func bornAt(age, daysAgo int) way {
	return birthDate(func(asOf time.Time) string { return ago{years: age, days: daysAgo}.of(asOf) })
}

func bornIn(age int, precision string) way {
	return birthDate(func(asOf time.Time) string { return ago{years: age, precision: precision}.of(asOf) })
}

func born(literal string) way {
	return birthDate(func(time.Time) string { return literal })
}

// leapBirth is a birth on the last 29 February that is at least 18 years ago, so
// that the birthday can fall on either side of the as-of day.
func leapBirth(age int) way {
	return birthDate(func(asOf time.Time) string {
		year := asOf.Year() - age
		for year%4 != 0 {
			year--
		}
		return strconv.Itoa(year) + "-02-29"
	})
}

var generalFacts = []fact{
	{"last-resort", []way{codes("insufficient-effect"), codes("intolerable"), codes("insufficient-effect", "intolerable")},
		[]way{codes("still-effective"), codes("not-evaluated"), codes("intolerable", "still-effective"), codes("not-evaluated", "still-effective")}},
	{"birth-date", []way{bornAt(40, 3), bornAt(55, 100), bornIn(60, "year"), bornAt(18, 0), bornIn(57, "month"), dates(ago{years: 33})},
		[]way{bornAt(18, -1), bornAt(18, 1), bornIn(18, "year"), bornIn(18, "month"), bornIn(17, "year"), bornIn(19, "year"), bornAt(17, 40), leapBirth(18), leapBirth(56),
			bornAt(56, 0), bornAt(56, -1), bornAt(12, 0), bornAt(12, -1), bornIn(56, "year"), bornIn(55, "year"),
			both(born("1970-03-10"), dates(ago{years: 17, months: 3})), both(born("1970-03-10"), date("1971-03-10")), dates(ago{years: 18, days: -1})}},
	{"sex", []way{gender("male"), gender("female"), codes("male"), codes("female")},
		[]way{gender("other"), gender("unknown"), codes("other"), both(gender("male"), codes("female"))}},
	{"pain-onset", []way{dates(ago{years: 2}), dates(ago{months: 6}), dates(ago{months: 9, precision: "month"}), dates(ago{years: 3, precision: "year"}), onset(ago{years: 2, months: 3}), onset(ago{months: 6})},
		[]way{dates(ago{months: 6, days: -1}), dates(ago{months: 6, days: 1}), dates(ago{months: 6, precision: "month"}), dates(ago{months: 5, precision: "month"}),
			dates(ago{months: 7, precision: "month"}), dates(ago{precision: "year"}), dates(ago{months: 2}), dates(ago{months: 3}),
			dates(ago{years: 2}, ago{months: 4}), dates(ago{years: 2}, ago{years: 1}), dates(ago{months: 1}, ago{months: 2}),
			both(onset(ago{years: 1}), dates(ago{months: 2})), onset(ago{months: 6, precision: "month"}), onset(ago{months: 4}), onset(ago{months: 6, days: -1})}},
	{"pain", painGood, painOther},
	{"substance-misuse", []way{codes("none"), codes("remission"), codes("none", "remission"), condition("66214007", "refuted", ""), condition("66214007", "confirmed", "remission")},
		[]way{codes("active"), codes("none", "active"), condition("66214007", "confirmed", "active"), both(codes("none"), condition("66214007", "confirmed", "active"))}},
	{"pregnancy", []way{codes("no"), codes("not-possible"), codes("no", "not-possible"), pregnancyStatus("60001007", 3)},
		[]way{absent, absent, codes("yes"), codes("yes", "no"), pregnancyStatus("77386006", 20), pregnancyStatus("77386006", 294), pregnancyStatus("77386006", 295),
			both(codes("no"), pregnancyStatus("77386006", 10))}},
	{"coagulation-disorder", []way{truths(false), truths(false, false), condition("64779008", "refuted", "")},
		[]way{truths(true), truths(true, false), condition("64779008", "confirmed", "active"), both(truths(false), condition("64779008", "confirmed", "active"))}},
	{"anticoagulant", []way{codes("none"), codes("may-stop"), codes("none", "may-stop")},
		[]way{codes("may-not-stop"), codes("unknown-if-stop"), codes("may-stop", "may-not-stop"), codes("none", "may-not-stop")}},
	{"active-infection", []way{truths(false), condition("40733004", "refuted", "")},
		[]way{truths(true), truths(true, false), condition("40733004", "confirmed", "active"), both(truths(false), condition("40733004", "confirmed", "active"))}},
	{"life-expectancy-months", []way{integers(13), integers(240), lifeOver12(true), between(wholes, "13", "24"), between(wholes, "13", "")},
		[]way{integers(12), integers(11), integers(0), between(wholes, "6", "18"), between(wholes, "12", "13"), between(wholes, "3", "12"), between(wholes, "6", ""),
			between(wholes, "", "12"), between(wholes, "", "24"), integers(6, 24), integers(24, 36), lifeOver12(false), both(integers(10), lifeOver12(true)), both(between(wholes, "6", "18"), lifeOver12(true)), both(integers(24), lifeOver12(true))}},
	{"intake-questionnaire", []way{codes("completed"), responses("intakevragenlijst")},
		[]way{codes("pending"), codes("refused"), codes("completed", "refused"), codes("pending", "refused")}},
	{"proms", []way{codes("completed"), responses("sf12v2", "nrs", "bpi", "hads", "pcs", "psqi", "odi", "ndi")},
		[]way{codes("pending"), codes("refused"), codes("completed", "pending"), responses("sf12v1", "nrs", "bpi", "hads", "pcs", "psqi"),
			responses("sf12v1", "nrs", "bpi", "hads", "pcs", "psqi", "odi"), responses("sf12v1", "nrs", "bpi", "hads", "pcs")}},
	{"bmi", []way{decimals("34.9"), decimals("24"), measured("39156-5", "34.94", "kg/m2", 20)},
		[]way{decimals("35"), decimals("34.95"), decimals("35.01"), decimals("30", "36"), between(decimals, "34", "36"), between(decimals, "30", "34.9"), between(decimals, "35", ""),
			both(measured("29463-7", "100", "kg", 9), measured("8302-2", "160", "cm", 9)), both(measured("29463-7", "80", "kg", 9), measured("8302-2", "180", "cm", 9)),
			both(measured("39156-5", "33", "kg/m2", 9), measured("29463-7", "100", "kg", 9), measured("8302-2", "160", "cm", 9))}},
	{"opioid-med", []way{decimals("0"), decimals("89.9"), quantity("60", "mg/d"), between(decimals, "20", "89")},
		[]way{decimals("90"), decimals("89.99"), decimals("90.01"), decimals("240"), decimals("60", "120"), decimals("10", "30"), between(decimals, "60", "120"), between(decimals, "90", "120"),
			between(decimals, "60", "90"), between(decimals, "90", ""), between(decimals, "30", "")}},
	{"psychiatric-disorder", []way{codes("none"), codes("none"), condition("74732009", "refuted", ""), both(codes("active"), referred(true)), both(codes("active"), referred(false))},
		[]way{codes("active"), both(codes("active"), referred(false)), both(codes("active"), referred(true, false)), codes("none", "active"), referred(true), referred(false),
			both(condition("74732009", "confirmed", "active"), referred(false)), both(condition("74732009", "confirmed", "active"), referred(true)), both(codes("none", "active"), referred(true))}},
	{"team", []way{codes("neurosurgeon", "psychiatrist", "nurse"), codes("anaesthesiologist-pain-specialist", "clinical-psychologist", "nurse-specialist"),
		codes("anaesthesiologist-pain-specialist", "psychologist", "physician-assistant", "other"), careTeam("neurosurgeon", "psychologist", "nurse-specialist")},
		[]way{codes("neurosurgeon", "nurse"), codes("other"), codes("psychiatrist", "nurse-specialist", "other"), codes("neurosurgeon", "psychologist", "anaesthesiologist-pain-specialist"),
			careTeam("neurosurgeon", "psychologist"), both(careTeam("neurosurgeon", "psychologist"), codes("nurse"))}},
	{"ehealth-tool", []way{absent}, []way{codes("recommended"), codes("not-used")}},
}

func lifeOver12(values ...bool) way {
	return func(d *draft, _ string) { truths(values...)(d, "life-expectancy-over-12") }
}

func referred(values ...bool) way {
	return func(d *draft, _ string) { truths(values...)(d, "psychiatric-referral") }
}

// score is a weighted score without its readings, from the trial form.
func score(scale, value string) way {
	return func(d *draft, _ string) { decimals(value)(d, "intake-"+scale) }
}

var painGood = []way{
	readings(nrs, 0, perDay(4, "6", "7")...),
	readings(nrs, 2, perDay(4, "4", "6")...),
	readings(vas, 1, perDay(4, "50", "50")...),
	readings(vasCm, 1, perDay(4, "5", "6.5", "7")...),
	readings(nrs, 3, perDay(7, "8", "5")...),
	both(readings(nrs, 0, perDay(4, "3", "4")...), readings(vas, 0, perDay(4, "60", "61")...)),
	both(readings(nrs, 0, perDay(4, "3", "4")...), score("vas", "55")),
	score("nrs", "5"), score("vas", "50"),
}

var painOther = []way{
	readings(nrs, 0, []string{"5", "5"}, []string{"5", "5"}, []string{"5", "5"}, []string{"5", "4"}),
	readings(vas, 0, []string{"50", "50"}, []string{"50", "50"}, []string{"50", "50"}, []string{"50", "49.5"}),
	readings(nrs, 0, perDay(3, "7", "8")...),
	readings(nrs, 0, perDay(4, "7")...),
	readings(nrs, 0, []string{"7", "7"}, []string{"7", "7"}, []string{"7"}, []string{"7", "7"}),
	readings(nrs, 0, []string{"7", "7"}, []string{"7", "7"}, nil, []string{"7", "7"}, []string{"7", "7"}),
	readings(nrs, 0, append(perDay(4, "7", "6"), nil, []string{"1", "2"})...),
	readings(nrs, 0, append(perDay(4, "2", "3"), nil, []string{"9", "9"})...),
	readings(nrs, 0, append(perDay(4, "8", "8"), perDay(4, "4", "4")...)...),
	readings(nrs, 0, append(perDay(4, "2", "2"), perDay(4, "5", "5")...)...),
	readings(nrs, 0, append(perDay(4, "2", "2"), perDay(2, "9", "9")...)...),
	both(readings(nrs, 0, perDay(4, "3", "4")...), readings(vas, 0, perDay(4, "45", "48")...)),
	both(readings(nrs, 0, perDay(4, "3", "4")...), readings(vas, 0, perDay(2, "45", "48")...)),
	both(readings(nrs, 0, perDay(4, "6", "7")...), readings(vas, 0, perDay(2, "45", "48")...)),
	readings(vasCm, 0, perDay(4, "4.5", "5")...),
	score("nrs", "4.99"), score("vas", "49.9"), score("nrs", "0"),
	both(score("nrs", "4"), score("vas", "51")), both(score("nrs", "5.5"), score("vas", "30")),
	func(d *draft, _ string) { decimals("4", "6")(d, "intake-nrs") },
}

// reason is why it is asked for, with or without another condition that is not reimbursed.
func reason(indication string) fact {
	phn, pad, angina := condition("2177002", "confirmed", "active"), condition("399957001", "confirmed", "active"), condition("315025001", "confirmed", "active")
	return fact{"reason", []way{absent, absent, absent, codes(indication), both(phn, codes(indication)), both(pad, codes(indication))},
		[]way{phn, both(phn, codes("phn")), both(pad, codes("pad", indication)), both(angina, codes("angina")), pad}}
}

// modality is the treatment asked for; as the rules want it for one indication.
func modality(indication string) fact {
	want := []way{codes("SCS"), codes("SCS"), requested, both(requested, codes("SCS"))}
	switch indication {
	case "cch":
		want = []way{codes("ONS")}
	case "crps":
		want = append(want, codes("DRGS"), codes("DRGS"), codes("DRGS"))
	}
	return fact{"modality", want, []way{codes("SCS"), codes("DRGS"), codes("ONS"), codes("ITDD"), codes("SCS", "DRGS"), codes("SCS", "ONS"),
		codes("DRGS", "ITDD"), both(requested, codes("DRGS")), requested}}
}
