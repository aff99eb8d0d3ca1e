package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/registry/centre"
)

// Subjects are who are counted in a Measure, for people of the centre.
type Subjects struct {
	*centre.Subjects
	Report *centre.Report
	// Names are what people know patients by: the numbers of the hospital, by Patient.ID. Who
	// has none is shown by the id under which he is kept.
	Names map[string]string
}

// subjectsPage are the figures of a Measure with who are in them.
type subjectsPage struct {
	Year    int
	Title   string
	Figures []subjectsFigure
}

type subjectsFigure struct {
	Title  string
	Groups []subjectsGroup
}

// subjectsGroup is a part of a figure: counted, not counted, missing, left out.
type subjectsGroup struct {
	Title string
	Names []string
}

// subjectParts are the parts of a figure, by the word for it, and who is in it. Of a count
// only those who count are asked after.
var subjectParts = []struct {
	word string
	in   func(centre.Subject) bool
}{
	{"insubjects", func(s centre.Subject) bool { return s.Numerator }},
	{"notsubjects", func(s centre.Subject) bool { return s.Denominator && !s.Numerator }},
	{"missing", func(s centre.Subject) bool { return s.Missing }},
	{"outside", func(s centre.Subject) bool { return s.Excluded }},
}

// who shows who are counted in the figures of the Measure in the path.
func (s *server) who(c *gin.Context) {
	year, err := strconv.Atoi(c.Param("year"))
	if err != nil || s.Subjects == nil {
		c.AbortWithStatus(http.StatusNotFound)
		return
	}
	found, err := s.Subjects(c, year, c.Param("measure"))
	if err != nil {
		s.Log.Error("it could not be told who is counted", "year", year, "error", err)
		s.show(c, http.StatusInternalServerError, "unable.html", nil)
		return
	}
	page := newSubjectsPage(found, s.language(c))
	if len(page.Figures) == 0 {
		c.AbortWithStatus(http.StatusNotFound)
		return
	}
	s.show(c, http.StatusOK, "subjects.html", page)
}

func newSubjectsPage(found *Subjects, lang string) subjectsPage {
	page := subjectsPage{Year: found.Report.Year, Title: centre.SectionTitle(found.Measure, lang)}
	for i := range found.Report.Figures {
		f := &found.Report.Figures[i]
		if f.Measure != found.Measure {
			continue
		}
		figure := subjectsFigure{Title: f.Title.In(lang)}
		for _, part := range subjectParts {
			group := subjectsGroup{Title: word(part.word, lang)}
			for _, one := range found.Of(f.ID) {
				if part.in(one) {
					group.Names = append(group.Names, found.name(one.Patient))
				}
			}
			if slices.SortFunc(group.Names, strings.Compare); len(group.Names) > 0 {
				figure.Groups = append(figure.Groups, group)
			}
		}
		page.Figures = append(page.Figures, figure)
	}
	return page
}

func (s *Subjects) name(patient string) string {
	if name := s.Names[patient]; name != "" {
		return name
	}
	return patient
}
