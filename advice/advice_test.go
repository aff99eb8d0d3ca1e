package advice

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// criterion is a criterion of the catalogue with an outcome, as a verdict has it.
func criterion(id string, outcome kleene.Outcome, missing ...string) validation.Criterion {
	entry, ok := standpunt.Find(id)
	if !ok {
		panic(id)
	}
	return validation.Criterion{ID: id, Outcome: outcome, Kind: entry.Kind, Effect: entry.Effect, Source: entry.Source,
		Title: entry.Title.NL, Missing: missing}
}

// fbss is a verdict on FBSS, for SCS.
func fbss(conclusion validation.Conclusion, criteria ...validation.Criterion) *validation.Verdict {
	v := &validation.Verdict{Standpunt: standpunt.NVA2021, Phase: validation.Preparation, Verdict: conclusion,
		Indications: []validation.Indication{{Indication: "fbss", Modality: "SCS", Verdict: conclusion, Criteria: criteria}}}
	for _, c := range criteria {
		for _, f := range c.Missing {
			v.Missing = append(v.Missing, validation.MissingFact{Fact: f, Criteria: []string{c.ID}})
		}
	}
	return v
}

func TestSummaryIsOneSentence(t *testing.T) {
	twoIndications := fbss(validation.NeedsData, criterion("excl-active-infection", kleene.Undecided, "active-infection"))
	twoIndications.Indications = append([]validation.Indication{{Indication: "phn", Verdict: validation.NotCovered}}, twoIndications.Indications...)
	definitive := fbss(validation.CoveredEligible, criterion("definitive-50pct", kleene.Met))
	definitive.Phase = validation.Definitive
	other := fbss(validation.NotCovered)
	other.Indications[0].Indication, other.Indications[0].Name, other.Indications[0].Modality = "other", "Fantoompijn", ""
	overdue := &validation.Verdict{Phase: validation.Aftercare, Verdict: validation.Overdue,
		Criteria: []validation.Criterion{criterion("aftercare-visits-3-6-12", kleene.NotMet)}}

	tests := []struct {
		name    string
		verdict *validation.Verdict
		want    string
	}{
		{"one datum is needed", fbss(validation.NeedsData, criterion("excl-active-infection", kleene.Undecided, "active-infection")),
			"Nog niet te beoordelen voor SCS bij FBSS: 1 gegeven nodig (Actieve infectie)"},
		{"more data than fit", fbss(validation.NeedsData,
			criterion("incl-pain-6-months", kleene.Undecided, "pain-onset"),
			criterion("excl-active-infection", kleene.Undecided, "active-infection"),
			criterion("excl-coagulation", kleene.Undecided, "coagulation-disorder", "anticoagulant"),
			criterion("last-resort", kleene.Undecided, "last-resort")),
			"Nog niet te beoordelen voor SCS bij FBSS: 5 gegevens nodig (Begin van de pijn, Actieve infectie, Stollingsstoornis, Antistolling, …)"},
		{"what excludes comes before what is not met", fbss(validation.NotEligible,
			criterion("incl-age-18", kleene.NotMet), criterion("excl-pregnancy", kleene.NotMet)),
			"Komt niet in aanmerking voor SCS bij FBSS: Zwangerschap, niet voldaan: Volwassen op de beoordelingsdatum"},
		{"what only flags is no reason", fbss(validation.CoveredEligible,
			criterion("incl-age-18", kleene.Met), criterion("excl-bmi-35", kleene.NotMet)),
			"Komt in aanmerking voor SCS bij FBSS: aan alle 1 beslissende criteria voldaan; let op: BMI van 35 of hoger"},
		{"a referral first", fbss(validation.ReferralNeeded, criterion("psychiatric-referral", kleene.NotMet)),
			"Eerst verwijzen voor SCS bij FBSS: niet voldaan: Verwijzing bij actieve psychiatrische stoornis"},
		{"the definitive phase", definitive,
			"Komt in aanmerking voor definitieve implantatie, SCS bij FBSS: aan alle 1 beslissende criteria voldaan"},
		{"the indication that decides, not the first", twoIndications,
			"Nog niet te beoordelen voor SCS bij FBSS: 1 gegeven nodig (Actieve infectie)"},
		{"another condition has its own name", other, "Geen vergoede zorg (Fantoompijn)"},
		{"no condition", &validation.Verdict{Phase: validation.Preparation, Verdict: validation.NoIndication},
			"Geen aandoening gevonden waarvoor neuromodulatie bedoeld is"},
		{"aftercare that is overdue", overdue, "Nazorg loopt achter: niet voldaan: Controles in het eerste jaar"},
		{"aftercare that is not", &validation.Verdict{Phase: validation.Aftercare, Verdict: validation.Compliant}, "Nazorg: voldoet"},
		{"a centre", &validation.Verdict{Phase: validation.Centre, Verdict: validation.Compliant}, "Pijncentrum: voldoet"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Summary(test.verdict, "nl"); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

// verdicts draws verdicts of any shape, with names and values that try to break out.
func verdicts(t *rapid.T) *validation.Verdict {
	all := standpunt.All()
	hostile := rapid.SampledFrom([]string{"", "a", "a|b", "<script>", "\n", "*_`[x](y)", strings.Repeat("lang ", 60), "é漢\U0001F9E0"})
	var criteria []validation.Criterion
	for range rapid.IntRange(0, 12).Draw(t, "criteria") {
		c := criterion(all[rapid.IntRange(0, len(all)-1).Draw(t, "entry")].ID, kleene.Outcome(rapid.IntRange(0, 3).Draw(t, "outcome")))
		if c.Outcome == kleene.Undecided {
			c.Missing = rapid.SliceOfN(rapid.SampledFrom([]string{"bmi", "pain-onset", "fbss.predominant", "visit"}), 0, 3).Draw(t, "missing")
		}
		c.Evidence = []mapping.Evidence{{Resource: "Condition/c", Path: "code", Value: hostile.Draw(t, "value"), Date: "2025-01-01"}}
		c.Note = hostile.Draw(t, "note")
		criteria = append(criteria, c)
	}
	v := fbss(rapid.SampledFrom([]validation.Conclusion{validation.CoveredEligible, validation.NotEligible, validation.NotCovered,
		validation.NeedsData, validation.ReferralNeeded, validation.Transition, validation.VersionConflict}).Draw(t, "verdict"), criteria...)
	v.Phase = rapid.SampledFrom(validation.Phases).Draw(t, "phase")
	v.Indications[0].Name = hostile.Draw(t, "name")
	return v
}

func TestSummaryAlwaysFitsACard(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := verdicts(t)
		for _, lang := range []string{"nl", "en"} {
			s := Summary(v, lang)
			if n := utf8.RuneCountInString(s); n == 0 || n > summaryLimit {
				t.Errorf("%d characters: %q", n, s)
			}
		}
	})
}

func TestMarkdownIsATableWhateverTheDataHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := verdicts(t)
		text := Markdown(v, "nl")
		if strings.Contains(text, "<") {
			t.Errorf("HTML in %q", text)
		}
		rows := 0
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, "|") {
				continue
			}
			rows++
			bare := strings.ReplaceAll(strings.ReplaceAll(line, `\\`, ""), `\|`, "")
			if strings.Count(bare, "|") != 5 {
				t.Errorf("row %d has not four cells: %q", rows, line)
			}
		}
		if want := 2 + len(mainSubject(v).rows()); rows != want {
			t.Errorf("%d rows, want %d", rows, want)
		}
	})
}

