package validation

import (
	"slices"
	"strings"
	"testing"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
	"pgregory.net/rapid"
)

func TestEveryIndicationCanBeCoveredAndEligible(t *testing.T) {
	for indication := range eligible {
		v := Judge(but(indication), Options{})
		if v.Verdict != CoveredEligible {
			t.Errorf("%s: %s; missing %v, actions %v", indication, v.Verdict, v.Missing, v.Actions)
		}
	}
}

// Verdicts as a whole: what decides, which wins, which rules are in force.
var verdicts = []struct {
	name    string
	record  *mapping.Record
	options Options
	want    Conclusion
	flags   string // flags that must be there
}{
	{"nothing recorded", given("birth-date=1970-01-01"), Options{}, NoIndication, ""},
	{"one datum lacking", but("fbss", "last-resort="), Options{}, NeedsData, ""},
	{"no request yet", but("fbss", "modality="), Options{}, NeedsData, ""},
	{"not eligible outweighs missing data", but("fbss", "last-resort=; birth-date=2015-01-01"), Options{}, NotEligible, ""},
	{"not covered outweighs not eligible", but("fbss", "modality=ONS; birth-date=2015-01-01"), Options{}, NotCovered, ""},
	{"predominant back pain is not covered", but("fbss", "fbss.predominant=back"), Options{}, NotCovered, ""},
	{"an unknown BMI does not hold up", but("fbss", "bmi="), Options{}, CoveredEligible, "unknown:excl-bmi-35"},
	{"a high BMI asks for caution", but("fbss", "bmi=38"), Options{}, CoveredEligible, "caution:excl-bmi-35"},
	{"a high BMI excludes where the site reads it so", but("fbss", "bmi=38"), Options{Readings: map[string]string{"A08": "exclusion-with-override"}}, NotEligible, ""},
	{"referral to a psychiatrist is due", but("fbss", "psychiatric-disorder=active; psychiatric-referral=false"), Options{}, ReferralNeeded, ""},
	{"missing data outweigh a referral", but("fbss", "psychiatric-disorder=active; psychiatric-referral=false; team="), Options{}, NeedsData, ""},
	{"NRS and VAS disagree", but("fbss", "intake-nrs=5; intake-vas=45"), Options{}, CoveredEligible, "instrument-disagreement"},
	{"NRS and VAS disagree where both must agree", but("fbss", "intake-nrs=5; intake-vas=45"), Options{Readings: map[string]string{"A01": "both"}}, NotEligible, "instrument-disagreement"},
	{"capsaicin not considered is only advice", but("sfn", "sfn.consideration.cons-capsaicin=not-considered"), Options{}, CoveredEligible, "advisory:sfn-cons-capsaicin"},
	{"the reversed sign is said", but("sfn"), Options{}, CoveredEligible, "text-anomaly:sfn-vas-40"},
	{"considerations are advice where the site reads them so", but("fbss", "fbss.consideration.cons-exercise=not-considered"), Options{Readings: map[string]string{"A03": "advisory"}}, CoveredEligible, "advisory:fbss-cons-exercise"},
	{"considerations must be performed where the site reads them so", but("fbss", "fbss.consideration.cons-exercise=rejected-with-reason"), Options{Readings: map[string]string{"A03": "performed"}}, NotEligible, ""},
	{"a closed world takes silence for absence", but("fbss", "active-infection="), Options{Readings: map[string]string{"A14": "closed-world"}}, CoveredEligible, ""},

	{"the default said aloud", but("sfn", "sfn.consideration.cons-capsaicin=not-considered"), Options{Readings: map[string]string{"A07": "advisory"}}, CoveredEligible, ""},
	{"capsaicin has the force of its heading", but("sfn", "sfn.consideration.cons-capsaicin=not-considered"), Options{Readings: map[string]string{"A07": "as-heading"}}, NotEligible, ""},
	{"no answer counts as refusal", but("fbss", "proms="), Options{Readings: map[string]string{"A15": "absent-not-met"}}, NotEligible, ""},
	{"all rules from 2020", but("fbss", "asOf=2019-11-12"), Options{Readings: map[string]string{"A23": "all-from-2020"}}, NoRuleInForce, ""},
	{"any arterial disease blocks", but("pdn", "for=pdn|pad"), Options{Readings: map[string]string{"A20": "any-pad-blocks"}}, NotCovered, ""},
	{"only the first condition counts", but("fbss", "for=other|fbss"), Options{Readings: map[string]string{"A21": "primary-only"}}, NotCovered, ""},
	{"spinal cord compression excludes everyone", but("fnss", "fnss.spinal-cord-compression=true"), Options{Readings: map[string]string{"A18": "everyone"}}, NotCovered, ""},
	{"all peripheral neuropathies, literally", but("pdn"), Options{Agreement: true, Readings: map[string]string{"A37": "literal"}}, NotCovered, ""},
	{"lower limb for SCS too under the agreement", but("crps", "crps.site=upper-limb; crps.predominant=arm"), Options{Agreement: true, Readings: map[string]string{"A38": "scs-and-drg"}}, NotCovered, ""},
	{"all in one exempt", but("fbss", "trial-done=false; trial-nrs=2"), Options{Readings: map[string]string{"A39": "exempt"}}, CoveredEligible, ""},

	{"postherpetic neuralgia", given("for=phn; modality=SCS"), Options{}, NotCovered, "explicit-negative"},
	{"nerve injury", given("for=nerve-injury-neuropathy; modality=SCS"), Options{}, NotCovered, "explicit-negative"},
	{"angina", given("for=angina"), Options{}, NotCovered, "explicit-negative"},
	{"peripheral arterial disease", given("for=pad"), Options{}, NotCovered, "explicit-negative"},
	{"a condition on neither list", given("for=other; modality=SCS"), Options{}, NotCovered, "not-listed"},
	{"several conditions: the best wins", but("fbss", "for=fbss|other"), Options{}, CoveredEligible, ""},
	{"a condition without reimbursement beside it, undecided", but("pdn", "for=pdn|pad"), Options{}, NeedsData, ""},
	{"the request decides for the covered one", but("pdn", "for=pdn|pad; reason=pdn"), Options{}, CoveredEligible, ""},
	{"the request decides for the other", but("pdn", "for=pdn|pad; reason=pad"), Options{}, NotCovered, "explicit-negative"},
	{"a reason that nothing else records, not reimbursed", given("reason=phn; modality=SCS"), Options{}, NotCovered, "explicit-negative"},
	{"a reason that nothing else records, reimbursed", but("fbss", "reason=crps"), Options{}, NeedsData, ""},
	{"nerve injury that meets the CRPS criteria is CRPS", but("crps", "for=crps|nerve-injury-neuropathy"), Options{}, CoveredEligible, ""},
	{"CRPS of the hand with DRGS", but("crps", "crps.site=upper-limb; modality=DRGS"), Options{}, NotCovered, ""},
	{"CRPS of unknown site with SCS", but("crps", "crps.site=; crps.predominant="), Options{}, CoveredEligible, ""},
	{"CRPS of the leg with DRGS", but("crps", "modality=DRGS"), Options{}, CoveredEligible, ""},

	{"before November 2019", but("fbss", "asOf=2019-11-11"), Options{}, NoRuleInForce, "version:concept-2019"},
	{"the definitive standpunt", but("fbss", "asOf=2019-11-12"), Options{}, CoveredEligible, "version:zin-2019"},
	{"the sources contradict each other", given("asOf=2019-12-31; for=phn"), Options{}, VersionConflict, ""},
	{"the negative list is in force", given("asOf=2020-01-01; for=phn"), Options{}, NotCovered, ""},
	{"another version on request", but("fbss", "asOf=2019-06-01; pain-onset=2010-01-01"), Options{Standpunt: standpunt.NVA2020}, CoveredEligible, ""},
	{"an older system routes to the transition arrangement", given("for=phn; existing-implant=2015-01-01"), Options{}, Transition, ""},
	{"a newer system does not", given("for=phn; existing-implant=2020-01-01"), Options{}, NotCovered, ""},
	{"an older system for what is no longer reimbursed", but("fbss", "fbss.predominant=back; existing-implant=2016-01-01"), Options{}, Transition, ""},
	{"an older pump", but("fbss", "modality=ITDD; existing-implant=2016-01-01"), Options{}, Transition, ""},
	{"an older system and a request for another technique", but("fbss", "modality=DRGS; existing-implant=2016-01-01"), Options{}, NotCovered, ""},
	{"an older system and a reimbursed condition", but("fbss", "existing-implant=2015-01-01"), Options{}, CoveredEligible, ""},

	{"a running trial goes on", but("fbss", "trial-start=2025-06-12; trial-done=true"), Options{}, TrialContinue, ""},
	{"a referral whose outcome is awaited", but("fbss", "psychiatric-disorder=active; psychiatric-referral=true"), Options{}, CoveredEligible, "psychiatric-outcome-pending"},
	{"a trial that was and was not", but("fbss", "trial-done=true|false; trial-start=2025-06-02; trial-end=2025-06-10; trial-nrs=3"), Options{}, NeedsData, ""},
	{"in doubt after a week it may be extended", but("fbss", "trial-start=2025-06-09; doubt-recorded=true"), Options{}, ExtensionAllowed, ""},
	{"not yet after six days", but("fbss", "trial-start=2025-06-10; doubt-recorded=true"), Options{}, TrialContinue, ""},
	{"half the pain gone", but("fbss", "trial-start=2025-06-02; trial-end=2025-06-10; trial-nrs=3.5"), Options{}, CoveredEligible, ""},
	{"less than half", but("fbss", "trial-start=2025-06-02; trial-end=2025-06-10; trial-nrs=3.6"), Options{}, NotEligible, ""},
	{"preparation decided before", given("for=fbss; preparation=eligible; trial-start=2025-06-02; trial-end=2025-06-10; intake-nrs=8; trial-nrs=4"), Options{}, CoveredEligible, ""},
	{"preparation refused before", given("for=fbss; preparation=not-eligible; trial-start=2025-06-02; trial-end=2025-06-10; intake-nrs=8; trial-nrs=4"), Options{}, NotEligible, ""},
	{"all in one", but("fbss", "trial-done=false; trial-nrs=2"), Options{}, NotEligible, ""},
	{"a long extension warns", but("fbss", "trial-start=2025-05-01; trial-end=2025-06-10; trial-nrs=3; extension-days=20; doubt-recorded=true"), Options{}, CoveredEligible, "warning:trial-extension"},
	{"cluster headache is judged by attacks", but("cch", "trial-start=2025-06-02; trial-end=2025-06-10; trial-attacks-per-week=8"), Options{}, CoveredEligible, ""},

	{"aftercare in order", given("implant-date=2025-01-16; visit=2025-04-16 nurse; opioids-now=none; for=fbss"), Options{}, Compliant, ""},
	{"a visit missed", given("implant-date=2025-01-16; opioids-now=none; aftercare-record-complete=true"), Options{}, Overdue, ""},
	{"a visit perhaps missed", given("implant-date=2025-01-16; opioids-now=none"), Options{}, NeedsData, ""},

	{"worse without stimulation", given("off-start=2025-05-20; off-end=2025-06-10; before-nrs=4; off-nrs=7; for=fbss"), Options{}, SwitchOn, ""},
	{"no difference", given("off-start=2025-05-10; off-end=2025-06-07; before-nrs=4; off-nrs=4; sf12-before-pcs=30; sf12-off-pcs=30; sf12-before-mcs=50; sf12-off-mcs=50"), Options{}, StayOff, ""},
	{"no more pain, but a worse life", given("off-start=2025-05-10; off-end=2025-06-07; before-nrs=4; off-nrs=4; sf12-before-pcs=30; sf12-off-pcs=25; sf12-before-mcs=50; sf12-off-mcs=50"), Options{}, TeamJudgement, ""},
	{"cluster headache has no rule of its own", given("off-start=2025-05-20; off-end=2025-06-10; before-nrs=4; off-nrs=7; for=cch"), Options{}, TeamJudgement, ""},
	{"too early to conclude", given("off-start=2025-05-27; off-end=2025-06-10; before-nrs=4; off-nrs=4"), Options{}, NeedsData, ""},

	{"a centre that complies", given(centreMet), Options{}, Compliant, ""},
	{"a small centre must cooperate", given(strings.Replace(centreMet, "patients-applied=60", "patients-applied=40", 1)), Options{}, CooperationRequired, ""},
	{"a small centre that does", given(strings.Replace(centreMet, "patients-applied=60; cooperation-agreement=false", "patients-applied=40; cooperation-agreement=true; accountable-centre=A", 1)), Options{}, Compliant, ""},
	{"too few operations", given(strings.Replace(centreMet, "patients-operative=30", "patients-operative=19", 1)), Options{}, NotCompliant, ""},
	{"an attestation lacking", given(strings.Replace(centreMet, "registered=true;", "", 1)), Options{}, NeedsData, ""},

	{"spinal cord compression warns", but("fnss", "fnss.spinal-cord-compression=true"), Options{}, CoveredEligible, "warning:agreement-6a-scs-not-indicated"},
	{"spinal cord compression excludes under the agreement", but("fnss", "fnss.spinal-cord-compression=true"), Options{Agreement: true}, NotCovered, ""},
	{"a trial of one week under the agreement", but("fbss", "trial-start=2025-06-02; trial-end=2025-06-10; trial-nrs=3"), Options{Agreement: true}, CoveredEligible, "agreement:agreement-4-two-stage"},
}

