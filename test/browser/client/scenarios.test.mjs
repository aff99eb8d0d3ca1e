// What a user sees in a browser. The record system is at RECORD_SYSTEM, Pijnpoort at
// PIJNPOORT; screenshots go to SCREENSHOTS.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {fileURLToPath} from 'node:url';
import {chromium} from 'playwright-core';

const {RECORD_SYSTEM, PIJNPOORT, SCREENSHOTS, CHROMIUM = '/usr/bin/chromium'} = process.env;
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

let contexts;
before(async () => {
  const launch = (locale) => chromium.launchPersistentContext(mkdtempSync(`${tmpdir()}/pijnpoort-browser-`),
    {executablePath: CHROMIUM, args: flags, locale, viewport: {width: 1280, height: 1000}});
  contexts = {nl: await launch('nl-NL'), en: await launch('en-GB')};
});
after(async () => {
  await Promise.all(Object.values(contexts ?? {}).map((c) => c.close()));
});

// asking opens the record system, asks for advice and gives the page with the answer.
async function asking(t, {patient, hook = 'patient-view', prefetch = true, server = true, language = 'nl'}) {
  const page = await contexts[language].newPage();
  page.setDefaultTimeout(20_000);
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const failed = new Promise((_, reject) => page.once('pageerror', reject));
  failed.catch(() => {}); // it counts while the page loads; errors has it too
  t.after(async () => {
    await page.screenshot({path: `${SCREENSHOTS}/${t.name.replaceAll(/\W+/g, '-')}.png`, fullPage: true});
    await page.close();
    assert.deepEqual(errors, [], 'errors on the page');
  });
  await page.goto(`${RECORD_SYSTEM}/?service=${encodeURIComponent(PIJNPOORT)}`);
  await Promise.race([page.locator('body[data-ready]').waitFor(), failed]);
  await page.selectOption('[name=patient]', patient);
  await page.selectOption('[name=hook]', hook);
  await page.setChecked('[name=prefetch]', prefetch);
  await page.setChecked('[name=server]', server);
  await page.getByRole('button', {name: 'Advies vragen'}).click();
  await page.locator('#advice[data-done]').waitFor();
  return page;
}

const calls = async () => (await fetch(`${RECORD_SYSTEM}/calls`)).json();

// shown is the text of the only card.
async function shown(page) {
  assert.equal(await page.locator('[role=alert]').allInnerTexts().then((a) => a.join()), '');
  assert.equal(await page.locator('article').count(), 1);
  return page.locator('article').innerText();
}

test('a chart is opened and its data are sent along', async (t) => {
  const before = (await calls()).length;
  const page = await asking(t, {patient: 'fbss-onvolledig'});
  const text = await shown(page);
  assert.match(text, /^Nog niet te beoordelen voor SCS bij FBSS: \d+ gegevens nodig/);
  assert.match(text, /Nodig om te oordelen/);
  assert.deepEqual(await page.locator('article th').allInnerTexts(), ['Uitkomst', 'Criterium', 'Vindplaats', 'Gegevens']);
  assert.equal(await page.locator('article.info').count(), 1);
  assert.equal((await calls()).length, before, 'nothing was fetched');
});

test('a chart is opened and the service fetches the data itself', async (t) => {
  const before = (await calls()).length;
  const page = await asking(t, {patient: 'fbss-onvolledig', prefetch: false});
  assert.match(await shown(page), /^Nog niet te beoordelen voor SCS bij FBSS: \d+ gegevens nodig/);
  const fetched = (await calls()).slice(before);
  assert.ok(fetched.includes('GET Patient/fbss-onvolledig') && fetched.includes('GET Condition'), fetched.join());
});

test('sent or fetched, the advice on a long record is the same', async (t) => {
  const before = (await calls()).length;
  const sent = await shown(await asking(t, {patient: 'fbss-proef-geslaagd'}));
  const followed = (await calls()).slice(before);
  assert.ok(followed.every((call) => call === 'GET Observation') && followed.length > 0, `pages after the first: ${followed}`);
  const fetched = await shown(await asking(t, {patient: 'fbss-proef-geslaagd', prefetch: false}));
  assert.equal(fetched, sent);
});

test('an order with a contra-indication warns before it is signed', async (t) => {
  const page = await asking(t, {patient: 'phn-niet-vergoed', hook: 'order-sign'});
  assert.match(await shown(page), /^Geen vergoede zorg \(SCS bij postherpetische neuralgie\)/);
  assert.equal(await page.locator('article.warning').count(), 1);
});

