package decode

import "github.com/pijnpoort/pijnpoort/fhir"

var questionnaireResponses = resourceTable[fhir.QuestionnaireResponse]([]element[fhir.QuestionnaireResponse]{
	{name: "basedOn", read: func(r *reader, q *fhir.QuestionnaireResponse) { many(r, references, &q.BasedOn) }},
	{name: "partOf", choice: "partOf", read: func(r *reader, q *fhir.QuestionnaireResponse) { many(r, references, &q.PartOf) }},
	{name: "parent", choice: "partOf", read: func(r *reader, q *fhir.QuestionnaireResponse) { r.stu3(); many(r, references, &q.PartOf) }},
	{name: "questionnaire", read: func(r *reader, q *fhir.QuestionnaireResponse) { r.questionnaire(&q.Questionnaire) }},
	{name: "status", read: func(r *reader, q *fhir.QuestionnaireResponse) { r.code(&q.Status) }},
	{name: "subject", read: func(r *reader, q *fhir.QuestionnaireResponse) { object(r, references, &q.Subject) }},
	{name: "encounter", choice: "encounter", read: func(r *reader, q *fhir.QuestionnaireResponse) { one(r, references, &q.Encounter) }},
	{name: "context", choice: "encounter", read: func(r *reader, q *fhir.QuestionnaireResponse) { stu3one(r, references, &q.Encounter) }},
	{name: "authored", read: func(r *reader, q *fhir.QuestionnaireResponse) { r.dateTime(&q.Authored) }},
	{name: "author", read: func(r *reader, q *fhir.QuestionnaireResponse) { one(r, references, &q.Author) }},
	{name: "source", read: func(r *reader, q *fhir.QuestionnaireResponse) { one(r, references, &q.Source) }},
	{name: "item", read: func(r *reader, q *fhir.QuestionnaireResponse) { many(r, &responseItems, &q.Item) }},
	{name: "identifier", read: func(r *reader, q *fhir.QuestionnaireResponse) { one(r, identifiers, &q.Identifier) }},
})

var (
	responseItems      table[fhir.ResponseItem]
	answers            table[fhir.Answer]
	questionnaireItems table[fhir.QuestionnaireItem]
)

func init() { // items hold items, also through answers
	responseItems.fill([]element[fhir.ResponseItem]{
		{name: "linkId", read: func(r *reader, i *fhir.ResponseItem) { r.string(&i.LinkID) }},
		{name: "definition", read: func(r *reader, i *fhir.ResponseItem) { r.uri(&i.Definition) }},
		{name: "text", read: func(r *reader, i *fhir.ResponseItem) { r.string(&i.Text) }},
		{name: "answer", read: func(r *reader, i *fhir.ResponseItem) { many(r, &answers, &i.Answer) }},
		{name: "item", read: func(r *reader, i *fhir.ResponseItem) { many(r, &responseItems, &i.Item) }},
		{name: "extension", read: func(r *reader, i *fhir.ResponseItem) { r.extensions(&i.Extension) }},
	}, ignored[fhir.ResponseItem]("", "id", "subject"))

	answers.fill([]element[fhir.Answer]{
		{name: "item", read: func(r *reader, a *fhir.Answer) { many(r, &responseItems, &a.Item) }},
		{name: "extension", read: func(r *reader, a *fhir.Answer) { r.answerWeights(&a.Weights) }},
	}, values(func(a *fhir.Answer) *fhir.Value { return &a.Value }), ignored[fhir.Answer]("", "id"))

	questionnaireItems.fill([]element[fhir.QuestionnaireItem]{
		{name: "linkId", read: func(r *reader, i *fhir.QuestionnaireItem) { r.string(&i.LinkID) }},
		{name: "code", read: func(r *reader, i *fhir.QuestionnaireItem) { many(r, codings, &i.Code) }},
		{name: "text", read: func(r *reader, i *fhir.QuestionnaireItem) { r.string(&i.Text) }},
		{name: "type", read: func(r *reader, i *fhir.QuestionnaireItem) { r.code(&i.Kind) }},
		{name: "answerOption", choice: "answerOption", read: func(r *reader, i *fhir.QuestionnaireItem) { many(r, answerOptions, &i.AnswerOption) }},
		{name: "option", choice: "answerOption", read: func(r *reader, i *fhir.QuestionnaireItem) { r.stu3(); many(r, answerOptions, &i.AnswerOption) }},
		{name: "answerValueSet", read: func(r *reader, i *fhir.QuestionnaireItem) {
			r.uri(&i.AnswerValueSet)
			r.refers(i.AnswerValueSet)
		}},
		{name: "item", read: func(r *reader, i *fhir.QuestionnaireItem) { many(r, &questionnaireItems, &i.Item) }},
	}, ignored[fhir.QuestionnaireItem]("", "id", "extension", "definition", "prefix", "enableWhen", "enableBehavior",
		"required", "repeats", "readOnly", "maxLength", "initial"))
}

var questionnaires = resourceTable[fhir.Questionnaire]([]element[fhir.Questionnaire]{
	{name: "url", read: func(r *reader, q *fhir.Questionnaire) { r.uri(&q.URL) }},
	{name: "version", read: func(r *reader, q *fhir.Questionnaire) { r.string(&q.Version) }},
	{name: "status", read: func(r *reader, q *fhir.Questionnaire) { r.code(&q.Status) }},
	{name: "code", read: func(r *reader, q *fhir.Questionnaire) { many(r, codings, &q.Code) }},
	{name: "item", read: func(r *reader, q *fhir.Questionnaire) { many(r, &questionnaireItems, &q.Item) }},
}, ignored[fhir.Questionnaire]("", "identifier", "name", "title", "derivedFrom", "experimental", "subjectType", "date",
	"publisher", "contact", "description", "useContext", "jurisdiction", "purpose", "copyright", "approvalDate",
	"lastReviewDate", "effectivePeriod"))

var answerOptions = tableOf([]element[fhir.AnswerOption]{
	{name: "extension", read: func(r *reader, o *fhir.AnswerOption) { r.extensions(&o.Extension) }},
}, values(func(o *fhir.AnswerOption) *fhir.Value { return &o.Value }), ignored[fhir.AnswerOption]("", "id", "initialSelected"))

// answerWeights reads the extensions of an answer for the weights of its value.
func (r *reader) answerWeights(to *[]fhir.Decimal) {
	var extensions []fhir.Extension
	r.extensions(&extensions)
	*to = append(*to, weights(extensions)...)
}
