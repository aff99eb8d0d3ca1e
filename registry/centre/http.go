package centre

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/pijnpoort/pijnpoort/fhir"
	"github.com/pijnpoort/pijnpoort/fhir/encode"
	"github.com/pijnpoort/pijnpoort/fhir/rest"
	"github.com/pijnpoort/pijnpoort/mapping"
)

// Service answers Measure/$evaluate-measure and Measure/$submit-data
// (http://hl7.org/fhir/R4/measure-operations.html).
type Service struct {
	// Patients gives what is registered.
	Patients func(ctx context.Context) Patients
	// Options gives the options of the report of a year, as of a day.
	Options func(year int, asOf mapping.Day) (Options, error)
	// Today is the day of reporting; nil is today in the Netherlands.
	Today func() mapping.Day
	// Inside reports whether who asks is inside the centre, and may see reports about persons:
	// of type subject-list and individual. Nil: nobody is.
	Inside func(c *gin.Context) bool
	// Refer is how reports about persons refer to a patient; given with Inside.
	Refer func(patient string) fhir.Reference
	// Named is told of the patients (Patient.ID) that a report is about to name, for a log of
	// who was told of whom; an error refuses it. Nil: nobody is told.
	Named func(c *gin.Context, patients []string) error
	// Submit takes a Bundle of submitted data in, as intake does, and gives the
	// OperationOutcome of it with its status. Nil: $submit-data is not offered.
	Submit func(ctx context.Context, bundle []byte) (outcome []byte, status int, err error)
	// Authenticate runs before every operation; nil lets everybody in.
	Authenticate gin.HandlerFunc
	// Bytes is the most that a body may hold.
	Bytes int64
	Log   *slog.Logger
}

// Register serves the operations on a router, under /fhir/Measure.
func Register(router gin.IRouter, s Service) error {
	if s.Patients == nil || s.Options == nil || s.Log == nil || s.Bytes <= 0 {
		return errors.New("centre: patients, options, bytes and log must be given")
	}
	if (s.Inside == nil) != (s.Refer == nil) {
		return errors.New("centre: who is inside and how patients are referred to go together")
	}
	if s.Today == nil {
		s.Today = func() mapping.Day { return mapping.DayOf(time.Now()) }
	}
	group := router.Group("/fhir/Measure", rest.Recover(s.Log))
	if s.Authenticate != nil {
		group.Use(s.Authenticate)
	}
	for _, path := range []string{"/$evaluate-measure", "/:id/$evaluate-measure"} {
		group.GET(path, s.evaluate)
		group.POST(path, s.evaluate)
	}
	if s.Submit != nil {
		for _, path := range []string{"/$submit-data", "/:id/$submit-data"} {
			group.POST(path, s.submit)
		}
	}
	return nil
}

// evaluate answers $evaluate-measure: with a summary in which small counts are withheld or,
// for those inside the centre, with who were counted or with one patient.
func (s *Service) evaluate(c *gin.Context) {
	start := time.Now()
	document, err := s.measured(c)
	if err != nil {
		rest.Fail(c, s.Log, err)
		return
	}
	c.Header("Cache-Control", "no-store")
	c.Data(http.StatusOK, rest.FHIRJSON, document)
	s.Log.Info("fhir: answered", "route", c.FullPath(), "bytes", len(document), "ms", time.Since(start).Milliseconds())
}

func (s *Service) measured(c *gin.Context) ([]byte, error) {
	if err := rest.Accept(c, rest.FHIRJSON, rest.JSON); err != nil {
		return nil, err
	}
	asked, err := s.question(c)
	if err != nil {
		return nil, err
	}
	options, err := s.Options(asked.year, s.Today())
	if err != nil {
		return nil, err
	}
	if options.Identifier == "" {
		return nil, rest.Refuse(http.StatusNotImplemented, "not-supported", "", "the centre has no identifier in the settings (registry.clinic or registry.report.identifier), which a report that leaves must have")
	}
	if err := options.check(); err != nil {
		return nil, rest.Refuse(http.StatusBadRequest, "value", "periodStart", "the period must be a calendar year that has begun")
	}
	report, named, err := s.answer(c, asked, options)
	if err == nil && len(named) > 0 && s.Named != nil {
		err = s.Named(c, named)
	}
	if err != nil {
		return nil, err
	}
	return encode.JSON(report)
}

// answer makes the report that is asked, with the patients that it names.
func (s *Service) answer(c *gin.Context, asked question, options Options) (*encode.MeasureReport, []string, error) {
	patients := s.Patients(c.Request.Context())
	if asked.kind == "individual" {
		patients = Only(patients, asked.subject)
	}
	subjects := &Subjects{Measure: asked.measure}
	if asked.kind == "subject-list" {
		options.Subjects = subjects
	}
	report, err := Compute(patients, options)
	if err != nil {
		return nil, nil, err
	}
	switch asked.kind {
	case "subject-list":
		list, err := SubjectList(report, subjects, s.Refer)
		return list, subjects.All(), err
	case "individual":
		if report.Received.Patients == 0 {
			return nil, nil, rest.Refuse(http.StatusNotFound, "not-found", "subject", "there is no such patient")
		}
		one, err := Individual(report, asked.measure, s.Refer(asked.subject))
		return one, []string{asked.subject}, err
	}
	list, err := MeasureReports(report, Reporting{Profiled: true, Measures: []string{asked.measure}, Makers: options.Makers})
	if err != nil {
		return nil, nil, err
	}
	return list[0], nil, nil
}

// measureIDs are the ids of all Measures.
var measureIDs = func() []string {
	var list []string
	for _, d := range definitions {
		if !slices.Contains(list, d.measure) {
			list = append(list, d.measure)
		}
	}
	slices.Sort(list)
	return list
}()

// submit answers $submit-data: the data go the way of all that is taken in.
func (s *Service) submit(c *gin.Context) {
	body, err := rest.Body(c, s.Bytes)
	if err == nil {
		body, err = submitted(body)
	}
	var outcome []byte
	status := 0
	if err == nil {
		outcome, status, err = s.Submit(c.Request.Context(), body)
	}
	if err != nil {
		rest.Fail(c, s.Log, err)
		return
	}
	c.Header("Cache-Control", "no-store")
	c.Data(status, rest.FHIRJSON, outcome)
}
