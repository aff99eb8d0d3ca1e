package report

// outcomeViews are the cases of the Textbook Outcome as the shipped proposal has it: first
// systems of which 365 days of follow-up end in the year, with each part.
func outcomeViews() []string {
	within := func(first, last string) string {
		return `CASE WHEN ` + first + ` IS NULL THEN 1 WHEN ` + first + ` >= c.placed AND ` + last + ` <= c.until THEN 2 WHEN ` + last + ` < c.placed OR ` + first + ` > c.until THEN 0 ELSE 1 END`
	}
	// 2 is yes, 1 perhaps, 0 no; what did not happen is known of who was seen
	absent := func(happened string) string {
		return `CASE WHEN coalesce(` + happened + `,0)=0 THEN CASE WHEN c.seen THEN 2 ELSE 1 END ELSE 2-(` + happened + `) END`
	}
	done := func(kind string) string {
		return `(SELECT max(` + within("p.first", "p.last") + `) FROM proc p WHERE p.patient=c.patient AND p.done='yes' AND p.kind='` + kind + `')`
	}
	value := func(kind, window string) string {
		return `(SELECT CASE WHEN count(DISTINCT i.body->>'value')=1 AND sum(coalesce(i.body->>'high','') NOT IN ('', i.body->>'value'))=0 THEN min((i.body->>'value')+0.0) END FROM item i
			WHERE i.patient=c.patient AND i.kind='measurements' AND i.retracted=0 AND i.body->>'kind'='` + kind + `' AND i.body->>'window'='` + window + `' AND coalesce(i.body->>'site','')='')`
	}
	relief := func(kind, share string) string {
		before, after := value(kind, "intake"), value(kind, "trial")
		return `CASE WHEN ` + before + ` IS NULL OR ` + after + ` IS NULL OR ` + before + ` <= 0 THEN 1 WHEN ` + after + ` <= ` + share + `*` + before + `+1e-9 THEN 2 ELSE 0 END`
	}
	answered := func(phase string) string {
		return `CASE WHEN EXISTS (SELECT 1 FROM point p WHERE p.patient=c.patient AND p.phase='` + phase + `' AND p.instrument='gpe')
			AND EXISTS (SELECT 1 FROM point p WHERE p.patient=c.patient AND p.phase='` + phase + `' AND p.instrument='nrs') THEN 2 ELSE 0 END`
	}
	return []string{
		// who was seen in the last 92 days of the follow-up, or later
		`CREATE TABLE candidate AS SELECT p.patient, p.clinic, p.specialty, p.indication, p.modality, p.first AS placed, date(p.first,'+365 days') AS until, p.dead, p.died FROM placed p
			WHERE strftime('%Y',p.first,'+365 days')+0=(SELECT year FROM param) AND date(p.first,'+365 days') <= (SELECT asof FROM param)`,
		`CREATE TABLE followed AS SELECT c.*, coalesce(c.dead AND c.died >= date(until,'-92 days'),0) OR EXISTS (SELECT 1 FROM done d WHERE d.patient=c.patient AND d.first >= date(until,'-92 days'))
			OR EXISTS (SELECT 1 FROM item i WHERE i.patient=c.patient AND i.kind IN ('contacts','scores','measurements') AND i.retracted=0 AND coalesce(i.body->>'date','')<>''
				AND ` + firstDay(`(i.body->>'date')`) + ` BETWEEN date(until,'-92 days') AND (SELECT asof FROM param)) AS seen FROM candidate c`,
		`CREATE TABLE part AS SELECT c.*,
			CASE WHEN indication='cch' THEN ` + relief("attacks", "0.7") + ` ELSE ` + relief("pain-nrs", "0.5") + ` END AS relief,
			` + absent(done("revision")) + ` AS revision, ` + absent(done("explant")) + ` AS removal,
			` + absent(`(SELECT max(min(CASE serious WHEN 'true' THEN 2 WHEN 'false' THEN 0 ELSE 1 END, `+within("e.first", "e.last")+`)) FROM `+complications+` e WHERE e.patient=c.patient)`) + ` AS serious,
			` + answered("6-months") + ` AS half, ` + answered("year-1") + ` AS whole,
			(SELECT sum(CASE WHEN ` + within("e.first", "e.last") + `=1 OR ` + within("e.first", "e.last") + `=2 AND serious IS NULL THEN 1 ELSE 0 END) FROM ` + complications + ` e WHERE e.patient=c.patient) AS unclear,
			(SELECT sum(CASE WHEN ` + within("e.first", "e.last") + `=2 THEN CASE serious WHEN 'true' THEN 2 ELSE 1 END *
				CASE complication WHEN 'lead-migration' THEN 2 WHEN 'lead-fracture' THEN 2 WHEN 'infection' THEN 3 WHEN 'pocket-pain' THEN 1 WHEN 'hardware' THEN 2 WHEN 'dural-puncture' THEN 1 WHEN 'neurological' THEN 4 ELSE 1 END
				ELSE 0 END) FROM ` + complications + ` e WHERE e.patient=c.patient) AS points FROM followed c`,
	}
}

// truth is the class of 2 (yes), 1 (perhaps) and 0 (no).
func truth(x string) string {
	return `CASE ` + x + ` WHEN 2 THEN 'numerator' WHEN 1 THEN 'missing' ELSE 'denominator' END AS class`
}

