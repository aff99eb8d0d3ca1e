// Judges the patients of an NDJSON file, one {"id","asOf","bundle"} per line, by
// oracle.cql; writes {"id","standpunt","verdict","flags","indications":[{"indication",
// "verdict","criteria"}]} per line.
import { createReadStream, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { CqlTranslator, LibraryManager, ModelManager, createModelInfoProvider, createUcumService, stringAsSource } from "@cqframework/cql/cql-to-elm";
import cql from "cql-execution";
import cqlfhir from "cql-exec-fhir";

const require = createRequire(import.meta.url);
const here = (name) => readFileSync(new URL(name, import.meta.url), "utf8");

// oracle.cql has no units but calendar years and months, which need no conversion.
const noConversion = () => { throw new Error("oracle.cql converts no units"); };
const calendarUnits = createUcumService(noConversion, () => null, noConversion, noConversion);

/** Translates oracle.cql to ELM; the model infos are registered by hand, for the translator brings none. */
function translate() {
  const fhirExec = require.resolve("cql-exec-fhir").replace(/index\.js$/, "");
  const models = {
    System: here("system-modelinfo.xml"),
    FHIR: readFileSync(`${fhirExec}modelInfos/fhir-modelinfo-4.0.1.xml`, "utf8"),
  };
  const manager = new ModelManager();
  manager.modelInfoLoader.registerModelInfoProvider(
    createModelInfoProvider((id) => (models[id] ? stringAsSource(models[id]) : null)));
  const translator = CqlTranslator.fromText(here("oracle.cql"), new LibraryManager(manager, undefined, undefined, calendarUnits));
  const errors = translator.errors.asJsReadonlyArrayView();
  if (errors.length > 0) {
    throw new Error("oracle.cql: " + errors.map((e) => Object.values(e.locator ?? {}).filter(Number.isInteger).join(":") + " " + e.message).join("\n"));
  }
  return JSON.parse(translator.toJson());
}

const library = new cql.Library(translate());

async function judge({ id, asOf, bundle }) {
  const source = cqlfhir.PatientSource.FHIRv401();
  source.loadBundles([bundle]);
  const executor = new cql.Executor(library, null, { AsOf: cql.DateTime.parse(asOf).getDate() });
  const results = await executor.exec_expression("Judgement", source);
  const [{ Judgement: { standpunt, verdict, flags, indications } }] = Object.values(results.patientResults);
  return {
    id, standpunt, verdict, flags,
    indications: indications.map(({ indication, verdict, criteria }) => ({
      indication, verdict, criteria: Object.fromEntries(criteria.map((c) => [c.id, c.outcome])),
    })),
  };
}

const [file] = process.argv.slice(2);
if (!file) {
  console.error("usage: node run.mjs patients.ndjson");
  process.exit(2);
}
for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
  if (line.trim()) process.stdout.write(JSON.stringify(await judge(JSON.parse(line))) + "\n");
}
