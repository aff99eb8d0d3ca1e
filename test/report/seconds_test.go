package report

// seconds are all figures by SQL.
var seconds = append(append([]second{
	{"nm-volume-n20", "unique-operated", patientsWith(electrodes, "")},
	{"nm-volume-n20", "unique-operated-with-explant", patientsWith(`('trial','implant','revision','explant')`, "")},
	{"nm-volume-n20", "unique-operated-with-generator", patientsWith(`('trial','implant','revision','generator')`, "")},
	{"nm-volume-n50", "unique-applied", patientsWith(anything, "")},
	{"nm-volume-n50", "unique-applied-without-generator", patientsWith(electrodes, "")},
	{"nm-volume-n50", "under-treatment", underTreatment},
	{"nm-volume-n50", "implantations", implantations("")},
	{"nm-volume-n50", "implantations-scs", implantations("SCS")},
	{"nm-volume-new", "new-patients", newcomers(`CASE WHEN unsure THEN 'missing' ELSE 'numerator' END`)},
	{"nm-volume-new", "history-unknown", newcomers(`CASE WHEN unsure THEN 'numerator' ELSE '' END`)},
	{"nm-volume-ons", "unique-ons", patientsWith(anything, "ONS")},
	{"nm-volume-ons", "unique-ons-operated", patientsWith(electrodes, "ONS")},
	{"nm-volume-n20", "not-done", leftOut("not-done")},
	{"nm-volume-n20", "entered-in-error", leftOut("entered-in-error")},
	{"nm-volume-n20", "not-yet-done", leftOut("not-yet-done")},
	{"nm-volume-n20", "stopped", leftOut("stopped")},
	{"nm-volume-n20", "status-unknown", leftOut("status-unknown")},
	{"nm-volume-n20", "after-as-of", leftOut("after-as-of")},
	{"nm-volume-n20", "generator-only", leftOut("generator-only")},
	{"nm-volume-n20", "explant-only", leftOut("explant-only")},
	{"nm-volume-n20", "date-unknown", leftOut("date-unknown")},
	{"nm-volume-n20", "kind-unknown", leftOut("kind-unknown")},

	{"nm-indication", "patients", `SELECT 'numerator' AS class, ` + care + ` FROM ` + applied + ` WHERE a='yes' GROUP BY patient`},
	{"nm-indication", "procedures", `SELECT CASE WHEN done='no' THEN 'excluded' WHEN first IS NULL OR done='perhaps' THEN 'missing' ELSE 'numerator' END AS class,
		kind AS "procedure-kind", clinic, specialty, indication, modality FROM proc WHERE first IS NULL OR ` + inYear},
	{"nm-indication", "placed-material", `SELECT CASE WHEN v.key IS NULL THEN 'missing' ELSE 'numerator' END AS class, coalesce(nullif(v.body->>'manufacturer',''),'unknown') AS manufacturer,
		coalesce(nullif(v.body->>'model',''),'unknown') AS model, coalesce(nullif(v.body->>'udi',''),'unknown') AS "udi-di", a.clinic FROM ` + applied + ` a
		LEFT JOIN item v ON v.patient=a.patient AND v.kind='devices' AND v.retracted=0 AND EXISTS (SELECT 1 FROM json_each(a.devices) e WHERE e.value=v.key) WHERE a='yes'`},
	{"nm-trial-conversion", "conversion", `SELECT CASE WHEN x.kind='trial' AND NOT (x.encounter<>'' AND x.encounter=t.encounter OR x.exact AND t.exact AND x.first=t.first) THEN 'excluded'
		WHEN x.kind IN ('implant','generator') AND (x.encounter<>'' AND x.encounter=t.encounter OR x.exact AND t.exact AND x.first=t.first) THEN 'excluded'
		WHEN x.kind IN ('implant','generator') THEN 'numerator' WHEN x.kind='explant' THEN 'denominator' ELSE 'missing' END AS class,
		t.clinic, t.specialty, t.indication, t.modality FROM trial t LEFT JOIN done x ON x.patient=t.patient AND x.n=t.next WHERE t.year=(SELECT year FROM param)`},
	{"nm-trial-conversion", "trial-length", `SELECT CASE WHEN exact AND begun AND ended IS NOT NULL AND ended>=first THEN 'numerator' ELSE 'missing' END AS class, clinic,
		julianday(ended)-julianday(first) AS amount FROM trial WHERE year=(SELECT year FROM param)`},
	{"nm-allinone", "single-stage", `SELECT CASE WHEN t.n IS NULL AND EXISTS (SELECT 1 FROM done c WHERE c.patient=s.patient AND c.episode=s.episode AND c.kind IN ('implant','generator') AND c.kind<>d.kind
			AND (c.encounter<>'' AND c.encounter=d.encounter OR c.exact AND d.exact AND c.first=d.first)) THEN 'numerator'
		WHEN t.n IS NULL THEN 'missing' WHEN t.encounter<>'' AND t.encounter=d.encounter OR t.exact AND d.exact AND t.first=d.first THEN 'numerator' ELSE 'denominator' END AS class,
		d.clinic, d.specialty, d.indication, d.modality FROM system s JOIN done d ON d.patient=s.patient AND d.n=s.n LEFT JOIN trial t ON t.patient=s.patient AND t.next=s.n
		WHERE s.placed AND d.year=(SELECT year FROM param)`},
	{"nm-revision", "revision", `SELECT CASE WHEN present='perhaps' OR NOT begun OR e IS NULL THEN 'missing' ELSE 'denominator' END AS class, clinic, specialty, indication, modality,
		CASE WHEN present='perhaps' OR NOT begun OR e IS NULL THEN 0 ELSE CAST(max(0, julianday(min(e,(y+1)||'-01-01'))-julianday(max(first,y||'-01-01'))) AS INTEGER) END AS days,
		CASE WHEN present='perhaps' OR NOT begun OR e IS NULL THEN 0 ELSE (SELECT count(*) FROM opening o WHERE o.patient=s.patient AND o.episode=s.episode AND o.kind='revision' AND o.year=y) END AS events
		FROM ` + present + ` s WHERE present<>'no'`},
	{"nm-revision", "revisions", `SELECT 'numerator' AS class, d.clinic, d.specialty, ` + reason + ` AS "revision-reason", ` + months + ` AS "months-since-placement"
		FROM done d ` + inSystem + ` WHERE d.kind='revision' AND d.year=(SELECT year FROM param)`},
	{"nm-battery", "replacements", `SELECT 'numerator' AS class, d.clinic, ` + reason + ` AS "revision-reason",
		coalesce((SELECT CASE WHEN count(DISTINCT coalesce(nullif(v.body->>'manufacturer',''),'unknown'))=1 THEN min(coalesce(nullif(v.body->>'manufacturer',''),'unknown')) ELSE 'several' END
			FROM item v WHERE v.patient=d.patient AND v.kind='devices' AND v.retracted=0 AND EXISTS (SELECT 1 FROM json_each(d.devices) e WHERE e.value=v.key) HAVING count(*)>0),'unknown') AS manufacturer
		FROM done d WHERE d.kind='generator-replaced' AND d.year=(SELECT year FROM param)`},
	{"nm-battery", "longevity", `SELECT CASE WHEN d.exact AND p.exact THEN 'numerator' ELSE 'missing' END AS class, d.clinic, julianday(d.first)-julianday(p.first) AS amount
		FROM done d JOIN system s ON s.patient=d.patient AND s.episode=d.episode
		LEFT JOIN done p ON p.patient=d.patient AND p.n=coalesce((SELECT max(q.n) FROM done q WHERE q.patient=d.patient AND q.episode=d.episode AND q.kind='generator-replaced' AND q.n<d.n),
			CASE WHEN s.placed THEN s.n END)
		WHERE d.kind='generator-replaced' AND d.year=(SELECT year FROM param)`},
	{"nm-adverse-event", "adverse-events", `SELECT CASE WHEN first IS NULL THEN 'missing' ELSE 'numerator' END AS class, complication, clinic,
		CASE serious WHEN 'true' THEN 'Serious' WHEN 'false' THEN 'Non-serious' ELSE 'unknown' END AS seriousness FROM ` + complications + ` WHERE first IS NULL OR ` + happened},
	{"nm-adverse-event", "patients-with-event", `SELECT CASE WHEN EXISTS (SELECT 1 FROM ` + complications + ` c WHERE c.patient=u.patient AND ` + happened + `) THEN 'numerator' ELSE 'denominator' END AS class,
		CASE WHEN count(DISTINCT clinic)=1 THEN min(clinic) ELSE 'several' END AS clinic, CASE WHEN count(DISTINCT indication)=1 THEN min(indication) ELSE 'several' END AS indication
		FROM (SELECT patient, clinic, indication FROM ` + applied + ` WHERE a='yes' UNION ALL SELECT patient, clinic, indication FROM ` + present + ` WHERE present='yes') u GROUP BY patient`},
	{"nm-removed", "removed", `SELECT CASE WHEN present='perhaps' THEN 'missing' WHEN substr(removed,1,4)+0=y THEN 'numerator' ELSE 'denominator' END AS class, clinic, specialty, indication, modality
		FROM ` + present + ` WHERE present<>'no'`},
	{"nm-removed", "removals", `SELECT 'numerator' AS class, d.clinic, d.specialty, ` + reason + ` AS "revision-reason", ` + months + ` AS "months-since-placement"
		FROM system x JOIN done d ON d.patient=x.patient AND d.n=x.removal ` + inSystem + ` WHERE d.year=(SELECT year FROM param)`},
	{"nm-characteristics", "patients", `SELECT 'numerator' AS class, * FROM ` + person},
	{"nm-cost", "cost", cost(`('material','treatment','unspecified')`)},
	{"nm-cost", "cost-material", cost(`('material')`)},
}, questionnaireSeconds...), outcomeSeconds...)