const centreMet = "centre=Organization/1; year=2024; registered=true; or-class=1; local-agreements=true; team-scs=true; team-drgs=true; patients-operative=30;" +
	"patients-applied=60; cooperation-agreement=false; offers-ons=false"

func TestVerdicts(t *testing.T) {
	for _, c := range verdicts {
		t.Run(c.name, func(t *testing.T) {
			v := Judge(c.record, c.options)
			if v.Verdict != c.want {
				t.Errorf("%s (phase %s), want %s; missing %v, actions %v", v.Verdict, v.Phase, c.want, v.Missing, v.Actions)
			}
			if c.flags != "" && !slices.Contains(v.Flags, c.flags) {
				t.Errorf("flags %v, want %s among them", v.Flags, c.flags)
			}
		})
	}
}

// facts of the forms that decide preparation, with values that are not codes.
var drawn = map[string][]string{
	"birth-date": {"1970-01-01", "2010-01-01", "2007", "1960-06"}, "pain-onset": {"2015", "2025-05-01", "2024-12"},
	"bmi": {"24", "35", "30..40"}, "opioid-med": {"0", "60..120", "120"}, "life-expectancy-months": {"24", "6", "6..18"},
	"intake-nrs": {"3", "7"}, "intake-vas": {"30", "70"}, "spine-surgeries": {"0", "2"}, "crps-onset": {"2025-01-01", "2020"},
	"limb-nrs": {"3", "8"}, "limb-vas": {"30", "80"}, "elsewhere-nrs": {"2", "6"}, "elsewhere-vas": {"20", "60"},
	"attacks-per-week": {"2", "10"}, "mri-date": {"2024-01-01", "2019", "2021"},
}

