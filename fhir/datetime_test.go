package fhir

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDateTime(t *testing.T) {
	amsterdam := time.FixedZone("", 2*3600)
	for text, want := range map[string]DateTime{
		"2024":                              {Precision: Year, Time: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)},
		"0001":                              {Precision: Year, Time: time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)},
		"2024-05":                           {Precision: Month, Time: time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)},
		"2024-02-29":                        {Precision: Day, Time: time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)},
		"2024-05-06T07:08:09Z":              {Precision: Second, Time: time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)},
		"2024-05-06T07:08:09+02:00":         {Precision: Second, Time: time.Date(2024, 5, 6, 7, 8, 9, 0, amsterdam)},
		"2024-05-06T07:08:09.5-00:00":       {Precision: Second, Time: time.Date(2024, 5, 6, 7, 8, 9, 5e8, time.UTC)},
		"2024-05-06T23:59:59.123456789123Z": {Precision: Second, Time: time.Date(2024, 5, 6, 23, 59, 59, 123456789, time.UTC)},
	} {
		got, err := ParseDateTime(text)
		if err != nil || got.Precision != want.Precision || !got.Time.Equal(want.Time) || got.Text != text {
			t.Errorf("%s: got %+v, %v", text, got, err)
		}
		_, gotOffset := got.Time.Zone()
		if _, offset := want.Time.Zone(); gotOffset != offset {
			t.Errorf("%s: offset is %d s, want %d s", text, gotOffset, offset)
		}
	}
}

func TestParseDateTimeRefuses(t *testing.T) {
	for _, text := range []string{
		"", "202", "0000", "24-05-06", "2024-", "2024-5", "2024-13", "2024-00", "2024-02-30", "2023-02-29", "2024-04-31",
		"2024-5-6", "2024/05/06", "20240506", "2024-05-06 07:08:09Z", "2024-05-06T", "2024-05-06T07:08Z", "2024-05-06T07:08:09",
		"2024-05-06T24:00:00Z", "2024-05-06T07:60:00Z", "2024-05-06T07:08:60Z", "2024-05-06T7:08:09Z", "2024-05-06T07:08:09,5Z",
		"2024-05-06T07:08:09.Z", "2024-05-06T07:08:09+2:00", "2024-05-06T07:08:09+0200", "2024-05-06T07:08:09+14:01",
		"2024-05-06T07:08:09+02:60", "2024-05-06T07:08:09z", " 2024", "2024 ", "${DATE, T, D, +0}", "-024", "２０２４",
	} {
		if got, err := ParseDateTime(text); err == nil {
			t.Errorf("%q was read as %+v", text, got)
		}
	}
}

// What time.Format writes as RFC 3339 is a FHIR instant and means the same.
func TestParseDateTimeAgreesWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := time.FixedZone("", 60*rapid.IntRange(-14*60, 14*60).Draw(t, "offset in minutes"))
		want := time.Unix(rapid.Int64Range(-60_000_000_000, 250_000_000_000).Draw(t, "seconds"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanoseconds")).In(zone)
		if want.Year() < 1 || want.Year() > 9999 {
			t.Skip()
		}
		got, err := ParseDateTime(want.Format(time.RFC3339Nano))
		if err != nil || !got.Time.Equal(want) || got.Precision != Second {
			t.Fatalf("got %v, %v", got, err)
		}
	})
}

func TestDateTimeFromJSON(t *testing.T) {
	var d DateTime
	if err := d.UnmarshalJSON([]byte(`"2024-05"`)); err != nil || d.Precision != Month || d.IsZero() || d.String() != "2024-05" {
		t.Errorf("got %+v, %v", d, err)
	}
	for _, text := range []string{`5`, `null`, `"`, `"x"`} {
		if err := d.UnmarshalJSON([]byte(text)); err == nil {
			t.Errorf("%s was read", text)
		}
	}
}
