package report

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // the database of the second way

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/centre"
)

// items puts patients in a table of items as a store keeps them, and views over it.
func items(t *testing.T, patients centre.Patients, year int, asOf string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file::memory:")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	run := func(statement string, values ...any) {
		t.Helper()
		if _, err := db.Exec(statement, values...); err != nil {
			t.Fatalf("%v in\n%s", err, statement)
		}
	}
	run(`CREATE TABLE item(patient TEXT, kind TEXT, key TEXT, retracted INTEGER, body TEXT, PRIMARY KEY(patient, kind, key))`)
	run(`CREATE TABLE param AS SELECT ? AS year, ? AS asof`, year, asOf)
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	insert, err := tx.Prepare(`INSERT INTO item VALUES (?, ?, ?, ?, ?)`)
	if err != nil {
		t.Fatal(err)
	}
	for p, err := range patients {
		if err != nil {
			t.Fatal(err)
		}
		for i := range registration.Items(p.Registration) {
			if _, err := insert.Exec(p.ID, i.Kind, i.Key, i.Retracted, string(i.JSON)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	for _, statement := range slices.Concat(views(), questionnaireViews(), outcomeViews()) {
		run(statement)
	}
	return db
}

// day is the local calendar day of a FHIR date or instant, in SQL: Europe/Amsterdam is two
// hours ahead of UTC from the last Sunday of March to that of October at 01:00 UTC, else one.
func day(x string) string {
	return strings.ReplaceAll(`(CASE WHEN length(X)=10 THEN X WHEN length(X)>10 THEN date(datetime(X),
		CASE WHEN datetime(X) >= date(strftime('%Y',datetime(X))||'-04-01','weekday 0','-7 days')||' 01:00:00'
		AND datetime(X) < date(strftime('%Y',datetime(X))||'-11-01','weekday 0','-7 days')||' 01:00:00' THEN '+2 hours' ELSE '+1 hours' END) END)`, "X", x)
}

// firstDay and lastDay are the ends of a date that may be a month or a year.
func firstDay(x string) string {
	return fmt.Sprintf(`(CASE length(%[1]s) WHEN 4 THEN %[1]s||'-01-01' WHEN 7 THEN %[1]s||'-01' ELSE %[2]s END)`, x, day(x))
}

func lastDay(x string) string {
	return fmt.Sprintf(`(CASE length(%[1]s) WHEN 4 THEN %[1]s||'-12-31' WHEN 7 THEN date(%[1]s||'-01','+1 month','-1 day') ELSE %[2]s END)`, x, day(x))
}

// views are tables derived from the items; they say the same rules in another language.
func views() []string {
	start := `coalesce(nullif(i.body->>'start',''), i.body->>'end')`
	return []string{
		// every indication that holds, and the one a patient has
		`CREATE TABLE indication AS SELECT patient, key, body->>'code' AS code, coalesce(body->>'confirmed',0) AS confirmed FROM item WHERE kind='indications' AND retracted=0`,
		`CREATE INDEX indication_patient ON indication(patient)`,
		`CREATE TABLE meant AS SELECT patient, CASE WHEN count(DISTINCT code)=1 THEN min(code) ELSE 'several' END AS code FROM indication i
			WHERE confirmed OR NOT EXISTS (SELECT 1 FROM indication c WHERE c.patient=i.patient AND c.confirmed) GROUP BY patient`,
		`CREATE INDEX meant_patient ON meant(patient)`,
		// every procedure
		`CREATE TABLE proc AS SELECT i.patient, i.key, i.body->>'kind' AS kind, i.body->>'possible' AS possible, i.retracted,
			coalesce(nullif(i.body->>'status',''),'unknown') AS status,
			coalesce(nullif(i.body->>'clinic',''),'unknown') AS clinic,
			coalesce(nullif(i.body->>'specialty',''),'unknown') AS specialty,
			coalesce(nullif(i.body->>'modality',''),'unknown') AS modality,
			coalesce(i.body->>'encounter','') AS encounter, i.body->>'reasons' AS reasons, i.body->>'devices' AS devices,
			` + firstDay(start) + ` AS first, ` + lastDay(start) + ` AS last, ` + lastDay(`(i.body->>'end')`) + ` AS ended, coalesce(i.body->>'start','')<>'' AS begun,
			coalesce((SELECT CASE WHEN count(DISTINCT d.code)=1 THEN min(d.code) WHEN count(*)>0 THEN 'several' END
				FROM json_each(i.body->'indications') e JOIN indication d ON d.patient=i.patient AND d.key=e.value),
				(SELECT code FROM meant m WHERE m.patient=i.patient), 'unknown') AS indication
			FROM item i WHERE i.kind='procedures'`,
		`ALTER TABLE proc ADD COLUMN done TEXT`,
		`ALTER TABLE proc ADD COLUMN why TEXT`,
		`UPDATE proc SET why = CASE
			WHEN retracted THEN 'entered-in-error'
			WHEN status='in-progress' AND kind='trial' AND first IS NOT NULL THEN NULL
			WHEN status='completed' THEN NULL
			WHEN status IN ('not-done','entered-in-error','stopped') THEN status
			WHEN status IN ('preparation','in-progress','on-hold') THEN 'not-yet-done'
			ELSE 'status-unknown' END`,
		`UPDATE proc SET why='after-as-of' WHERE (why IS NULL OR why='status-unknown') AND first > (SELECT asof FROM param)`,
		`UPDATE proc SET done = CASE WHEN why IS NULL THEN 'yes' WHEN why='status-unknown' THEN 'perhaps' ELSE 'no' END`,
		`CREATE INDEX proc_patient ON proc(patient)`,
		// what was surely done on a day that is known at least to its year, in order
		`CREATE TABLE done AS SELECT *, row_number() OVER (PARTITION BY patient ORDER BY first, last,
			CASE kind WHEN 'explant' THEN 1 WHEN 'trial' THEN 2 WHEN 'implant' THEN 3 WHEN 'generator' THEN 4 ELSE 5 END, key) AS n,
			substr(first,1,4)+0 AS year, first=last AS exact FROM proc WHERE done='yes' AND first IS NOT NULL`,
		`CREATE INDEX done_order ON done(patient, n)`,
		`ALTER TABLE done ADD COLUMN episode INTEGER`,
		`UPDATE done SET episode = (SELECT count(*) FROM done e WHERE e.patient=done.patient AND e.kind='explant' AND e.n<done.n)`,
		`CREATE INDEX done_patient ON done(patient, episode, n)`,
		// trials, with what came next: the first placement, explant or other trial within half a year
		`CREATE TABLE trial AS SELECT t.*, (SELECT min(x.n) FROM done x WHERE x.patient=t.patient AND x.n>t.n AND x.kind IN ('trial','implant','generator','explant')
			AND julianday(x.first) <= julianday(t.last)+183) AS next FROM done t WHERE t.kind='trial'`,
		`CREATE INDEX trial_patient ON trial(patient, n)`,
		// what begins or shows a system: a placement, or a revision, exchange or removal that belongs to no trial
		`CREATE TABLE opening AS SELECT d.* FROM done d WHERE d.kind IN ('implant','generator','generator-replaced') OR d.kind IN ('revision','explant')
			AND NOT EXISTS (SELECT 1 FROM trial t WHERE t.patient=d.patient AND t.episode=d.episode AND t.n<d.n AND julianday(d.first) <= julianday(t.last)+183
				AND NOT EXISTS (SELECT 1 FROM done p WHERE p.patient=t.patient AND p.n>t.n AND p.n<d.n AND p.kind IN ('implant','generator')))`,
		`CREATE INDEX opening_patient ON opening(patient, episode, n)`,
		`CREATE TABLE death AS SELECT patient, coalesce(body->>'deceased','')<>'' AND (` + firstDay(`(body->>'deceased')`) + ` IS NULL OR ` + firstDay(`(body->>'deceased')`) + ` <= (SELECT asof FROM param)) AS dead,
			` + firstDay(`(body->>'deceased')`) + ` AS first, ` + lastDay(`(body->>'deceased')`) + ` AS last FROM item WHERE kind='patient'`,
		`CREATE INDEX death_patient ON death(patient)`,
		// systems: the first of an episode that opens one, and the removal that ends the episode
		`CREATE TABLE system AS SELECT o.patient, o.episode, o.n, o.key, o.kind IN ('implant','generator') AS placed, o.first, o.last, o.exact AND o.kind IN ('implant','generator') AS begun,
			o.clinic, o.specialty, o.indication, o.modality, o.encounter, r.n AS removal, r.first AS removed, r.last AS removed_last, coalesce(d.dead,0) AS dead, d.first AS died, d.last AS died_last
			FROM opening o LEFT JOIN opening r ON r.patient=o.patient AND r.episode=o.episode AND r.kind='explant' LEFT JOIN death d ON d.patient=o.patient
			WHERE o.n=(SELECT min(n) FROM opening x WHERE x.patient=o.patient AND x.episode=o.episode)`,
		`CREATE INDEX system_patient ON system(patient, episode)`,
		// the first system of which the day of placement is known
		`CREATE TABLE placed AS SELECT * FROM system s WHERE begun AND n=(SELECT min(n) FROM system x WHERE x.patient=s.patient AND x.begun)`,
		`CREATE INDEX placed_patient ON placed(patient)`,
	}
}
