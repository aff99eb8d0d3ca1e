package neuromodulation

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/cdshooks"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// writer makes the card of a verdict.
type writer struct {
	call    *cdshooks.Call
	chart   *chart
	record  *mapping.Record
	verdict *validation.Verdict
	ordered bool // neuromodulation, in this call
}

var (
	sourceLabel = standpunt.Text{NL: "Standpunt Neuromodulatie bij chronische pijn (NVA)", EN: "Dutch standpunt on neuromodulation in chronic pain (NVA)"}
	wordStep    = standpunt.Text{NL: "Getoetst is de stap die wordt aangevraagd: ", EN: "What was judged is the step that is ordered: "}
	wordLacks   = standpunt.Text{NL: "Niet te lezen, en dus niet meegewogen", EN: "Could not be read, and therefore not weighed"}
)

// topics are the topics of the cards, by service.
var topics = map[string]struct {
	code    string
	display standpunt.Text
}{
	Eligibility: {"eligibility", standpunt.Text{NL: "Geschiktheid voor neuromodulatie", EN: "Eligibility for neuromodulation"}},
	Aftercare:   {"aftercare", standpunt.Text{NL: "Nazorg na neuromodulatie", EN: "Aftercare of neuromodulation"}},
}

func (w *writer) topic() *cdshooks.Coding {
	topic := topics[w.call.Service]
	return &cdshooks.Coding{System: topicSystem, Code: topic.code, Display: topic.display.In(w.call.Language)}
}

const topicSystem = mapping.CanonicalBase + "/CodeSystem/card-topic"

// response is the card, and on each of the orders given what it says of their coverage.
func (w *writer) response(indicator cdshooks.Indicator, orders []order) (cdshooks.Response, error) {
	card, err := w.card(indicator)
	if err != nil {
		return cdshooks.Response{}, err
	}
	card.UUID = uuid.NewString()
	actions, err := w.coverage(orders, &card)
	return cdshooks.Response{Cards: []cdshooks.Card{card}, SystemActions: actions}, err
}

func (w *writer) card(indicator cdshooks.Indicator) (cdshooks.Card, error) {
	suggestions, err := w.suggestions()
	if err != nil {
		return cdshooks.Card{}, err
	}
	return cdshooks.Card{
		Summary:         advice.Summary(w.verdict, w.call.Language),
		Detail:          w.detail(),
		Indicator:       indicator,
		Source:          cdshooks.Source{Label: sourceLabel.In(w.call.Language), Topic: w.topic()},
		Suggestions:     suggestions,
		OverrideReasons: overrideReasons(w.call.Language),
		About:           w.about(),
		Insistent:       isBinding[w.call.Hook] && w.contraindicated(),
	}, nil
}

// mostLacks is how many of the data that could not be read are named.
const mostLacks = 20

// detail is the verdict, after the step that is ordered and what could not be read.
func (w *writer) detail() string {
	var b strings.Builder
	if w.ordered {
		b.WriteString(wordStep.In(w.call.Language) + advice.Name(string(w.verdict.Phase), w.call.Language) + "\n\n")
	}
	if len(w.chart.lacks) > 0 {
		b.WriteString("**" + wordLacks.In(w.call.Language) + "**\n\n")
		for _, d := range w.chart.lacks[:min(mostLacks, len(w.chart.lacks))] {
			b.WriteString("- `" + d.Key + "`: " + advice.Escape(d.Reason) + "\n")
		}
		if more := len(w.chart.lacks) - mostLacks; more > 0 {
			fmt.Fprintf(&b, "- … (+%d)\n", more)
		}
		b.WriteByte('\n')
	}
	return b.String() + advice.Markdown(w.verdict, w.call.Language)
}

// about is what feedback on the card will be about: the criteria that are in the way,
// not met or waiting for data.
func (w *writer) about() cdshooks.About {
	about := cdshooks.About{Rules: w.verdict.Standpunt, Conclusion: string(w.verdict.Verdict)}
	for _, c := range w.criteria() {
		awaited := slices.ContainsFunc(w.verdict.Missing, func(m validation.MissingFact) bool { return slices.Contains(m.Criteria, c.ID) })
		against := c.Outcome == kleene.NotMet && c.Effect != standpunt.NoEffect
		if against {
			about.Against = append(about.Against, c.ID)
		}
		if against || c.Outcome == kleene.Undecided && awaited {
			about.Criteria = append(about.Criteria, c.ID)
		}
	}
	return about
}

// isBinding are the hooks on which an order takes effect.
var isBinding = map[cdshooks.Hook]bool{cdshooks.OrderSign: true, cdshooks.OrderDispatch: true}

// contraindicated reports whether a contra-indication is known, relative ones included.
func (w *writer) contraindicated() bool {
	return slices.ContainsFunc(w.criteria(), func(c validation.Criterion) bool {
		return c.Outcome == kleene.NotMet && (c.Kind == standpunt.Exclusion || c.Kind == standpunt.RelativeContraindication)
	})
}

// criteria are those that the verdict rests on: of the indication that decides it,
// else those above the indications.
func (w *writer) criteria() []validation.Criterion {
	for _, i := range w.verdict.Indications {
		if i.Verdict == w.verdict.Verdict {
			return i.Criteria
		}
	}
	return w.verdict.Criteria
}

// reasons are the codes for not following a card.
var reasons = []struct {
	code    string
	display standpunt.Text
}{
	{"already-arranged", standpunt.Text{NL: "Is al geregeld", EN: "Has been arranged already"}},
	{"recorded-elsewhere", standpunt.Text{NL: "Staat elders in het dossier", EN: "Is recorded elsewhere"}},
	{"contraindication-weighed", standpunt.Text{NL: "Relatieve contra-indicatie door het team gewogen en aanvaard", EN: "Relative contra-indication weighed and accepted by the team"}},
	{"patient-declines", standpunt.Text{NL: "De patiënt ziet ervan af", EN: "The patient declines"}},
	{"not-meant", standpunt.Text{NL: "Neuromodulatie is voor deze patiënt niet aan de orde", EN: "Neuromodulation is not considered for this patient"}},
}

const reasonSystem = mapping.CanonicalBase + "/CodeSystem/override-reason"

func overrideReasons(lang string) []cdshooks.Coding {
	list := make([]cdshooks.Coding, len(reasons))
	for i, r := range reasons {
		list[i] = cdshooks.Coding{System: reasonSystem, Code: r.code, Display: r.display.In(lang)}
	}
	return list
}
