// A player in a real browser page gets ads from the gateway, plays them and fires their trackers; what came of it is read from the topics.
//
//   node browser.mjs CHROMIUM GATEWAY_URL BROKERS REGISTRY_URL [SCREENSHOT.png]
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { Topics, until } from './topics.mjs';

const [, , browserPath, gateway, brokers, registry, screenshot] = process.argv;
const here = new URL('.', import.meta.url);
const COST_NANOS = 12_340_000;
const USER = `viewer-${process.pid}`;
const EVENTS = ['start', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete', 'click'];

const PAGES = {
  '/': ['text/html', 'page.html'],
  '/page.mjs': ['text/javascript', 'page.mjs'],
  '/vast-client.js': ['text/javascript', 'node_modules/@dailymotion/vast-client/dist/vast-client.min.js'],
};

/** The publisher's site: another origin than the gateway's. */
async function site() {
  const server = createServer((request, response) => {
    const page = PAGES[request.url];
    if (!page) return response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': page[0] }).end(readFileSync(new URL(page[1], here)));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

const server = await site();
const topics = new Topics({ brokers, registry });
const browser = await chromium.launch({
  executablePath: browserPath,
  headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
try {
  const seen = await topics.follow('ad-requests', 'ad-replies', 'served-ads', 'ad-events', 'impressions', 'budget-ledger');
  const page = await browser.newPage();
  const calls = [];
  const broken = [];
  page.on('response', (response) => calls.push({ url: response.url(), status: response.status() }));
  page.on('requestfailed', (request) => broken.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on('pageerror', (error) => broken.push(String(error)));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction(() => window.ready);
  const tag = `${gateway}/vast?placement=outside&user=${USER}&deadline=10000&cb=[CACHEBUSTING]`;

  const watched = [];
  for (let i = 0; i < 3; i++) watched.push(await page.evaluate((url) => window.watch(url), tag));
  if (screenshot) await page.screenshot({ path: screenshot });

  // Two ads, and no third: the cap.
  assert.ok(watched[0] && watched[1], `two ads are shown: ${JSON.stringify(watched)}`);
  assert.equal(watched[2], null, 'a third one is not');

  const asked = await until('three requests', () => {
    const found = seen['ad-requests'].filter(({ value }) => value.user?.id === USER);
    return found.length === 3 && found.map(({ value }) => value);
  });
  const answers = await until('three answers', () => {
    const found = asked.map(({ id }) => seen['ad-replies'].find(({ value }) => value.requestId === id)?.value);
    return found.every(Boolean) && found;
  });
  assert.deepEqual(answers.map(({ slots }) => slots[0].outcome), ['FILLED', 'FILLED', 'NO_FILL']);
  assert.equal(answers[2].slots[0].reason, 'CAPPED');
  const tokens = answers.slice(0, 2).map(({ slots }) => slots[0].ads[0].token);
  assert.equal(asked[0].site.page, `http://127.0.0.1:${server.address().port}/`);

  // Every step of each ad arrives as an event.
  for (const token of tokens) {
    const mine = () => seen['ad-events'].filter(({ value }) => value.token === token).map(({ value }) => value.metadata.event ?? 'impression');
    await until(`the events of ${token}`, () => ['impression', ...EVENTS].every((event) => mine().includes(event)));
    assert.equal(mine().filter((event) => event === 'impression').length, 1);
  }

  // Each was shown and billed once, and the ledger has the money.
  const shown = await until('two impressions', () => {
    const found = seen.impressions.filter(({ value }) => value.userKey === USER);
    return found.length === 2 && found.map(({ value }) => value);
  });
  assert.deepEqual(shown.map(({ verdict }) => verdict), ['BILLED', 'BILLED']);
  assert.deepEqual(shown.map(({ costNanos }) => Number(costNanos)), [COST_NANOS, COST_NANOS]);
  assert.deepEqual(shown.map(({ id }) => id).sort(), seen['served-ads'].filter(({ value }) => value.userKey === USER).map(({ value }) => value.id).sort());
  await until('the spend in the ledger', () => seen['budget-ledger'].some(
    ({ value }) => value.campaign === 'outside' && Number(value.total.spentNanos) === 2 * COST_NANOS));

  // Trackers of the upstream and ours were called by the browser, none in vain.
  for (const event of ['impression', 'start', 'complete']) {
    assert.ok(calls.some(({ url }) => url.includes(`/track/outside/${event}`)), `the upstream's ${event} is called`);
  }
  assert.deepEqual(calls.filter(({ status }) => status >= 400 && status !== 404), []);
  assert.deepEqual(broken, []);
  console.log(`browser: 2 ads played in Chromium ${browser.version()} and a third refused by the cap; `
    + `${seen['ad-events'].length} events, 2 impressions and ${2 * COST_NANOS} nanos spent are on the topics`);
} finally {
  await browser.close();
  await topics.close();
  server.close();
}
