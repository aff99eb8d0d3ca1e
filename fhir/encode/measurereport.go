package encode

import (
	"fmt"
	"slices"
	"strconv"

	codes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/codes_go_proto"
	datatypes "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/datatypes_go_proto"
	measurereport "github.com/google/fhir/go/proto/google/fhir/proto/r4/core/resources/measure_report_go_proto"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"

	"github.com/pijnpoort/pijnpoort/fhir"
)

// MeasureReport is the outcome of a measure over a period
// (http://hl7.org/fhir/R4/measurereport.html).
type MeasureReport struct {
	Head
	Type     string         // summary, individual, subject-list
	Measure  string         // canonical|version
	Subject  fhir.Reference // of an individual report
	Date     fhir.DateTime
	Reporter fhir.Reference
	Period   Period
	// Improvement is increase or decrease
	// (http://terminology.hl7.org/CodeSystem/measure-improvement-notation); empty is neither.
	Improvement string
	Groups      []MeasureGroup
}

// MeasureGroup is one question of the measure.
type MeasureGroup struct {
	Code        Coding
	Populations []MeasurePopulation
	Score       *Quantity
	// ScoreSystem is the system of the unit of scores; empty is UCUM.
	ScoreSystem string
	Stratifiers []MeasureStratifier
}

// MeasurePopulation is the size of a population.
type MeasurePopulation struct {
	Code  string // of http://terminology.hl7.org/CodeSystem/measure-population
	Count int
	// Masked withholds a count that is so small that it may tell of a person.
	Masked bool
	// Subjects are who were counted, in a report of type subject-list; nil: they are not told.
	Subjects []fhir.Reference
}

// MeasureStratifier divides a group.
type MeasureStratifier struct {
	Code   Coding
	Strata []MeasureStratum
}

// MeasureStratum is one part.
type MeasureStratum struct {
	Value       Concept
	Populations []MeasurePopulation
	Score       *Quantity
}

// The systems that a MeasureReport names.
const (
	populationSystem  = "http://terminology.hl7.org/CodeSystem/measure-population"
	improvementSystem = "http://terminology.hl7.org/CodeSystem/measure-improvement-notation"
)

// OfPersons reports whether it tells of persons: by its type, its subject or who was counted.
func (r *MeasureReport) OfPersons() bool {
	named := slices.ContainsFunc(r.Groups, func(g MeasureGroup) bool {
		return slices.ContainsFunc(g.Populations, func(p MeasurePopulation) bool { return p.Subjects != nil })
	})
	return r.Type != "summary" || pointer(r.Subject) != nil || named
}

func (r *MeasureReport) message() (proto.Message, error) {
	kind, err := code[codes.MeasureReportTypeCode_Value](codes.MeasureReportTypeCode_Value_value, "type", r.Type)
	if err != nil {
		return nil, err
	}
	date, err := dateTime(r.Date)
	if err != nil {
		return nil, fmt.Errorf("date: %w", err)
	}
	period, err := r.Period.message()
	if err != nil {
		return nil, fmt.Errorf("period: %w", err)
	}
	out := &measurereport.MeasureReport{
		Id: r.id(), Meta: r.meta(), Identifier: r.identifiers(),
		Status:   &measurereport.MeasureReport_StatusCode{Value: codes.MeasureReportStatusCode_COMPLETE},
		Type:     &measurereport.MeasureReport_TypeCode{Value: kind},
		Measure:  &datatypes.Canonical{Value: r.Measure},
		Subject:  pointer(r.Subject),
		Date:     date,
		Reporter: pointer(r.Reporter),
		Period:   period,
	}
	if r.Improvement != "" {
		out.ImprovementNotation = coded(improvementSystem, r.Improvement)
	}
	for _, g := range r.Groups {
		group := g.message()
		for i, p := range g.Populations {
			if p.Subjects == nil {
				continue
			}
			id := "subjects-" + strconv.Itoa(len(out.Contained)+1)
			packed, err := anypb.New(contained(subjectList(id, p.Subjects)))
			if err != nil {
				return nil, fmt.Errorf("contained: %w", err)
			}
			out.Contained = append(out.Contained, packed)
			group.Population[i].SubjectResults = pointer(fhir.Reference{Reference: "#" + id})
		}
		out.Group = append(out.Group, group)
	}
	return out, nil
}

func (g *MeasureGroup) message() *measurereport.MeasureReport_Group {
	out := &measurereport.MeasureReport_Group{
		Code:         Concept{Codings: []Coding{g.Code}}.message(),
		MeasureScore: g.score(g.Score),
	}
	for _, p := range g.Populations {
		out.Population = append(out.Population, &measurereport.MeasureReport_Group_Population{Code: coded(populationSystem, p.Code), Count: p.count()})
	}
	for _, s := range g.Stratifiers {
		stratifier := &measurereport.MeasureReport_Group_Stratifier{Code: []*datatypes.CodeableConcept{Concept{Codings: []Coding{s.Code}}.message()}}
		for _, stratum := range s.Strata {
			one := &measurereport.MeasureReport_Group_Stratifier_StratifierGroup{Value: stratum.Value.message(), MeasureScore: g.score(stratum.Score)}
			for _, p := range stratum.Populations {
				one.Population = append(one.Population, &measurereport.MeasureReport_Group_Stratifier_StratifierGroup_StratifierGroupPopulation{
					Code: coded(populationSystem, p.Code), Count: p.count()})
			}
			stratifier.Stratum = append(stratifier.Stratum, one)
		}
		out.Stratifier = append(out.Stratifier, stratifier)
	}
	return out
}

// score is a quantity in the group's system of units; nil for none.
func (g *MeasureGroup) score(q *Quantity) *datatypes.Quantity {
	if q == nil {
		return nil
	}
	out := q.message()
	if g.ScoreSystem != "" {
		out.System = uri(g.ScoreSystem)
	}
	return out
}

// The extensions of an element that has no value: the reason, and the mark by which the
// protos know that the zero they hold is none.
const (
	dataAbsentReason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
	hasNoValue       = "https://g.co/fhir/StructureDefinition/primitiveHasNoValue"
)

// count is the number, or that it is masked.
func (p MeasurePopulation) count() *datatypes.Integer {
	if !p.Masked {
		return &datatypes.Integer{Value: int32(p.Count)}
	}
	return &datatypes.Integer{Extension: []*datatypes.Extension{
		extension(hasNoValue, &datatypes.Extension_ValueX{Choice: &datatypes.Extension_ValueX_Boolean{Boolean: &datatypes.Boolean{Value: true}}}),
		extension(dataAbsentReason, &datatypes.Extension_ValueX{Choice: &datatypes.Extension_ValueX_Code{Code: &datatypes.Code{Value: "masked"}}}),
	}}
}
