package report

import "strings"

// questionnaireViews are the moments at which questionnaires are due, and what was
// measured at them.
func questionnaireViews() []string {
	return []string{
		`CREATE TABLE score AS SELECT i.rowid AS place, i.patient, i.body->>'instrument' AS instrument, i.body->>'scale' AS scale,
			` + firstDay(`(i.body->>'date')`) + ` AS first, ` + lastDay(`(i.body->>'date')`) + ` AS last, CAST(nullif(i.body->>'value','') AS REAL) AS value
			FROM item i WHERE kind='scores' AND retracted=0 AND coalesce(i.body->>'date','')<>''`,
		`DELETE FROM score WHERE last > (SELECT asof FROM param)`,
		`CREATE INDEX score_patient ON score(patient, instrument, scale)`,
		// the months after placement
		`CREATE TABLE phase AS WITH RECURSIVE m(months) AS (SELECT 0 UNION ALL SELECT CASE months WHEN 0 THEN 6 WHEN 6 THEN 12 ELSE months+12 END FROM m WHERE months<120)
			SELECT months, CASE months WHEN 0 THEN 'baseline' WHEN 6 THEN '6-months' ELSE 'year-'||(months/12) END AS phase FROM m`,
		`CREATE TABLE moment AS SELECT p.patient, p.n, p.clinic, p.indication, p.first AS placed, m.months, m.phase, date(p.first,'+'||m.months||' months','floor') AS due,
			m.months=0 OR date(p.first,'+'||(m.months+3)||' months','floor') <= (SELECT asof FROM param) AS settled,
			CASE WHEN m.months=0 THEN '' WHEN p.removed <= date(p.first,'+'||m.months||' months','floor') THEN 'removed'
				WHEN p.dead AND (p.died IS NULL OR p.died <= date(p.first,'+'||m.months||' months','floor')) THEN 'deceased' ELSE '' END AS gone
			FROM placed p, phase m WHERE date(p.first,'+'||m.months||' months','floor') <= (SELECT asof FROM param)`,
		`CREATE INDEX moment_patient ON moment(patient, phase)`,
		// what is measured at a moment: before the trial (or placement) the last, after it the nearest; with a value before without
		`CREATE TABLE point AS SELECT * FROM (
			SELECT m.patient, m.phase, s.instrument, s.scale, s.value, row_number() OVER (PARTITION BY m.patient, m.phase, s.instrument, s.scale ORDER BY s.value IS NULL, s.last DESC, s.place DESC) AS rank
				FROM moment m JOIN score s ON s.patient=m.patient
				WHERE m.months=0 AND s.last <= coalesce((SELECT t.first FROM trial t WHERE t.patient=m.patient AND t.next=m.n AND t.exact), m.placed)
			UNION ALL SELECT m.patient, m.phase, s.instrument, s.scale, s.value, row_number() OVER (PARTITION BY m.patient, m.phase, s.instrument, s.scale
				ORDER BY s.value IS NULL, abs(julianday(s.first)-julianday(m.due)), s.first, s.place)
				FROM moment m JOIN score s ON s.patient=m.patient
				WHERE m.months>0 AND s.first >= date(m.placed,'+'||(m.months-3)||' months','floor') AND s.last < date(m.placed,'+'||(m.months+3)||' months','floor')
			) WHERE rank=1`,
		`CREATE INDEX point_patient ON point(patient, phase, instrument, scale)`,
		`CREATE TABLE asked(questionnaire TEXT, instrument TEXT, indication TEXT)`,
		`INSERT INTO asked VALUES ('gpe','gpe',''),('sf12','sf12v1',''),('sf12','sf12v2',''),('nrs','nrs',''),('bpi','bpi',''),('odi','odi','fbss'),('ndi','ndi','fnss'),('hads','hads',''),('pcs','pcs',''),('psqi','psqi','')`,
		// the first published difference of each scale: points, or percent of the baseline; whether higher is better
		`CREATE TABLE difference(questionnaire TEXT, scale TEXT, points REAL, percent REAL, higher INTEGER)`,
		`INSERT INTO difference VALUES ('sf12','pcs',3.29,NULL,1),('sf12','mcs',3.77,NULL,1),('nrs','value',2,NULL,0),('bpi','severity',NULL,30,0),('bpi','interference',1,NULL,0),
			('odi','total',10,NULL,0),('ndi','total',19,NULL,0),('ndi','sum',7.5,NULL,0),('hads','anxiety',1.5,NULL,0),('hads','depression',1.5,NULL,0),('pcs','total',6.48,NULL,0),('psqi','global',3,NULL,0)`,
		`CREATE TABLE due AS SELECT m.*, q.questionnaire FROM moment m, (SELECT DISTINCT questionnaire, indication AS only FROM asked) q
			WHERE substr(m.due,1,4)+0=(SELECT year FROM param) AND q.only IN ('', m.indication) AND (m.months>0 OR q.questionnaire<>'gpe')`,
	}
}

// changed are the scores due with their baseline, and CLASS by what is asked of a change
// (a is the value, b the baseline).
func changed(numerator, only string) string {
	return strings.ReplaceAll(`SELECT CASE WHEN a.patient IS NULL THEN CASE WHEN d.gone<>'' OR NOT d.settled THEN 'excluded' ELSE 'missing' END
		WHEN a.value IS NULL OR b.patient IS NULL OR b.value IS NULL THEN 'missing' WHEN f.points IS NULL AND b.value=0 THEN 'missing'
		WHEN NUMERATOR THEN 'numerator' ELSE 'denominator' END AS class, d.clinic, d.indication, d.phase AS "prom-moment", d.questionnaire||'.'||f.scale AS instrument
		FROM due d JOIN difference f ON f.questionnaire=d.questionnaire
		LEFT JOIN point a ON a.patient=d.patient AND a.phase=d.phase AND a.scale=f.scale AND a.instrument IN (SELECT instrument FROM asked q WHERE q.questionnaire=d.questionnaire)
		LEFT JOIN point b ON b.patient=d.patient AND b.phase='baseline' AND b.scale=f.scale AND b.instrument=a.instrument
		WHERE d.months>0 AND `+only, "NUMERATOR", numerator)
}

// better is by how much a score is better than its baseline, size how much it must be.
const (
	better = `(CASE WHEN f.higher THEN a.value-b.value ELSE b.value-a.value END)`
	size   = `coalesce(f.points, f.percent*b.value/100) - 1e-9`
)

// questionnaireSeconds are the figures of PROMs by SQL.
var questionnaireSeconds = []second{
	{"nm-prom-response", "prom-response", `SELECT CASE WHEN EXISTS (SELECT 1 FROM point p JOIN asked q ON q.questionnaire=d.questionnaire AND p.instrument=q.instrument WHERE p.patient=d.patient AND p.phase=d.phase) THEN 'numerator'
		WHEN d.gone<>'' OR NOT d.settled THEN 'excluded' ELSE 'denominator' END AS class, d.clinic, d.indication, d.phase AS "prom-moment", d.questionnaire AS instrument FROM due d`},
	{"nm-prom-change", "improved", changed(better+` >= `+size, `1`)},
	{"nm-prom-change", "worsened", changed(`-`+better+` >= `+size, `1`)},
	{"nm-prom-change", "responder-50", changed(`b.value-a.value >= 0.5*b.value - 1e-9`, `d.questionnaire='nrs'`)},
	{"nm-prom-change", "responder-30", changed(`b.value-a.value >= 0.3*b.value - 1e-9`, `d.questionnaire='nrs'`)},
}
