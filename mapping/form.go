package mapping

import "strings"

// supplement stands in the canonical of a form that asks part of another one,
// between that one's and what tells such parts apart.
const supplement = "-aanvulling-"

// Supplement is the canonical of a form that asks part of what the form of the
// section asks; the key tells such parts apart.
func (s Section) Supplement(key string) string { return s.Questionnaire() + supplement + key }

// FormOf is the canonical of the whole form, for one of a part of it; any other
// canonical is its own.
func FormOf(canonical string) string {
	form, _, _ := strings.Cut(canonical, supplement)
	return form
}
