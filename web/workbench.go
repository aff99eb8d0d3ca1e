package web

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/mapping"
	"github.com/pijnpoort/pijnpoort/validation"
	"github.com/pijnpoort/pijnpoort/validation/standpunt"
)

// shownPatients is how many patients one page shows.
const shownPatients = 20

// form is what the workbench asks, with what was answered and is wrong with it.
type form struct {
	Pasted, AsOf, Phase, Version string
	Faults                       map[string]string // by field, in words
	Phases, Versions             []choice
}

// choice is a value of a field with its name.
type choice struct{ Code, Name string }

func (s *server) newForm(lang string) form {
	f := form{Faults: map[string]string{}}
	for _, p := range validation.Phases {
		f.Phases = append(f.Phases, choice{string(p), advice.Name(string(p), lang)})
	}
	for _, v := range standpunt.Versions() {
		f.Versions = append(f.Versions, choice{v.ID, advice.Name(v.ID, lang)})
	}
	return f
}

// workbench shows the empty form.
func (s *server) workbench(c *gin.Context) {
	s.show(c, http.StatusOK, "workbench.html", s.newForm(s.language(c)))
}

// judge answers the form.
func (s *server) judge(c *gin.Context) {
	lang := s.language(c)
	f := s.newForm(lang)
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, s.Limits.Bytes+1<<20) // the data and the other fields
	source, data, err := given(c.Request)
	var tooBig *http.MaxBytesError
	switch {
	case errors.As(err, &tooBig):
		f.Faults["data"] = word("toobig", lang)
	case err != nil || len(bytes.TrimSpace(data)) == 0:
		f.Faults["data"] = word("nothing", lang)
	}
	adviser := s.adviser(c.Request, lang, &f)
	if len(f.Faults) > 0 {
		s.show(c, http.StatusBadRequest, "workbench.html", f)
		return
	}
	answered := s.answer(adviser, source, data, lang)
	if err := s.accessed(c, answered.Patients); err != nil {
		s.Log.Error("access not logged, so nothing shown", "error", err)
		s.show(c, http.StatusServiceUnavailable, "unable.html", nil)
		return
	}
	s.show(c, http.StatusOK, "answer.html", answered)
}

// given is the data of the form: the file, else what was pasted.
func given(r *http.Request) (source string, data []byte, err error) {
	file, header, err := r.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) || err == nil && header.Size == 0 {
		return "", []byte(r.FormValue("pasted")), nil
	}
	if err != nil {
		return "", nil, err
	}
	defer file.Close()
	data, err = io.ReadAll(file)
	return header.Filename, data, err
}

// adviser is the site's adviser with what the form chooses; faults go into the form.
func (s *server) adviser(r *http.Request, lang string, f *form) *advice.Adviser {
	f.Pasted, f.AsOf, f.Phase, f.Version = r.FormValue("pasted"), r.FormValue("asOf"), r.FormValue("phase"), r.FormValue("standpunt")
	a := *s.Adviser
	a.Changes = true
	a.Judging.Language = lang
	a.Judging.Phase, a.Judging.Standpunt = validation.Phase(f.Phase), f.Version
	if f.AsOf != "" {
		day, err := mapping.ParseDay(f.AsOf)
		if err != nil {
			f.Faults["asOf"] = word("badday", lang)
		}
		a.AsOf = func() mapping.Day { return day }
	}
	for field, of := range map[string][]choice{"phase": f.Phases, "standpunt": f.Versions} {
		value := r.FormValue(field)
		if value != "" && !slices.ContainsFunc(of, func(c choice) bool { return c.Code == value }) {
			f.Faults[field] = word("badchoice", lang)
		}
	}
	return &a
}

// answers are the patients of what was given; More says that there were others.
type answers struct {
	Patients []patient
	More     bool
}

// patient is the advice on one patient, or why there is none.
type patient struct {
	Fault  string
	Advice advice.Document
	Record string
	Fates  []advice.Fate

	about *fhir.Patient // nil when it could not be read
}

func (s *server) answer(adviser *advice.Adviser, source string, data []byte, lang string) answers {
	var all answers
	for chart, err := range decode.Charts(source, bytes.NewReader(data), s.Limits) {
		if len(all.Patients) == shownPatients {
			all.More = true
			break
		}
		all.Patients = append(all.Patients, s.patient(adviser, chart, err, lang))
	}
	return all
}

func (s *server) patient(adviser *advice.Adviser, chart *fhir.Chart, err error, lang string) patient {
	if err != nil {
		return patient{Fault: err.Error()}
	}
	record, verdict := adviser.Advise(chart)
	fates := advice.Fates(chart, record)
	var text strings.Builder
	if err := advice.RecordText(&text, record, nil, lang); err != nil {
		return patient{Fault: err.Error()}
	}
	return patient{Advice: advice.NewDocument(verdict, lang), Record: text.String(), Fates: fates, about: chart.Patient}
}

// Facts are the facts that a resource gave, for a line of the page.
func (p patient) Facts(f advice.Fate) string {
	var facts []string
	for _, t := range f.Gave {
		if !slices.Contains(facts, t.Fact) {
			facts = append(facts, t.Fact)
		}
	}
	return strings.Join(facts, ", ")
}
