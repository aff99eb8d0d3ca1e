// The page of the record system. It asks the decision service that "?service=" names for
// advice, shows its cards, carries out the suggestions that the user accepts, and tells
// the service what became of each card.
import {buildCdsRequest, MedplumClient, OperationOutcomeError} from '@medplum/core';
import DOMPurify from 'dompurify';
import {marked} from 'marked';

const service = new URLSearchParams(location.search).get('service');
const medplum = new MedplumClient({
  baseUrl: location.origin, cdsServicesUrl: `${service}/cds-services`,
  extendedMode: false, // Medplum's own headers are not for services of others
  cacheTime: 0,
});
const user = {resourceType: 'Practitioner', id: 'arts'};
const form = document.querySelector('form');
const advice = document.querySelector('#advice');

// element makes an element with properties and children.
function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const {services} = await medplum.getCdsServices();
for (const hook of new Set(services.map((s) => s.hook))) {
  form.hook.append(new Option(hook));
}
for (const patient of await medplum.searchResources('Patient', '_count=100')) {
  form.patient.append(new Option(patient.name?.[0]?.text ?? patient.id, patient.id));
}
document.body.dataset.ready = 'true';

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  delete advice.dataset.done;
  advice.replaceChildren();
  for (const s of services.filter((s) => s.hook === form.hook.value)) {
    await ask(s).catch((error) => advice.append(refusal(error)));
  }
  advice.dataset.done = 'true';
});

// contextOf is the context of the hook; orders that are not signed yet are drafts.
async function contextOf(hook) {
  const context = {userId: `Practitioner/${user.id}`, patientId: form.patient.value};
  if (hook.startsWith('order-s')) {
    const orders = await medplum.searchResources('ServiceRequest', {patient: `Patient/${context.patientId}`});
    context.draftOrders = {resourceType: 'Bundle', type: 'collection', entry: orders.map((o) => ({resource: {...o, status: 'draft'}}))};
    context.selections = hook === 'order-select' ? orders.map((o) => `ServiceRequest/${o.id}`) : undefined;
  }
  return context;
}

async function ask(service) {
  const asked = {...service, prefetch: form.prefetch.checked ? service.prefetch : undefined};
  const request = await buildCdsRequest(medplum, user, asked, await contextOf(service.hook));
  if (form.server.checked) {
    request.fhirServer = `${location.origin}/fhir/R4`;
  }
  const {cards} = await medplum.callCdsService(service.id, request);
  advice.append(...cards.map((card) => cardOf(card, service)));
}

// refusal shows why there is no advice.
function refusal(error) {
  const issues = error instanceof OperationOutcomeError ? error.outcome.issue : [{diagnostics: String(error)}];
  const list = issues.map((issue) => element('li', {textContent: issue.details?.text ?? issue.diagnostics}));
  const alert = element('section', {}, element('h2', {textContent: 'Geen advies te krijgen'}), element('ul', {}, ...list));
  alert.role = 'alert';
  return alert;
}

function cardOf(card, service) {
  const detail = element('div', {className: 'detail', innerHTML: DOMPurify.sanitize(marked.parse(card.detail ?? '', {gfm: true}))});
  const told = element('output');
  const actions = element('div', {className: 'actions'});
  for (const suggestion of card.suggestions ?? []) {
    actions.append(element('button', {type: 'button', textContent: suggestion.label, onclick: () => accept(card, suggestion, service, told)}));
  }
  const reasons = element('select', {ariaLabel: 'Reden'}, new Option('Reden …', ''), ...(card.overrideReasons ?? []).map((r) => new Option(r.display, r.code)));
  actions.append(reasons, element('button', {type: 'button', textContent: 'Niet volgen', onclick: () => override(card, reasons.value, service, told)}), told);
  const links = (card.links ?? []).map((l) => element('a', {href: l.url, textContent: l.label}));
  return element('article', {className: card.indicator}, element('h2', {textContent: card.summary}),
    element('p', {className: 'source', textContent: card.source.label}), detail, ...links, actions);
}

// change carries out one action on the record.
const change = {
  create: (action) => medplum.createResource(action.resource),
  update: (action) => medplum.updateResource(action.resource),
  delete: (action) => medplum.deleteResource(...action.resourceId.split('/')),
};

async function accept(card, suggestion, service, told) {
  for (const action of suggestion.actions ?? []) {
    await change[action.type](action);
  }
  await tell(service, {card: card.uuid, outcome: 'accepted', acceptedSuggestions: [{id: suggestion.uuid}]}, told);
}

async function override(card, code, service, told) {
  const reason = card.overrideReasons.find((r) => r.code === code);
  await tell(service, {card: card.uuid, outcome: 'overridden', ...(reason && {overrideReason: {reason}})}, told);
}

async function tell(of, feedback, told) {
  const item = {...feedback, outcomeTimestamp: new Date().toISOString()};
  await medplum.post(`${service}/cds-services/${of.id}/feedback`, {feedback: [item]}, 'application/json');
  told.value = feedback.outcome === 'accepted' ? 'Overgenomen en gemeld' : 'Niet gevolgd en gemeld';
}
