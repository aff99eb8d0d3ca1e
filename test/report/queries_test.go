package report

import (
	"fmt"
	"strings"
)

// care are the columns of the strata of care over a group of procedures.
const care = `CASE WHEN count(DISTINCT clinic)=1 THEN min(clinic) ELSE 'several' END AS clinic,
	CASE WHEN count(DISTINCT specialty)=1 THEN min(specialty) ELSE 'several' END AS specialty,
	CASE WHEN count(DISTINCT indication)=1 THEN min(indication) ELSE 'several' END AS indication,
	CASE WHEN count(DISTINCT modality)=1 THEN min(modality) ELSE 'several' END AS modality`

const (
	electrodes = `('trial','implant','revision')`
	anything   = `('trial','implant','revision','generator','generator-replaced')`
	inYear     = `substr(first,1,4)+0=(SELECT year FROM param)`
)

// isOf says yes, perhaps or no to a procedure being of kinds.
func isOf(kinds string) string {
	return strings.ReplaceAll(`CASE WHEN kind<>'unspecified' THEN CASE WHEN kind IN K THEN 'yes' ELSE 'no' END
		WHEN possible IS NULL THEN 'perhaps'
		WHEN NOT EXISTS (SELECT 1 FROM json_each(possible) WHERE value NOT IN K) THEN 'yes'
		WHEN NOT EXISTS (SELECT 1 FROM json_each(possible) WHERE value IN K) THEN 'no' ELSE 'perhaps' END`, "K", kinds)
}

// counting are the procedures with whether they count, by status, kind, modality and year.
func counting(kinds, modality string) string {
	m := `'yes'`
	if modality != "" {
		m = fmt.Sprintf(`CASE modality WHEN '%s' THEN 'yes' WHEN 'unknown' THEN 'perhaps' ELSE 'no' END`, modality)
	}
	return `SELECT *, CASE WHEN 'no' IN (done,k,m,y) THEN 'no' WHEN 'perhaps' IN (done,k,m,y) THEN 'perhaps' ELSE 'yes' END AS counts FROM
		(SELECT p.*, ` + isOf(kinds) + ` AS k, ` + m + ` AS m, CASE WHEN first IS NULL THEN 'perhaps' WHEN ` + inYear + ` THEN 'yes' ELSE 'no' END AS y FROM proc p)`
}

// patientsWith counts different patients with a procedure of kinds in the year.
func patientsWith(kinds, modality string) string {
	return `WITH g AS (` + counting(kinds, modality) + `)
		SELECT 'numerator' AS class, ` + care + ` FROM g WHERE counts='yes' GROUP BY patient
		UNION ALL SELECT 'missing', ` + care + ` FROM g WHERE counts='perhaps' AND patient NOT IN (SELECT patient FROM g WHERE counts='yes') GROUP BY patient`
}

// implantations are procedures, less the placement that follows a trial and what is done
// in one session with an earlier one.
func implantations(modality string) string {
	return `SELECT CASE counts WHEN 'yes' THEN 'numerator' ELSE 'missing' END AS class, clinic, specialty, indication, modality
		FROM (` + counting(electrodes, modality) + `) g WHERE counts<>'no'
		AND NOT EXISTS (SELECT 1 FROM trial t JOIN done d ON d.patient=t.patient AND d.n=t.next WHERE t.patient=g.patient AND d.key=g.key AND d.kind IN ('implant','generator'))
		AND NOT (kind<>'revision' AND EXISTS (SELECT 1 FROM done q WHERE q.patient=g.patient AND q.key<>g.key AND q.kind IN ('trial','implant')
			AND (q.encounter<>'' AND q.encounter=g.encounter OR q.exact AND g.first=g.last AND q.first=g.first)
			AND (q.first, q.last, CASE q.kind WHEN 'trial' THEN 2 ELSE 3 END, q.key) <
				(coalesce(g.first,'9999'), coalesce(g.last,'9999'), CASE g.kind WHEN 'explant' THEN 1 WHEN 'trial' THEN 2 WHEN 'implant' THEN 3 WHEN 'generator' THEN 4 ELSE 5 END, g.key)))`
}