func TestTextIsNoWiderThanThePage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := verdicts(t)
		var b bytes.Buffer
		if err := Text(&b, v, "nl"); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			line = strings.TrimSuffix(line, "\n")
			oneWord := len(strings.Fields(line)) < 3
			if utf8.RuneCountInString(line) > width && !oneWord {
				t.Errorf("%d columns: %q", utf8.RuneCountInString(line), line)
			}
			if strings.Contains(line, "\x1b") {
				t.Errorf("colour in what is no terminal: %q", line)
			}
		}
	})
}

func TestMarkdownShowsWhatIsInTheWay(t *testing.T) {
	v := fbss(validation.NotEligible, criterion("incl-age-18", kleene.Met), criterion("excl-bmi-35", kleene.Undecided, "bmi"),
		criterion("excl-pregnancy", kleene.NotMet))
	text := Markdown(v, "nl")
	pregnancy, bmi := strings.Index(text, "Zwangerschap: aan de orde"), strings.Index(text, "| onbekend | BMI")
	if pregnancy < 0 || bmi < pregnancy {
		t.Errorf("not met first, then open:\n%s", text)
	}
	if strings.Contains(text, "Volwassen") {
		t.Errorf("what is met stands in the table:\n%s", text)
	}
	if !strings.Contains(text, "h. 1, Algemene exclusiecriteria, 2") {
		t.Errorf("no citation:\n%s", text)
	}
	met := Markdown(fbss(validation.CoveredEligible, criterion("incl-age-18", kleene.Met)), "en")
	if !strings.Contains(met, "| met |") || !strings.Contains(met, "ch. 1, ") {
		t.Errorf("with nothing in the way, what is met is shown:\n%s", met)
	}
}

