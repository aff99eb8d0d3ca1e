package standpunt

// Text is a wording in both languages of Pijnpoort.
type Text struct {
	NL string `json:"nl"`
	EN string `json:"en"`
}

// In gives the wording in a language: English for "en", Dutch for anything else.
func (t Text) In(lang string) string {
	if lang == "en" {
		return t.EN
	}
	return t.NL
}
