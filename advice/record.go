package advice

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// Record is a mapped record as it is shown: its JSON is a contract.
type Record struct {
	Source    string         `json:"source"`
	Record    Facts          `json:"record"`
	Mapping   mapping.Report `json:"mapping"`
	Resources []Fate         `json:"resources"` // what became of each
}

// Facts are what the rules judge by.
type Facts struct {
	AsOf         mapping.Day          `json:"asOf"`
	Organization string               `json:"organization,omitempty"`
	Indications  []mapping.Indication `json:"indications"`
	Facts        []*mapping.Fact      `json:"facts"`
	Pain         []mapping.PainScore  `json:"pain"`
	Opioid       mapping.Opioid       `json:"opioid"`
	Visits       []mapping.Meeting    `json:"visits"`
	Contacts     []mapping.Meeting    `json:"contacts"`
	Instruments  []mapping.Instrument `json:"instruments"`
}

// NewRecord is a record as it is shown, with what became of the resources.
func NewRecord(r *mapping.Record, fates []Fate) Record {
	return Record{
		Source: r.Source,
		Record: Facts{
			AsOf: r.AsOf, Organization: r.Organization,
			Indications: list(r.Indications), Facts: list(r.Sorted()), Pain: list(r.Pain), Opioid: r.Opioid,
			Visits: list(r.Visits), Contacts: list(r.Contacts), Instruments: list(r.Instruments),
		},
		Mapping:   r.Report,
		Resources: list(fates),
	}
}

// list is a list that is never null in JSON.
func list[T any](l []T) []T {
	if l == nil {
		return []T{}
	}
	return l
}

var (
	wordConditions = standpunt.Text{NL: "Aandoeningen", EN: "Conditions"}
	wordFacts      = standpunt.Text{NL: "Gegevens", EN: "Data"}
	wordPain       = standpunt.Text{NL: "Gewogen pijnscores", EN: "Weighted pain scores"}
	wordOpioid     = standpunt.Text{NL: "Opioïden", EN: "Opioids"}
	wordMeetings   = standpunt.Text{NL: "Controles en contacten", EN: "Visits and contacts"}
	wordProms      = standpunt.Text{NL: "Ingevulde PROMs", EN: "Completed PROMs"}
	wordUsed       = standpunt.Text{NL: "Gebruikt voor", EN: "Used for"}
	wordReferred   = standpunt.Text{NL: "een andere resource die ernaar verwijst", EN: "another resource that refers to it"}
	wordIgnored    = standpunt.Text{NL: "Niet gebruikt", EN: "Not used"}
	wordUnmapped   = standpunt.Text{NL: "Niet herkend", EN: "Not recognised"}
	wordConflict   = standpunt.Text{NL: "tegenstrijdig", EN: "contradictory"}
)

// windows are the periods of a weighted score.
var windows = map[string]standpunt.Text{
	"intake": {NL: "intake", EN: "intake"},
	"trial":  {NL: "proef", EN: "trial"},
	"before": {NL: "voor uitzetten", EN: "before switching off"},
	"off":    {NL: "uitgezet", EN: "switched off"},
}

// RecordText writes a record as a page: every value with its evidence, and what
// became of every resource.
func RecordText(w io.Writer, r *mapping.Record, fates []Fate, lang string) error {
	p := &page{coloured: coloured(w)}
	p.line(bold, r.Source+" · "+wordAsOf.In(lang)+" "+r.AsOf.String())
	p.conditions(r, lang)
	p.facts(r, lang)
	p.list(wordPain.In(lang), pain(r, lang))
	p.opioids(r, lang)
	p.list(wordMeetings.In(lang), meetings(r))
	p.list(wordProms.In(lang), instruments(r))
	p.items(received(&r.Report, lang))
	p.list(wordUsed.In(lang), used(fates, lang))
	p.list(wordIgnored.In(lang), ignored(r))
	p.list(wordUnmapped.In(lang), unmapped(r))
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) conditions(r *mapping.Record, lang string) {
	if len(r.Indications) == 0 {
		return
	}
	p.section(wordConditions.In(lang))
	for _, i := range r.Indications {
		name := i.Name
		if name == "" {
			name = Name(i.Code, lang)
		}
		p.values(name, i.Evidence)
	}
}