// The table of what is met has as many lines as the summary counts: a criterion that
// only cautions is in neither.
func TestMarkdownShowsWhatTheSummaryCounts(t *testing.T) {
	v := fbss(validation.CoveredEligible, criterion("incl-age-18", kleene.Met), criterion("excl-bmi-35", kleene.Met))
	if rows := strings.Count(Markdown(v, "nl"), "| voldaan |"); rows != 1 || !strings.Contains(Summary(v, "nl"), "alle 1 ") {
		t.Errorf("%d rows: %s", rows, Summary(v, "nl"))
	}
}

// "Needed to judge" is said only while there is no judgement; after one, what is missing is
// told as unknown.
func TestMissingDataUnderTheRightTitle(t *testing.T) {
	for conclusion, want := range map[validation.Conclusion]string{validation.NeedsData: "Nodig om te oordelen", validation.NotEligible: "Ook nog onbekend"} {
		v := fbss(conclusion, criterion("excl-pregnancy", kleene.NotMet), criterion("excl-bmi-35", kleene.Undecided, "bmi"))
		v.Missing = []validation.MissingFact{{Fact: "bmi", Criteria: []string{"excl-bmi-35"}}}
		v.Actions = []validation.Action{{ID: "excl-pregnancy", Text: "Beoordeel opnieuw"}}
		var text bytes.Buffer
		if err := Text(&text, v, "nl"); err != nil {
			t.Fatal(err)
		}
		if needed, toDo := strings.Index(Markdown(v, "nl"), want), strings.Index(Markdown(v, "nl"), "Te doen"); (needed < toDo) != (conclusion == validation.NeedsData) {
			t.Errorf("%s: what to do stands at %d, what is missing at %d", conclusion, toDo, needed)
		}
		if markdown := Markdown(v, "nl"); !strings.Contains(markdown, "**"+want+"**") || !strings.Contains(text.String(), want+" (1)") {
			t.Errorf("%s: no %q in\n%s\n%s", conclusion, want, markdown, text.String())
		}
	}
}

// When the system is to be switched on again, the other way the decision could have gone
// is not in the way; what the decision rests on is shown.
func TestMarkdownShowsWhatADecisionRestsOn(t *testing.T) {
	criteria := []validation.Criterion{criterion("doubt-worsening-switch-on", kleene.Met), criterion("doubt-no-worsening-stay-off", kleene.NotMet)}
	on := Markdown(&validation.Verdict{Phase: validation.Doubt, Verdict: validation.SwitchOn, Criteria: criteria}, "nl")
	if !strings.Contains(on, "| voldaan | Meer pijn: weer aanzetten |") || strings.Contains(on, "| niet voldaan |") {
		t.Errorf("switched on:\n%s", on)
	}
	criteria[0].Outcome, criteria[1].Outcome = kleene.NotMet, kleene.Met
	if off := Markdown(&validation.Verdict{Phase: validation.Doubt, Verdict: validation.StayOff, Criteria: criteria}, "nl"); !strings.Contains(off, "| niet voldaan | Meer pijn") {
		t.Errorf("stays off:\n%s", off)
	}
}