// leftOut counts the procedures that do not count for the norm of twenty, by reason.
func leftOut(reason string) string {
	return `SELECT 'numerator' AS class, clinic FROM (SELECT p.*, ` + isOf(electrodes) + ` AS e, ` + isOf(`('generator','generator-replaced')`) + ` AS b, ` + isOf(`('explant')`) + ` AS x FROM proc p)
		WHERE (first IS NULL OR ` + inYear + `) AND CASE WHEN why IS NOT NULL THEN why WHEN first IS NULL THEN 'date-unknown' WHEN e='yes' THEN ''
		WHEN b='yes' THEN 'generator-only' WHEN x='yes' THEN 'explant-only' ELSE 'kind-unknown' END = '` + reason + `'`
}

// ended is the first day after which a system is no longer in place or followed; null when
// that is not known.
const ended = `CASE WHEN removed<>removed_last OR dead AND (died IS NULL OR died<>died_last) THEN NULL
	ELSE min(coalesce(removed,'9999-12-31'), CASE WHEN dead THEN died ELSE '9999-12-31' END, (SELECT date(asof,'+1 day') FROM param)) END`

// treatedIn are the systems with whether they were in place in the year: between the
// earliest and the latest day that can be their last.
const treatedIn = `SELECT s.*, CASE
	WHEN NOT placed THEN CASE WHEN substr(first,1,4)+0=y THEN 'yes' ELSE 'no' END
	WHEN substr(first,1,4)+0 > y OR strftime('%Y', latest, '-1 day')+0 < y THEN 'no'
	WHEN substr(first,1,4)+0=y OR strftime('%Y', earliest, '-1 day')+0 >= y THEN 'yes' ELSE 'perhaps' END AS treated FROM
	(SELECT s.*, (SELECT year FROM param) AS y,
		min(coalesce(removed,'9999-12-31'), CASE WHEN NOT dead THEN '9999-12-31' ELSE coalesce(died, first) END, (SELECT date(asof,'+1 day') FROM param)) AS earliest,
		min(coalesce(removed_last,'9999-12-31'), CASE WHEN NOT dead THEN '9999-12-31' ELSE coalesce(died_last,'9999-12-31') END, (SELECT date(asof,'+1 day') FROM param)) AS latest FROM system s) s`

// start joins the first dated procedure that was done, for strata.
const start = `(SELECT * FROM done d WHERE d.n=1)`

var underTreatment = `WITH s AS (` + treatedIn + `),
	t AS (SELECT patient, max(CASE treated WHEN 'yes' THEN 2 WHEN 'perhaps' THEN 1 ELSE 0 END) AS best FROM s GROUP BY patient)
	SELECT CASE best WHEN 2 THEN 'numerator' ELSE 'missing' END AS class,
	(SELECT CASE WHEN count(DISTINCT clinic)=1 THEN min(clinic) ELSE 'several' END FROM s WHERE s.patient=t.patient AND treated=CASE best WHEN 2 THEN 'yes' ELSE 'perhaps' END) AS clinic,
	d.specialty, d.indication, d.modality FROM t JOIN ` + start + ` d ON d.patient=t.patient WHERE best>0`

// newcomers says of each patient whose first procedure was in the year whether that is new.
func newcomers(class string) string {
	return `WITH f AS (SELECT d.*, EXISTS (SELECT 1 FROM proc p WHERE p.patient=d.patient AND (p.done='perhaps' OR p.done='yes' AND p.first IS NULL))
			OR ` + isOf(`('trial','implant')`) + ` <> 'yes' AS doubt FROM done d WHERE d.n=1),
		v AS (SELECT i.patient, i.key, ` + firstDay(`(i.body->>'from')`) + ` AS first, ` + lastDay(`(i.body->>'from')`) + ` AS last FROM item i WHERE kind='devices' AND retracted=0),
		w AS (SELECT v.*, CASE WHEN v.first IS NOT NULL THEN CASE WHEN v.last<f.first THEN 'yes' WHEN v.first<f.first THEN 'perhaps' ELSE 'no' END
			WHEN EXISTS (SELECT 1 FROM proc p, json_each(p.devices) e WHERE p.patient=v.patient AND e.value=v.key) THEN 'no' ELSE 'perhaps' END AS earlier FROM v JOIN f ON f.patient=v.patient)
		SELECT ` + class + ` AS class, clinic, specialty, indication, modality FROM
			(SELECT f.*, doubt OR EXISTS (SELECT 1 FROM w WHERE w.patient=f.patient AND earlier='perhaps') AS unsure FROM f
				WHERE f.year=(SELECT year FROM param) AND NOT EXISTS (SELECT 1 FROM w WHERE w.patient=f.patient AND earlier='yes')) WHERE ` + class + ` <> ''`
}