// factColumns is the room for a fact and its value before the evidence.
const factColumns = 46

// values writes a text with its evidence beside it, or below where the text is long.
func (p *page) values(text string, all []mapping.Evidence) {
	next := strings.Repeat(" ", factColumns)
	first := pad("  "+text, factColumns)
	if len(all) == 0 || utf8.RuneCountInString(first) > factColumns {
		p.line(plain, strings.TrimRight(first, " "))
		first = next
	}
	for _, e := range all {
		p.wrap(first, next+"  ", evidence(e))
		first = next
	}
}

func (p *page) facts(r *mapping.Record, lang string) {
	sorted := r.Sorted()
	if len(sorted) == 0 {
		return
	}
	p.section(wordFacts.In(lang))
	for _, f := range sorted {
		for i := range f.Values {
			p.values(f.ID+" = "+f.Values[i].String(), f.Values[i].Evidence)
		}
		if d, _, _ := mapping.DefinitionOf(f.ID); len(f.Values) > 1 && d != nil && !d.Repeats {
			p.line(yellow, "    "+f.ID+": "+wordConflict.In(lang))
		}
	}
}

func pain(r *mapping.Record, lang string) []string {
	form := standpunt.Text{NL: "%s, %s%s: %s (%s t/m %s; %d dagen, %d metingen)", EN: "%s, %s%s: %s (%s to %s; %d days, %d readings)"}
	scores := make([]string, len(r.Pain))
	for i, s := range r.Pain {
		site, mean := "", "-"
		if s.Site != "" {
			site = ", " + s.Site
		}
		if s.Mean != nil {
			mean = mapping.FormatRat(s.Mean)
		}
		scores[i] = fmt.Sprintf(form.In(lang), windows[s.Window].In(lang), strings.ToUpper(string(s.Scale)), site, mean, s.From, s.To, s.Days, s.Readings)
	}
	return scores
}

func (p *page) opioids(r *mapping.Record, lang string) {
	if r.Opioid.MED == nil && r.Opioid.Why == "" {
		return
	}
	p.section(wordOpioid.In(lang))
	text := "MED -"
	if r.Opioid.MED != nil {
		text = "MED " + r.Opioid.MED.String() + " mg/d (" + r.Opioid.Table + ")"
	}
	if r.Opioid.Why != "" {
		text += ": " + r.Opioid.Why
	}
	p.wrap("  ", "    ", text)
}

func meetings(r *mapping.Record) []string {
	var all []string
	for _, kind := range [][]mapping.Meeting{r.Visits, r.Contacts} {
		for _, m := range kind {
			all = append(all, strings.TrimSpace(m.Date.String()+" "+m.Role)+": "+m.Evidence.Resource)
		}
	}
	return all
}

func instruments(r *mapping.Record) []string {
	all := make([]string, len(r.Instruments))
	for i, n := range r.Instruments {
		all[i] = n.Code + " " + n.Date.String() + ": " + n.Evidence.Resource
	}
	return all
}

// used tells for what each resource was used.
func used(fates []Fate, lang string) []string {
	var all []string
	for i := range fates {
		f := &fates[i]
		if f.Fate != Used {
			continue
		}
		facts := f.facts()
		if len(facts) == 0 {
			facts = []string{wordReferred.In(lang)}
		}
		all = append(all, f.Resource+": "+strings.Join(facts, ", "))
	}
	return all
}

func ignored(r *mapping.Record) []string {
	all := make([]string, len(r.Report.Ignored))
	for i, f := range r.Report.Ignored {
		all[i] = strings.TrimSpace(f.Resource+" "+f.Path) + ": " + f.Reason
	}
	return all
}

func unmapped(r *mapping.Record) []string {
	all := make([]string, len(r.Report.Unmapped))
	for i, u := range r.Report.Unmapped {
		what := u.Code
		if u.System != "" {
			what = u.System + "|" + u.Code
		}
		all[i] = strings.TrimSpace(u.Resource + " " + u.Path + ": " + what + " " + u.Display)
	}
	return all
}
