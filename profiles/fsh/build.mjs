// Compiles the FHIR Shorthand in input/fsh with SUSHI:
//
//   node build.mjs FOLDER             conformance resources to FOLDER, examples to FOLDER/examples
//   node build.mjs --snapshots FOLDER the same with snapshots, for validators that need them
//
// SUSHI's errors, and its warnings but those of unexpected below, end it with status 1.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import YAML from 'yaml'
import { corePackage } from './core.mjs'

const here = import.meta.dirname
const snapshots = process.argv[2] === '--snapshots'
const target = process.argv[snapshots ? 3 : 2]
if (!target) {
  console.error('usage: node build.mjs [--snapshots] FOLDER')
  process.exit(2)
}

// SUSHI wants packages of HL7 that our FSH names nothing from, and cannot fetch them.
const expected = /Failed to load automatically-provided hl7\.(fhir\.uv\.tools\.r4|terminology\.r4|fhir\.uv\.extensions\.r4)#/

const home = join(here, '.home') // so that nobody's own package cache is used or changed
corePackage(home)
const out = mkdtempSync(join(tmpdir(), 'sushi-'))
const sushi = spawnSync(process.execPath, [join(here, 'node_modules/fsh-sushi/dist/app.js'), 'build', ...(snapshots ? ['-s'] : []), '-o', out, here],
  { env: { ...process.env, HOME: home, FORCE_COLOR: '0' }, encoding: 'utf8' })
const log = (sushi.stdout + sushi.stderr).split('\n')

// publish says of a definition what is the same for all of them, as sushi-config.yaml has
// it, and leaves out of the ImplementationGuide what instructs a publishing tool: R4 has no
// codes for it.
const config = YAML.parse(readFileSync(join(here, 'sushi-config.yaml'), 'utf8'))
const [system, code] = config.jurisdiction.split('#')
function publish({ resourceType, id, url, ...rest }) {
  if (url === undefined) return { resourceType, id, ...rest }
  const { version, name, title, status, experimental, date, publisher, description, jurisdiction, ...body } = rest
  if (resourceType === 'ImplementationGuide') {
    delete body.definition.parameter
    delete body.definition.page
  }
  return {
    resourceType, id, url, version: config.version, name, title, status: config.status, experimental: false,
    date: config.date, publisher: config.publisher.name, description,
    jurisdiction: [{ coding: [{ system, code }] }], ...body
  }
}

// A message begins with its level and goes on until the next.
const faults = []
for (let i = 0; i < log.length; i++) {
  if (!/^(warn|error)\b/.test(log[i]) || expected.test(log[i])) continue
  let message = log[i]
  while (i + 1 < log.length && /^\s+\S/.test(log[i + 1])) message += '\n' + log[++i]
  faults.push(message)
}
const produced = join(out, 'fsh-generated/resources')
if (sushi.status !== 0 && faults.length === 0) faults.push(log.join('\n'))
if (faults.length > 0) {
  console.error(faults.join('\n'))
  console.error(`${faults.length} errors and warnings of SUSHI`)
  process.exit(1)
}

rmSync(target, { recursive: true, force: true })
mkdirSync(join(target, 'examples'), { recursive: true })
let count = { definitions: 0, examples: 0 }
for (const name of readdirSync(produced).sort()) {
  const text = readFileSync(join(produced, name), 'utf8')
  const definition = JSON.parse(text).url !== undefined
  count[definition ? 'definitions' : 'examples']++
  writeFileSync(join(target, definition ? '' : 'examples', name), JSON.stringify(publish(JSON.parse(text)), null, 2) + '\n')
}
rmSync(out, { recursive: true })
console.log(`${count.definitions} definitions, ${count.examples} examples`)
