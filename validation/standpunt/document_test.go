package standpunt

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"
)

// A made-up document, with the white space that conversion from PDF leaves behind.
const document = "\f 1. De poort \n\n- Wie de  poort \r\nwil openen,\u00a0klopt\n\ndriemaal. Daarna wacht hij. \n\n- Café één\n"

func entry(p Passage) Criterion {
	return Criterion{ID: "gate-knock", Source: Source{Document: StandpuntNVA}, Passage: p}
}

func TestAPassageIsFoundByItsLinesAndCharacters(t *testing.T) {
	tests := map[string]struct {
		passage Passage
		want    string
	}{
		"whole lines":            {Passage{Lines: [][2]int{{1, 1}}}, "1. De poort"},
		"over several lines":     {Passage{Lines: [][2]int{{3, 6}}, From: []int{2}, To: []int{42}}, "Wie de poort wil openen, klopt driemaal."},
		"characters, not bytes":  {Passage{Lines: [][2]int{{8, 8}}, From: []int{2}, To: []int{10}}, "Café één"},
		"pieces from two places": {Passage{Lines: [][2]int{{6, 6}, {1, 1}}, From: []int{10, 3}, To: []int{27, 11}}, "Daarna wacht hij.\nDe poort"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := read(t, document)
			test.passage.SHA256 = digest(test.want)
			got, err := d.Passage(entry(test.passage))
			if err != nil || got != test.want {
				t.Errorf("got %q, %v; want %q", got, err, test.want)
			}
		})
	}
}

func TestADifferentDocumentIsRecognised(t *testing.T) {
	passage := Passage{Lines: [][2]int{{3, 6}}, From: []int{2}, To: []int{42}, SHA256: digest("Wie de poort wil openen, klopt driemaal.")}
	tests := map[string]string{
		"other words":      strings.Replace(document, "driemaal", "viermaal", 1),
		"moved by a line":  "\n" + document,
		"too few lines":    "De poort\n",
		"too few letters":  "\n\n-\n\n\n\n",
		"nothing whatever": "",
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			words, err := read(t, text).Passage(entry(passage))
			if !errors.Is(err, ErrDocumentDiffers) || words != "" {
				t.Fatalf("got %q, %v; want ErrDocumentDiffers", words, err)
			}
			for _, part := range []string{"gate-knock", StandpuntNVA} {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("error %q does not name %s", err, part)
				}
			}
		})
	}
}

func TestAnEntryOfAnotherDocumentIsRefused(t *testing.T) {
	d, err := ReadDocument(ConceptZIN2019, strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	c := entry(Passage{Lines: [][2]int{{1, 1}}, SHA256: digest("1. De poort")})
	if _, err := d.Passage(c); !errors.Is(err, ErrOtherDocument) {
		t.Errorf("got %v, want ErrOtherDocument", err)
	}
}

func TestWhatCannotBeReadIsNoDocument(t *testing.T) {
	if _, err := ReadDocument("standpunt-1999", strings.NewReader(document)); err == nil {
		t.Error("a document with an unknown name was accepted")
	}
	if _, err := ReadDocument(StandpuntNVA, strings.NewReader("caf\xe9")); err == nil {
		t.Error("a text that is not UTF-8 was accepted")
	}
	if _, err := ReadDocument(StandpuntNVA, iotest.ErrReader(errors.New("disk"))); err == nil {
		t.Error("an unreadable text was accepted")
	}
}

func read(t *testing.T, text string) *Document {
	t.Helper()
	d, err := ReadDocument(StandpuntNVA, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}