// The signs of Markdown and HTML in data mean nothing; one that means nothing by itself is
// left alone, for who reads the detail as it is.
func TestEscape(t *testing.T) {
	for text, want := range map[string]string{
		"A > B": "A > B", "> quote": "&gt; quote", "<b>": "&lt;b>", "a & b": "a &amp; b", "&lt;": "&amp;lt;", "x|y": `x\|y`, "*a*": `\*a\*`, "a\n> b": "a > b",
	} {
		if got := Escape(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestEveryCodeOfAVerdictHasNames(t *testing.T) {
	var codes []string
	for _, p := range validation.Phases {
		codes = append(codes, string(p))
	}
	for _, v := range standpunt.Versions() {
		codes = append(codes, v.ID)
	}
	for _, c := range []validation.Conclusion{validation.CoveredEligible, validation.NotEligible, validation.NotCovered,
		validation.NeedsData, validation.ReferralNeeded, validation.Transition, validation.NoRuleInForce, validation.VersionConflict,
		validation.NoIndication, validation.TrialContinue, validation.ExtensionAllowed, validation.Compliant, validation.Overdue,
		validation.SwitchOn, validation.StayOff, validation.TeamJudgement, validation.CooperationRequired, validation.NotCompliant} {
		codes = append(codes, string(c))
	}
	for o := kleene.Undecided; o <= kleene.NotApplicable; o++ {
		codes = append(codes, o.String())
	}
	codes = append(codes, mapping.AllConditions...)
	if d, _, _ := mapping.DefinitionOf("modality"); d != nil {
		codes = append(codes, d.Codes...)
	}
	for _, code := range codes {
		if n, ok := names[code]; !ok || n.NL == "" || n.EN == "" {
			t.Errorf("%q lacks a name", code)
		}
	}
	if got := Name("new-code", "nl"); got != "new-code" {
		t.Errorf("a code without name is called %q", got)
	}
}

func TestEveryChapterHasAName(t *testing.T) {
	for _, c := range standpunt.All() {
		for _, lang := range []string{"nl", "en"} {
			if p := Place(c.Source, lang); strings.Contains(p, "h. "+c.Source.Chapter) && len(c.Source.Chapter) > 1 {
				t.Errorf("%s stands in %q", c.ID, p)
			}
		}
	}
}

func TestFlagsInWords(t *testing.T) {
	for flag, want := range map[string]string{
		"caution:excl-bmi-35":                       "let op: BMI van 35 of hoger",
		"note:opioid-med-below-90:conversion-table": "opmerking: Opioïden onder 90 mg per dag: met een andere omrekentabel valt het oordeel anders uit",
		"note:weighted-score-daily-means":           "opmerking: het gemiddelde van de daggemiddelden valt anders uit dan dat van alle metingen",
		"explicit-negative":                         "staat op de lijst van niet-vergoede zorg",
		"version:zin-2019":                          "beoordeeld volgens: standpunt Zorginstituut 2019",
		"something-new":                             "something-new",
		"note:cch-refractory-definition:lithium":    "opmerking: Medicatie heeft gefaald (lithium)",
		"text-anomaly:sfn-vas-40":                   "het VAS-teken in het document is kennelijk omgekeerd; gelezen als hoogstens 40 mm",
	} {
		if got := Flag(flag, "nl"); got != want {
			t.Errorf("%s: %q, want %q", flag, got, want)
		}
	}
}

func TestAdviserMapsWithoutWhatCannotBe(t *testing.T) {
	chart := &fhir.Chart{Resources: []fhir.Resource{
		&fhir.Patient{Header: fhir.Header{ID: "p"}, Identifier: []fhir.Identifier{{System: "http://fhir.nl/fhir/NamingSystem/bsn", Value: "123456789"}}},
	}}
	chart.Patient = chart.Resources[0].(*fhir.Patient)
	chart.Index()
	a := Adviser{AsOf: func() mapping.Day { return mapping.NewDay(2025, 6, 16) }, Changes: true}
	record, verdict := a.Advise(chart)
	if len(record.Report.Issues) != 1 || len(verdict.Mapping.Issues) != 1 {
		t.Errorf("issues: %v in the record, %v in the verdict", record.Report.Issues, verdict.Mapping.Issues)
	}
	if verdict.AsOf.String() != "2025-06-16" || verdict.Verdict != validation.NoIndication {
		t.Errorf("verdict %s as of %s", verdict.Verdict, verdict.AsOf)
	}
}

func TestExplanationMarksTheWayChosen(t *testing.T) {
	c, _ := standpunt.Find("incl-pain-6-months")
	e := Explain(*c, map[string]string{"A35": "183-days"})
	if len(e.Ways) != 1 || e.Ways[0].Chosen != "183-days" || len(e.Facts) == 0 || e.Treatment != validation.Judged {
		t.Errorf("explanation: %+v", e)
	}
	var b bytes.Buffer
	e.Passage = "the passage"
	if err := e.WriteText(&b, "en"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"183-days (chosen)", "the passage", "[pain-onset]"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}