// words draws a random record of an indication: for each fact nothing or one value.
func words(t *rapid.T, indication string) []string {
	list := []string{"for=" + indication}
	instrument := rapid.SampledFrom([]string{"-nrs", "-vas"}).Draw(t, "instrument") // two that disagree contradict each other
	for i := range mapping.Definitions {
		d := &mapping.Definitions[i]
		if d.Section != mapping.SectionGeneral && d.Section != mapping.SectionRequest && d.Section != mapping.SectionIndication &&
			!strings.HasPrefix(d.ID, "intake-") || d.Kind == mapping.Text || d.ID == "reason" {
			continue
		}
		if other := map[string]string{"-nrs": "-vas", "-vas": "-nrs"}[instrument]; strings.HasSuffix(d.ID, other) {
			continue
		}
		values := drawn[d.ID]
		switch {
		case d.Kind == mapping.Truth:
			values = []string{"true", "false"}
		case d.Kind == mapping.Coded:
			values = d.Codes
		case len(values) == 0:
			continue
		}
		for _, id := range d.LinkIDs() {
			if d.For != nil && !strings.HasPrefix(id, indication+".") {
				continue
			}
			if rapid.Bool().Draw(t, id+"?") {
				list = append(list, id+"="+rapid.SampledFrom(values).Draw(t, id))
			}
		}
	}
	return list
}