func component(column, id string) string {
	return `SELECT ` + truth(column) + `, '` + id + `' AS component FROM part`
}

// element counts how often something is on record.
func element(name, clinic, recorded, from string) string {
	return `SELECT CASE WHEN ` + recorded + ` THEN 'numerator' ELSE 'denominator' END AS class, '` + name + `' AS element, ` + clinic + ` AS clinic FROM ` + from
}

var (
	ofYear     = `(SELECT d.*, ` + isOf(anything) + ` AS a, ` + isOf(`('revision','explant')`) + ` AS x FROM done d WHERE year=(SELECT year FROM param)) d`
	ownDevices = `(SELECT d.clinic, v.body FROM ` + ofYear + ` JOIN item v ON v.patient=d.patient AND v.kind='devices' AND v.retracted=0 AND EXISTS (SELECT 1 FROM json_each(d.devices) e WHERE e.value=v.key) WHERE a='yes')`
	// the events behind a revision or removal for a complication
	behind = `EXISTS (SELECT 1 FROM ` + complications + ` c WHERE c.patient=d.patient AND c.complication=r AND (c.procedure=d.key OR c.first >= date(d.first,'-183 days') AND c.last <= d.last))`
)

// outcomeSeconds are the Textbook Outcome and the completeness of data by SQL.
var outcomeSeconds = []second{
	{"nm-textbook-outcome", "textbook-outcome", `SELECT ` + truth(`min(relief, revision, removal, serious, half, whole)`) + `, clinic, specialty, indication, modality FROM part`},
	{"nm-textbook-outcome", "outcome-component", component("relief", "trial-success") + ` UNION ALL ` + component("revision", "no-revision") + ` UNION ALL ` + component("removal", "no-removal") +
		` UNION ALL ` + component("serious", "no-serious-event") + ` UNION ALL ` + component("half", "prom-6-months") + ` UNION ALL ` + component("whole", "prom-year-1")},
	{"nm-textbook-outcome", "complication-score", `SELECT CASE WHEN seen AND coalesce(unclear,0)=0 THEN 'numerator' ELSE 'missing' END AS class, clinic, specialty, coalesce(points,0) AS amount FROM part`},
	{"nm-data-completeness", "completeness", element("birth-date", "clinic", `age<>'unknown'`, person) + ` UNION ALL ` + element("sex", "clinic", `sex<>'unknown'`, person) +
		` UNION ALL ` + element("indication", "clinic", `first_indication<>'unknown'`, `(SELECT u.*, (SELECT indication FROM `+applied+` f WHERE f.patient=u.patient AND a='yes' ORDER BY n LIMIT 1) AS first_indication FROM `+person+` u)`) +
		` UNION ALL ` + element("bmi", "clinic", `bmi<>'unknown'`, person) + ` UNION ALL ` + element("pain-at-intake", "clinic", `pain<>'unknown'`, person) +
		` UNION ALL ` + element("opioid-dose", "clinic", `"opioid-dose"<>'unknown'`, person) +
		` UNION ALL ` + element("comorbidity", "clinic", `0`, person) +
		` UNION ALL ` + element("cost", "clinic", `EXISTS (SELECT 1 FROM item i WHERE i.patient=u.patient AND i.kind='costs' AND i.retracted=0 AND substr(i.body->>'date',1,4)+0=(SELECT year FROM param))`, person+` u`) +
		` UNION ALL ` + element("procedure-kind", "clinic", `kind<>'unspecified'`, ofYear) + ` UNION ALL ` + element("modality", "clinic", `modality<>'unknown'`, ofYear) +
		` UNION ALL ` + element("specialty", "clinic", `specialty<>'unknown'`, ofYear) + ` UNION ALL ` + element("clinic", "clinic", `clinic<>'unknown'`, ofYear) +
		` UNION ALL ` + element("device", "clinic", `EXISTS (SELECT 1 FROM item v WHERE v.patient=d.patient AND v.kind='devices' AND v.retracted=0 AND EXISTS (SELECT 1 FROM json_each(d.devices) e WHERE e.value=v.key))`, ofYear+` WHERE a='yes'`) +
		` UNION ALL ` + element("udi-di", "clinic", `coalesce(body->>'udi','')<>''`, ownDevices) + ` UNION ALL ` + element("manufacturer-and-model", "clinic", `coalesce(body->>'manufacturer','')<>'' AND coalesce(body->>'model','')<>''`, ownDevices) +
		` UNION ALL ` + element("reason", "clinic", `r<>'unknown'`, `(SELECT d.*, `+reason+` AS r FROM `+ofYear+` WHERE x='yes')`) +
		` UNION ALL ` + element("adverse-event-behind-revision", "clinic", behind, `(SELECT d.*, `+reason+` AS r FROM `+ofYear+` WHERE x='yes') d WHERE r IN ('lead-migration','lead-fracture','infection','pocket-pain','hardware')`) +
		` UNION ALL ` + element("procedure-date", "clinic", `first IS NOT NULL`, `proc WHERE done='yes' AND (first IS NULL OR `+inYear+`)`) +
		` UNION ALL ` + element("adverse-event-date", "clinic", `first IS NOT NULL`, complications+` WHERE first IS NULL OR `+happened) +
		` UNION ALL ` + element("adverse-event-seriousness", "clinic", `serious IS NOT NULL`, complications+` WHERE first IS NULL OR `+happened)},
}
