package forms

import "github.com/pijnpoort/pijnpoort/validation/intake"

func both(nl, en string) intake.Text { return intake.Text{"nl": nl, "en": en} }

// localized is a wording in a language; anything but "en" gives Dutch.
func localized(words intake.Text, lang string) string {
	if lang == "en" {
		return words["en"]
	}
	return words["nl"]
}