// Adding a datum that contradicts nothing never turns met or not met into unknown.
func TestMoreDataNeverUnsettles(t *testing.T) {
	contradictions := []note{lackNotes[Contradictory], noteSexConflict, noteDisagree, lackNotes[Unsettled]}
	rapid.Check(t, func(t *rapid.T) {
		indication := rapid.SampledFrom(mapping.Reimbursed).Draw(t, "indication")
		more := words(t, indication)
		var less []string
		for _, w := range more {
			if strings.HasPrefix(w, "for=") || rapid.Bool().Draw(t, "keep "+w) {
				less = append(less, w)
			}
		}
		options := Options{Phase: Preparation}
		before, after := Judge(given(less...), options), Judge(given(more...), options)
		for i, c := range before.Indications[0].Criteria {
			then := after.Indications[0].Criteria[i]
			settled := c.Outcome == kleene.Met || c.Outcome == kleene.NotMet
			contradicts := slices.ContainsFunc(contradictions, func(n note) bool { return n.nl == then.Note })
			if settled && then.Outcome == kleene.Undecided && !contradicts && !aggregate(c.Effect) {
				t.Fatalf("%s was %s with %v and is unknown with %v: missing %v, note %q", c.ID, c.Outcome, less, more, then.Missing, then.Note)
			}
		}
	})
}

