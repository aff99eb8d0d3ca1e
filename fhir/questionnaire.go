package fhir

// QuestionnaireResponse is a filled-in form
// (https://hl7.org/fhir/R4/questionnaireresponse.html).
type QuestionnaireResponse struct {
	Header
	Identifier    *Identifier    `json:"identifier,omitempty"`
	BasedOn       []Reference    `json:"basedOn,omitempty"`
	PartOf        []Reference    `json:"partOf,omitempty"`
	Questionnaire string         `json:"questionnaire,omitempty"`
	Status        string         `json:"status,omitempty"`
	Subject       Reference      `json:"subject,omitzero"`
	Encounter     *Reference     `json:"encounter,omitempty"`
	Authored      DateTime       `json:"authored,omitzero"`
	Author        *Reference     `json:"author,omitempty"`
	Source        *Reference     `json:"source,omitempty"`
	Item          []ResponseItem `json:"item,omitempty"`
}

// ResponseItem is QuestionnaireResponse.item; items nest in items and in answers.
type ResponseItem struct {
	LinkID     string         `json:"linkId,omitempty"`
	Definition string         `json:"definition,omitempty"`
	Text       string         `json:"text,omitempty"`
	Answer     []Answer       `json:"answer,omitempty"`
	Item       []ResponseItem `json:"item,omitempty"`
	Extension  []Extension    `json:"extension,omitempty"`
}

// Answer is QuestionnaireResponse.item.answer.
type Answer struct {
	Value
	Item []ResponseItem `json:"item,omitempty"`
}

// Type implements Resource.
func (*QuestionnaireResponse) Type() string { return "QuestionnaireResponse" }

// Questionnaire is a form (https://hl7.org/fhir/R4/questionnaire.html), read
// for the codes and weights of its items.
type Questionnaire struct {
	Header
	URL     string              `json:"url,omitempty"`
	Version string              `json:"version,omitempty"`
	Status  string              `json:"status,omitempty"`
	Code    []Coding            `json:"code,omitempty"`
	Item    []QuestionnaireItem `json:"item,omitempty"`
}

// QuestionnaireItem is Questionnaire.item.
type QuestionnaireItem struct {
	LinkID       string         `json:"linkId,omitempty"`
	Code         []Coding       `json:"code,omitempty"`
	Text         string         `json:"text,omitempty"`
	Kind         string         `json:"type,omitempty"`
	AnswerOption []AnswerOption `json:"answerOption,omitempty"`
	// AnswerValueSet is the canonical of the ValueSet of the answers, "#id" of a
	// contained one.
	AnswerValueSet string              `json:"answerValueSet,omitempty"`
	Item           []QuestionnaireItem `json:"item,omitempty"`
}

// AnswerOption is Questionnaire.item.answerOption.
type AnswerOption struct {
	Extension []Extension `json:"extension,omitempty"` // ordinalValue, itemWeight
	Value
}

// Type implements Resource.
func (*Questionnaire) Type() string { return "Questionnaire" }