// applied are the procedures of the year in which neuromodulation was applied.
var applied = `(SELECT d.*, ` + isOf(anything) + ` AS a FROM done d WHERE year=(SELECT year FROM param))`

// present are the systems in place in the year, with whether that is known.
const present = `(SELECT s.*, CASE WHEN substr(first,1,4)+0 > y OR removed_last < y||'-01-01' OR dead AND died_last < y||'-01-01' THEN 'no'
	WHEN dead AND died IS NULL THEN 'perhaps' ELSE 'yes' END AS present FROM (SELECT *, (SELECT year FROM param) AS y, ` + ended + ` AS e FROM system) s)`

// reason is the one reason of ours of a procedure.
const reason = `coalesce((SELECT CASE WHEN count(DISTINCT value->>'code')=1 THEN min(value->>'code') ELSE 'several' END FROM json_each(d.reasons)
	WHERE value->>'system' LIKE '%/CodeSystem/revision-reason' HAVING count(*)>0), CASE WHEN json_array_length(d.reasons)>0 THEN 'other-code' ELSE 'unknown' END)`

// months is the band of the time since placement of the system that a procedure belongs to.
const months = `CASE WHEN s.n IS NULL THEN 'before-placement' WHEN NOT s.begun OR NOT d.exact THEN 'unknown'
	WHEN d.first < date(s.first,'+3 months','floor') THEN '0-2' WHEN d.first < date(s.first,'+12 months','floor') THEN '3-11'
	WHEN d.first < date(s.first,'+24 months','floor') THEN '12-23' WHEN d.first < date(s.first,'+60 months','floor') THEN '24-59' ELSE '60+' END`

// inSystem joins the system that a procedure is part of.
const inSystem = `LEFT JOIN system s ON s.patient=d.patient AND s.episode=d.episode AND s.n<=d.n`

// complications are those not withdrawn.
var complications = `(SELECT i.patient, i.body->>'kind' AS complication, coalesce(nullif(i.body->>'clinic',''),'unknown') AS clinic, i.body->'serious' AS serious,
	` + firstDay(`(i.body->>'date')`) + ` AS first, ` + lastDay(`(i.body->>'date')`) + ` AS last, coalesce(i.body->>'procedure','') AS procedure FROM item i WHERE kind='complications' AND retracted=0)`

// of the year, and not after the day of reporting
const happened = `substr(first,1,4)+0=(SELECT year FROM param) AND first<=(SELECT asof FROM param)`

// bandOf is the band of both ends of a value.
func bandOf(low, high string, bands ...string) string {
	one := func(x string) string {
		s := "CASE"
		for i := 0; i+1 < len(bands); i += 2 {
			s += fmt.Sprintf(" WHEN %s < %s THEN '%s'", x, bands[i], bands[i+1])
		}
		return s + " ELSE '" + bands[len(bands)-1] + "' END"
	}
	return fmt.Sprintf(`CASE WHEN %s IS NULL THEN 'unknown' WHEN (%s)=(%s) THEN %s ELSE 'unknown' END`, low, one(low), one(high), one(low))
}