func aggregate(e standpunt.Effect) bool { return e == standpunt.Aggregate }

// The order in which data come in does not matter; what is missing is asked.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		indication := rapid.SampledFrom(mapping.Reimbursed).Draw(t, "indication")
		list := words(t, indication)
		shuffled := rapid.Permutation(list).Draw(t, "order")
		options := Options{Phase: Preparation}
		a, b := Judge(given(list...), options), Judge(given(shuffled...), options)
		if a.Verdict != b.Verdict {
			t.Fatalf("%s in one order, %s in another", a.Verdict, b.Verdict)
		}
		for i, c := range a.Indications[0].Criteria {
			if d := b.Indications[0].Criteria[i]; c.Outcome != d.Outcome {
				t.Fatalf("%s: %s in one order, %s in another", c.ID, c.Outcome, d.Outcome)
			}
		}
		if a.Verdict == NeedsData && len(a.Missing) == 0 {
			t.Fatal("needs data, but says not which")
		}
	})
}

// Every change that is promised comes true, and the full set leads to the best verdict.
func TestWouldChange(t *testing.T) {
	record := but("fbss", "last-resort=; fbss.mechanism=; bmi=")
	v := Judge(record, Options{})
	changes := WouldChange(record, Options{}, v)
	var single, set bool
	for _, c := range changes {
		if c.Fact == "last-resort" && c.With == nil && c.Verdict == NotEligible {
			single = true
		}
		if len(c.With) == 1 && c.Verdict == CoveredEligible {
			set = true
		}
		if c.Fact == "bmi" || c.Verdict == v.Verdict {
			t.Errorf("%v changes nothing", c)
		}
	}
	if !single || !set {
		t.Errorf("want last-resort alone to exclude, and two data to reach eligible: %v", changes)
	}
	if got := WouldChange(but("fbss"), Options{}, Judge(but("fbss"), Options{})); len(got) != 0 {
		t.Errorf("an eligible patient lacks nothing, yet: %v", got)
	}
}