test('an order that raises a relative contra-indication asks to weigh it', async (t) => {
  const page = await asking(t, {patient: 'dunnevezel-hoge-bmi', hook: 'order-select'});
  const text = await shown(page);
  assert.match(text, /BMI van 35 of hoger: Leg de afweging van het team/);
});

test('a suggestion that is accepted is carried out and told', async (t) => {
  const page = await asking(t, {patient: 'fbss-onvolledig'});
  await page.getByRole('button', {name: 'Intakegegevens neuromodulatie laten aanvullen'}).click();
  await page.getByText('Overgenomen en gemeld').waitFor();
  const tasks = await (await fetch(`${RECORD_SYSTEM}/fhir/R4/Task?patient=Patient/fbss-onvolledig`)).json();
  assert.equal(tasks.total, 1);
  assert.equal(tasks.entry[0].resource.description, 'Intakegegevens neuromodulatie laten aanvullen');
});

test('advice that is not followed is told with its reason', async (t) => {
  const page = await asking(t, {patient: 'pdn-verwijzing-psychiater'});
  await page.getByLabel('Reden').selectOption({label: 'Is al geregeld'});
  await page.getByRole('button', {name: 'Niet volgen'}).click();
  await page.getByText('Niet gevolgd en gemeld').waitFor();
});

test('without data, and no way to fetch them, it is said which are needed', async (t) => {
  const page = await asking(t, {patient: 'fbss-onvolledig', prefetch: false, server: false});
  const alerts = await page.locator('[role=alert]').allInnerTexts();
  assert.equal(alerts.length, 2, 'one of each service');
  for (const text of alerts) {
    assert.match(text, /prefetch\.patient was not sent and cannot be fetched/);
    assert.match(text, /prefetch\.conditions was not sent/);
  }
  assert.equal(await page.locator('article').count(), 0);
});

test('a browser that prefers English gets English', async (t) => {
  const text = await shown(await asking(t, {patient: 'fbss-onvolledig', language: 'en'}));
  assert.match(text, /Needed to judge/);
  assert.match(text, /Life expectancy/);
});

// judging opens the workbench, gives it an example patient and goes to the answer, by
// keyboard alone.
async function judging(t, {patient, width = 1280, colorScheme = 'light'}) {
  const page = await contexts.nl.newPage();
  page.setDefaultTimeout(20_000);
  t.after(async () => {
    await page.screenshot({path: `${SCREENSHOTS}/${t.name.replaceAll(/\W+/g, '-')}.png`, fullPage: true});
    await page.close();
  });
  await page.setViewportSize({width, height: 800});
  await page.emulateMedia({colorScheme});
  await page.goto(PIJNPOORT);
  await page.locator('#file').setInputFiles(fileURLToPath(new URL(`../../patients/${patient}.json`, import.meta.url)));
  await page.locator('#asOf').fill('2025-06-16');
  await page.locator('#standpunt').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('article h1').waitFor();
  return page;
}

test('the workbench can be read in a narrow window', async (t) => {
  const page = await judging(t, {patient: 'fbss-onvolledig', width: 320});
  assert.match(await page.locator('article h1').innerText(), /^Nog niet te beoordelen voor SCS bij FBSS/);
  await page.locator('details').evaluateAll((all) => all.forEach((d) => { d.open = true; }));
  const {beyond, narrowest} = await page.evaluate(() => ({
    beyond: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    narrowest: Math.min(...[...document.querySelectorAll('.criteria td:not(.mark), .fates td')]
      .filter((cell) => cell.innerText.trim() !== '').map((cell) => cell.getBoundingClientRect().width)),
  }));
  assert.equal(beyond, 0, 'pixels beyond the window');
  assert.ok(narrowest > 180, `a cell with text is ${narrowest} pixels wide`);
});

test('the workbench goes dark with the system, and stays legible', async (t) => {
  const page = await judging(t, {patient: 'fbss-onvolledig', colorScheme: 'dark'});
  const contrasts = await page.evaluate(() => {
    const channels = (color) => color.match(/[\d.]+/g).slice(0, 3).map((c) => c / 255)
      .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const luminance = (color) => channels(color).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const paper = luminance(getComputedStyle(document.querySelector('article')).backgroundColor);
    return paper > 0.05 ? [0] : [...document.querySelectorAll('article *')].filter((e) => e.innerText?.trim())
      .map((e) => luminance(getComputedStyle(e).color)).map((ink) => (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05));
  });
  assert.ok(Math.min(...contrasts) >= 4.5, `a text has a contrast of ${Math.min(...contrasts)} (WCAG 2.2, 1.4.3)`);
});
