package epd

import "github.com/pijnpoort/pijnpoort/mapping"

// settleTrial notes that a trial that started was done.
func (m *mapper) settleTrial() {
	for _, v := range m.record.Fact("trial-start").Values {
		m.record.Add("trial-done", mapping.BoolValue(true, v.Evidence...))
	}
}

// diary judges the readings of a trial that is over as its diary: complete with
// a reading on every day, else with gaps. Without any reading nothing is known
// of a diary, and while the trial runs there is nothing to judge.
func (m *mapper) diary() {
	start, ok := m.exactDay("trial-start")
	end, ended := m.exactDay("trial-end")
	if !ok || !ended || end < start {
		return
	}
	days := make(map[mapping.Day]bool, end-start+1)
	var evidence []mapping.Evidence
	for i := range m.readings {
		if r := &m.readings[i]; r.Day >= start && r.Day <= end {
			days[r.Day] = true
			evidence = append(evidence, r.Evidence)
		}
	}
	switch {
	case len(days) == 0:
	case mapping.Day(len(days)) == end-start+1:
		m.record.Add("diary", mapping.CodeValue("complete", evidence...))
	default:
		m.record.Add("diary", mapping.CodeValue("gaps", evidence...))
	}
}

// regions says between which two places the pain of an indication is weighed,
// and the code for either.
var regions = []struct {
	indication, fact string
	sites, codes     [2]string
}{
	{"fbss", "fbss.predominant", [2]string{"leg", "back"}, [2]string{"leg", "back"}},
	{"fnss", "fnss.predominant", [2]string{"arm", "neck"}, [2]string{"arm", "neck"}},
	{"crps", "crps.predominant", [2]string{"leg", "arm"}, [2]string{"lower-limb", "upper-limb"}},
}

// predominant takes from the weighted scores per site at intake where the pain
// is worst, unless that was answered.
func (m *mapper) predominant() {
	for _, r := range regions {
		if !m.means(r.indication) || len(m.record.Fact(r.fact).Values) > 0 {
			continue
		}
		for _, scale := range []mapping.Scale{mapping.NRS, mapping.VAS} {
			a, b := m.record.Score("intake", scale, r.sites[0]), m.record.Score("intake", scale, r.sites[1])
			if a == nil || b == nil || a.Days < windowDays || b.Days < windowDays {
				continue
			}
			code := "equal"
			switch a.Mean.Cmp(b.Mean) {
			case 1:
				code = r.codes[0]
			case -1:
				code = r.codes[1]
			}
			evidence := append(append([]mapping.Evidence(nil), a.Evidence...), b.Evidence...)
			m.record.Add(r.fact, mapping.CodeValue(code, evidence...))
		}
	}
}