// What is said of a range holds all over it, and names the limit that counts.
func TestWouldChangeNamesTheLimit(t *testing.T) {
	for _, c := range []struct{ change, fact, to string }{
		{"trial-start=2025-06-02; trial-end=2025-06-10; trial-done=true; intake-nrs=7", "trial-nrs", "<= 3.5"},
		{"trial-start=2025-06-02; trial-end=2025-06-10; trial-nrs=3; intake-nrs=; preparation=eligible", "intake-nrs", ">= 6"},
	} {
		record := but("fbss", c.change)
		var eligible []string
		for _, change := range WouldChange(record, Options{Phase: Definitive}, Judge(record, Options{Phase: Definitive})) {
			if change.Verdict == CoveredEligible && len(change.With) == 0 {
				eligible = append(eligible, change.Fact+" "+change.To)
			}
		}
		if !slices.Contains(eligible, c.fact+" "+c.to) {
			t.Errorf("%s: eligible with %v, want %s %s among them", c.change, eligible, c.fact, c.to)
		}
	}
}

func TestReadingsAreChecked(t *testing.T) {
	if err := CheckReadings(map[string]string{"A08": "caution", "A14": "closed-world"}); err != nil {
		t.Error(err)
	}
	for _, wrong := range []map[string]string{{"A99": "x"}, {"A08": "nonsense"}, {"A17": "mirror-fbss"}} {
		if CheckReadings(wrong) == nil {
			t.Errorf("%v must be refused", wrong)
		}
	}
}

func BenchmarkJudge(b *testing.B) {
	record := but("fbss")
	b.ReportAllocs()
	for b.Loop() {
		Judge(record, Options{})
	}
}

func BenchmarkWouldChange(b *testing.B) {
	record := but("fbss", "last-resort=; fbss.mechanism=; team=")
	v := Judge(record, Options{})
	b.ReportAllocs()
	for b.Loop() {
		WouldChange(record, Options{}, v)
	}
}

// A pregnancy on record for more than 42 weeks is over, one way or another.
func TestPregnancyGoesStale(t *testing.T) {
	for date, want := range map[string]kleene.Outcome{"2024-08-26": kleene.NotMet, "2024-08-25": kleene.Undecided, "2025-05": kleene.NotMet} {
		record := but("fbss", "sex=female; pregnancy=")
		record.Add("pregnancy", mapping.CodeValue("yes", mapping.Evidence{Resource: "Observation/1", Date: date}))
		got, _ := outcomeOf(Judge(record, Options{}), "fbss", "excl-pregnancy")
		if got.Outcome != want {
			t.Errorf("pregnant on %s: %s, want %s", date, got.Outcome, want)
		}
	}
}

// The team is three persons, whatever hats they wear.
func TestTeamIsThreePersons(t *testing.T) {
	team := func(members ...string) kleene.Outcome {
		record := but("fbss", "team=")
		for _, m := range members {
			person, role, _ := strings.Cut(m, ":")
			record.Add("team", mapping.CodeValue(role))
			if person != "" {
				record.Team = append(record.Team, mapping.Member{Person: person, Role: role})
			}
		}
		c, _ := outcomeOf(Judge(record, Options{}), "fbss", "mdt-composition")
		return c.Outcome
	}
	for _, c := range []struct {
		name    string
		members []string
		want    kleene.Outcome
	}{
		{"three persons", []string{"a:neurosurgeon", "b:psychiatrist", "c:nurse"}, kleene.Met},
		{"one with two hats", []string{"a:neurosurgeon", "b:psychologist", "b:nurse"}, kleene.NotMet},
		{"one with two hats, and another nurse", []string{"a:neurosurgeon", "b:psychologist", "b:nurse", "c:nurse"}, kleene.Met},
		{"roles from a form", []string{":neurosurgeon", ":psychologist", ":nurse"}, kleene.Met},
		{"a person and roles from a form", []string{"a:neurosurgeon", ":psychologist", ":nurse"}, kleene.Met},
	} {
		if got := team(c.members...); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