// latest is a column of the last measurement of a kind in the year before a day.
func latest(kind, what string) string {
	return fmt.Sprintf(`(SELECT %s FROM item i WHERE i.patient=a.patient AND i.kind='measurements' AND i.retracted=0 AND i.body->>'kind'='%s' AND coalesce(i.body->>'window','')=''
		AND (i.body->>'date') <= a.day AND julianday(i.body->>'date') >= julianday(a.day)-365 ORDER BY i.body->>'date' DESC, i.rowid LIMIT 1)`, what, kind)
}

const (
	low  = `(i.body->>'value')+0.0`
	high = `coalesce(nullif(i.body->>'high',''), i.body->>'value')+0.0`
)

// age is the band of the age of a birth on day a.day; born on 29 February one has a
// birthday on 1 March.
func age(birth string) string {
	s := "CASE"
	for _, b := range []struct {
		below int
		code  string
	}{{40, "age-under-40"}, {50, "age-40-49"}, {60, "age-50-59"}, {70, "age-60-69"}, {80, "age-70-79"}} {
		s += fmt.Sprintf(" WHEN date(%s,'+%d years') > a.day THEN '%s'", birth, b.below, b.code)
	}
	return s + " ELSE 'age-80-over' END"
}

var born = [2]string{`(SELECT ` + firstDay(`(body->>'birthDate')`) + ` FROM item i WHERE i.patient=a.patient AND i.kind='patient')`,
	`(SELECT ` + lastDay(`(body->>'birthDate')`) + ` FROM item i WHERE i.patient=a.patient AND i.kind='patient')`}

var ageBand = fmt.Sprintf(`CASE WHEN %[1]s IS NULL THEN 'unknown' WHEN (%[3]s)=(%[4]s) THEN %[3]s ELSE 'unknown' END`, born[0], born[1], age(born[0]), age(born[1]))

// person is each patient with a procedure in the year, by its first day, with bands.
var person = `(SELECT a.*, ` + ageBand + ` AS age, coalesce(nullif((SELECT body->>'gender' FROM item i WHERE i.patient=a.patient AND i.kind='patient'),''),'unknown') AS sex,
	` + bandOf(latest("bmi", low), latest("bmi", high), "25", "bmi-under-25", "30", "bmi-25-29", "35", "bmi-30-34", "bmi-35-over") + ` AS bmi,
	` + bandOf(latest("opioid-dose", low), latest("opioid-dose", high), "0.000001", "opioid-none", "50", "opioid-under-50", "90", "opioid-50-89", "opioid-90-over") + ` AS "opioid-dose",
	` + bandOf(intakePain(low), intakePain(high), "5", "pain-under-5", "7", "pain-5-6", "9", "pain-7-8", "pain-9-10") + ` AS pain
	FROM (SELECT patient, min(first) AS day, ` + care + ` FROM ` + applied + ` WHERE a='yes' GROUP BY patient) a)`

func intakePain(what string) string {
	return `(SELECT ` + what + ` FROM item i WHERE i.patient=a.patient AND i.kind='measurements' AND i.retracted=0 AND i.body->>'kind'='pain-nrs' AND i.body->>'window'='intake' AND coalesce(i.body->>'site','')='')`
}

// cost is per patient with a procedure; kinds limits what is added.
func cost(kinds string) string {
	return `SELECT CASE WHEN foreigners>0 THEN 'missing' WHEN amounts>0 THEN 'numerator' ELSE 'missing' END AS class, clinic, indication, amount FROM
		(SELECT a.clinic, a.indication, sum(c.currency<>'EUR') AS foreigners, sum(c.currency='EUR') AS amounts, sum(CASE WHEN c.currency='EUR' THEN c.amount ELSE 0 END) AS amount FROM
			(SELECT patient, ` + care + ` FROM ` + applied + ` WHERE a='yes' GROUP BY patient) a
			LEFT JOIN (SELECT patient, body->>'currency' AS currency, (body->>'amount')+0.0 AS amount, body->>'kind' AS what, ` + firstDay(`(body->>'date')`) + ` AS first FROM item WHERE kind='costs' AND retracted=0) c
			ON c.patient=a.patient AND ` + happened + ` AND what IN ` + kinds + ` GROUP BY a.patient)`
}
