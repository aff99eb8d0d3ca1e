package web

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/advice"
	"github.com/pijnpoort/pijnpoort/fhir/decode"
	"github.com/pijnpoort/pijnpoort/registry/centre"
	"github.com/pijnpoort/pijnpoort/validation/kleene"
)

// Options are what the pages depend on.
type Options struct {
	Adviser *advice.Adviser
	// Limits on what is given; Bytes must be set.
	Limits decode.Limits
	// Language of the pages, "nl" or "en".
	Language string
	// Title is the name of the installation.
	Title string
	// Users may see the pages, after giving name and password; nil lets everybody in.
	Users Users
	// Report computes the annual report of the centre; nil: there is no registry, and no page.
	Report func(ctx context.Context, year int) (*centre.Report, error)
	// Subjects finds who are counted in a Measure of a year, and notes that they are shown; nil:
	// there is no such page.
	Subjects func(c *gin.Context, year int, measure string) (*Subjects, error)
	// Accessed is told of every patient whom somebody had judged, before the page is shown;
	// nil for none. When it fails it is not shown.
	Accessed func(context.Context, Access) error
	Log      *slog.Logger
}

//go:embed pages assets
var files embed.FS

// server answers over HTTP.
type server struct {
	Options
	pages *template.Template
}

// Register serves the pages on a router.
func Register(router gin.IRouter, options Options) error {
	if options.Limits.Bytes <= 0 || options.Adviser == nil || options.Log == nil {
		return errors.New("web: limits, adviser and log must be given")
	}
	pages, err := template.New("").Funcs(functions("")).ParseFS(files, "pages/*.html")
	if err != nil {
		return err
	}
	assets, err := fs.Sub(files, "assets")
	if err != nil {
		return err
	}
	s := &server{options, pages}
	group := router.Group("", secured, s.authenticated)
	group.GET("/", s.workbench)
	group.POST("/", s.judge)
	if s.Report != nil {
		group.GET("/report", s.latest)
		group.GET("/report/:year", s.report)
		group.GET("/report/:year/:measure", s.who)
	}
	for _, name := range []string{"style.css"} { // by name, so that there is no list of them
		group.StaticFileFS("/assets/"+name, name, http.FS(assets))
	}
	return nil
}

// secured says what a browser may do with a page: show it, and nothing from elsewhere.
func secured(c *gin.Context) {
	for name, value := range map[string]string{
		"Content-Security-Policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
		"X-Content-Type-Options":  "nosniff",
		"Referrer-Policy":         "no-referrer",
	} {
		c.Header(name, value)
	}
}

// show writes a page; what cannot be written is not begun.
func (s *server) show(c *gin.Context, status int, page string, content any) {
	lang := s.language(c)
	pages, err := s.pages.Clone()
	if err == nil {
		pages.Funcs(functions(lang))
		var body bytes.Buffer
		err = pages.ExecuteTemplate(&body, page, frame{s.Title, word(names[page], lang), s.Report != nil, lang, content})
		if err == nil {
			c.Header("Cache-Control", "no-store")
			c.Data(status, "text/html; charset=utf-8", body.Bytes())
			return
		}
	}
	s.Log.Error("page could not be made", "page", page, "error", err)
	c.AbortWithStatus(http.StatusInternalServerError)
}

// functions are what the templates call.
func functions(lang string) template.FuncMap {
	return template.FuncMap{
		"word":    func(key string) string { return word(key, lang) },
		"outcome": func(mark string) string { return advice.Name(outcomes[mark].String(), lang) },
	}
}

// outcomes are the marks of criteria, which are told in words to who hears the page.
var outcomes = map[string]kleene.Outcome{"✓": kleene.Met, "✗": kleene.NotMet, "?": kleene.Undecided, "–": kleene.NotApplicable}

// names are the words for the pages, for their titles.
var names = map[string]string{"workbench.html": "workbench", "answer.html": "verdict", "report.html": "report", "subjects.html": "who", "unable.html": "unable"}

// frame is what every page gets.
type frame struct {
	Title    string // of the installation
	Name     string // of the page, if it has one
	Reports  bool   // there is a report to go to
	Language string
	Content  any
}
