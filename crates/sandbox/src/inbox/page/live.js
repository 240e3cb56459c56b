// Keeps the store up to date. Fetches everything once, then applies events. Fetches everything again
// after a reset or a reconnect, and the missing entries when events were lost.

import * as api from './api.js';
import * as store from './store.js';

const PAGE = 500;
// The most pages to fetch before the result is drawn.
const MOST_PAGES = 20;
const MOST_WAITING = 2000;
const EVENTS = ['call', 'delivery', 'delivery_state', 'incoming', 'incoming_state', 'webhook', 'clock', 'faults'];

let busy = false;
// What to fetch next: 'all', 'missing' or null.
let wanted = null;
let wasReset = false;
// Events that arrived during a fetch.
let waiting = [];
let pause = 500;

export function start() {
  const source = new EventSource(api.eventsUrl);
  source.onopen = () => {
    pause = 500;
    want('all');
  };
  source.onerror = () => {
    store.setLink('lost');
    // The browser reconnects automatically, unless the answer was not an event stream.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(start, pause);
      pause = Math.min(pause * 2, 8000);
    }
  };
  source.addEventListener('reset', () => {
    wasReset = true;
    want('all');
  });
  source.addEventListener('resync', () => want('missing'));
  for (const name of EVENTS) {
    source.addEventListener(name, (event) => receive(name, JSON.parse(event.data)));
  }
}

function receive(name, data) {
  if (!busy) store.apply(name, data);
  else if (waiting.length < MOST_WAITING) waiting.push([name, data]);
  else want('missing');
}

/** Fetches. A request made in the meantime is fetched afterwards. */
async function want(what) {
  if (wanted !== 'all') wanted = what;
  if (busy) return;
  busy = true;
  try {
    while (wanted) await fetchWanted();
    store.setLink('live');
  } catch {
    store.setLink('lost');
    setTimeout(want, 2000, 'all');
  } finally {
    busy = false;
  }
}

async function fetchWanted() {
  const what = wanted;
  wanted = null;
  waiting = [];
  if (what === 'all') {
    const snapshot = await load();
    // A reset happened in between, so the snapshot is outdated.
    if (wanted === 'all') return;
    store.replace(snapshot, wasReset);
    wasReset = false;
  } else {
    await catchUp();
  }
  for (const [name, data] of waiting) store.apply(name, data);
  waiting = [];
  // Under a storm of calls the page looks in once a second.
  if (wanted === 'missing') await new Promise((done) => { setTimeout(done, 1000); });
}

async function load() {
  const [deliveries, incoming, calls, faults, webhook, clock, operations] = await Promise.all([
    newest('ledger', 'entries', store.KEPT.entries),
    newest('incoming', 'entries', store.KEPT.entries),
    newest('calls', 'calls', store.KEPT.calls),
    api.get('faults'),
    api.get('webhook'),
    api.get('clock'),
    api.get('operations'),
  ]);
  return { entries: merged(deliveries, incoming), calls, faults, webhook, clock, operations };
}

/** The newest deliveries and messages from customers, in their common order. */
function merged(deliveries, incoming) {
  const items = inOrder(deliveries.items, incoming.items);
  const dropped = items.splice(0, Math.max(0, items.length - store.KEPT.entries)).length;
  return { items, forgotten: deliveries.forgotten + incoming.forgotten + dropped };
}

const inOrder = (deliveries, incoming) => [...deliveries, ...incoming.map(store.incoming)].sort((a, b) => a.id - b.id);

/** The newest `keep` entries, and how many older ones are not available. */
async function newest(path, field, keep) {
  let items = [];
  let dropped = 0;
  let forgotten = 0;
  await pages(path, field, 0, Infinity, (page) => {
    items = items.concat(page[field]);
    forgotten = page.forgotten;
    if (items.length > keep) dropped += items.splice(0, items.length - keep).length;
  });
  return { items, forgotten: forgotten + dropped };
}

async function catchUp() {
  const { entries, calls } = store.missingAfter();
  const deliveries = [];
  const incoming = [];
  const [, , , faults, webhook, clock] = await Promise.all([
    pages('ledger', 'entries', entries, MOST_PAGES, (page) => deliveries.push(...page.entries)),
    pages('incoming', 'entries', entries, MOST_PAGES, (page) => incoming.push(...page.entries)),
    pages('calls', 'calls', calls, MOST_PAGES, (page) => page.calls.forEach((call) => store.apply('call', call))),
    api.get('faults'),
    api.get('webhook'),
    api.get('clock'),
  ]);
  for (const entry of inOrder(deliveries, incoming)) store.apply(entry.isIncoming ? 'incoming' : 'delivery', entry);
  store.setFaults(faults);
  store.setWebhook(webhook);
  store.setClock(clock);
}

/** Calls `each` with every page of entries after the id `after`, with at most `most` pages. */
async function pages(path, field, after, most, each) {
  for (let count = 0; count < most; count += 1) {
    const page = await api.get(`${path}?after=${after}&limit=${PAGE}`);
    const got = page[field];
    each(page);
    if (!got.length) return;
    after = got[got.length - 1].id;
  }
  // More entries may exist.
  want('missing');
}

/** Reads the clock again, because the page's own clock drifts and the sandbox's may stand still. */
export async function refreshClock() {
  if (store.state.link !== 'live' || busy) return;
  try {
    store.setClock(await api.get('clock'));
  } catch {
    // The event stream notices when the sandbox is gone.
  }
}
