// The data of the page. Every change schedules a drawing.

import * as providers from './providers.js';

// Limits, because the page may stay open for a long time.
const KEPT_ENTRIES = 5000;
const KEPT_CALLS = 2000;
const SEARCHED = 2000;

export const KEPT = { entries: KEPT_ENTRIES, calls: KEPT_CALLS };

export const state = {
  /** 'connecting', 'live' or 'lost' */
  link: 'connecting',
  loaded: false,
  /** Rises when earlier ids become invalid: after a reset, or when another sandbox answers. */
  epoch: 0,
  /** Deliveries, and messages from customers (`isIncoming`), by id. They share one sequence of ids. */
  entries: new Map(),
  conversations: new Map(),
  calls: new Map(),
  faults: [],
  /** The URL to which ChatGuru posts messages from customers, masked, or null. */
  webhook: null,
  /** How many entries arrived while the page was open. */
  news: 0,
  clock: { now: Date.now(), readAt: performance.now(), running: true, advanced: 0 },
  /** How many older entries are no longer available. */
  forgotten: { entries: 0, calls: 0 },
};

let lastEntry = 0;
let isRead = () => false;
const listeners = [];
let planned = false;

/** Calls `listener` after changes, at most once a frame. */
export function onChange(listener) {
  listeners.push(listener);
}

/** Sets the function that decides whether the user is reading a conversation. */
export function readingIs(predicate) {
  isRead = predicate;
}

export function changed() {
  if (planned) return;
  planned = true;
  const draw = () => {
    planned = false;
    for (const listener of listeners) listener();
  };
  // A hidden page gets no frames, but its title shows the number of unread messages.
  if (document.hidden) setTimeout(draw, 300);
  else requestAnimationFrame(draw);
}

/** The time on the sandbox's clock, in milliseconds since the epoch. */
export function now() {
  const { now: read, readAt, running } = state.clock;
  return running ? read + (performance.now() - readAt) : read;
}

export function setLink(link) {
  state.link = link;
  changed();
}

/** Replaces all data. After a reset, nothing counts as read. */
export function replace(snapshot, afterReset) {
  const unread = new Map();
  for (const [key, conversation] of state.conversations) unread.set(key, conversation.unread);
  const isNew = afterReset || isAnother(state.entries, snapshot.entries.items) || isAnother(state.calls, snapshot.calls.items);
  const seen = !state.loaded ? Infinity : isNew ? 0 : lastEntry;
  if (isNew) state.epoch += 1;
  state.entries.clear();
  state.conversations.clear();
  state.calls.clear();
  lastEntry = 0;
  state.forgotten.entries = snapshot.entries.forgotten;
  state.forgotten.calls = snapshot.calls.forgotten;
  for (const call of snapshot.calls.items) addCall(call);
  for (const entry of snapshot.entries.items) addEntry(entry, entry.id > seen);
  if (!isNew) {
    for (const [key, count] of unread) {
      const conversation = state.conversations.get(key);
      if (conversation) conversation.unread = Math.min(conversation.unread + count, conversation.messages.length);
    }
  }
  providers.set(snapshot.operations);
  setFaults(snapshot.faults);
  setWebhook(snapshot.webhook);
  setClock(snapshot.clock);
  state.loaded = true;
  changed();
}

/** Whether these entries are of another sandbox than the known ones. */
function isAnother(known, items) {
  const last = [...known.values()].at(-1);
  if (!last) return false;
  const same = items.find(({ id }) => id === last.id);
  return same ? same.at !== last.at : (items.at(-1)?.id ?? 0) < last.id;
}

/** The last entry and the last call that the page knows for sure. */
export function missingAfter() {
  // A scheduled message may have been sent in the meantime, and a message from a customer posted.
  const waits = [...state.entries.values()].find((entry) => entry.state === 'scheduled' || entry.post_state === 'waiting');
  return { entries: waits ? waits.id - 1 : lastEntry, calls: [...state.calls.keys()].at(-1) ?? 0 };
}

/** Applies one event. */
export function apply(name, data) {
  if (name === 'call') addCall(data);
  else if (name === 'delivery' || name === 'delivery_state') addEntry(data, name === 'delivery');
  else if (name === 'incoming' || name === 'incoming_state') addEntry(incoming(data), name === 'incoming');
  else if (name === 'webhook') setWebhook(data);
  else if (name === 'clock') setClock(data);
  else if (name === 'faults') setFaults(data);
  changed();
}

export function setFaults(answer) {
  state.faults = Array.isArray(answer?.faults) ? answer.faults : [];
  changed();
}

export function setWebhook(answer) {
  state.webhook = answer?.url ?? null;
  changed();
}

/** Returns a message from a customer as an entry of its conversation. */
export function incoming(message) {
  return { ...message, isIncoming: true, to: message.from };
}

export function setClock(answer) {
  const read = Date.parse(answer?.now);
  if (Number.isNaN(read)) return;
  const { clock } = state;
  // A program can stop the clock. A stopped clock shows the same time twice, unless it was advanced.
  const advanced = Number(answer.advanced_ms) || 0;
  if (advanced === clock.advanced && performance.now() - clock.readAt > 500) clock.running = read !== clock.now;
  Object.assign(clock, { now: read, readAt: performance.now(), advanced });
  changed();
}

export function markRead(key) {
  const conversation = state.conversations.get(key);
  if (conversation && conversation.unread) {
    conversation.unread = 0;
    changed();
  }
}

function addEntry(entry, isNews) {
  const known = state.entries.get(entry.id);
  if (known) {
    Object.assign(known, entry);
    return;
  }
  // A change of an entry that is no longer kept.
  if (entry.id <= lastEntry) return;
  lastEntry = entry.id;
  state.entries.set(entry.id, entry);
  const key = entry.conversation;
  let conversation = state.conversations.get(key);
  if (!conversation) {
    conversation = { key, provider: entry.provider, account: entry.account, messages: [], unread: 0 };
    state.conversations.set(key, conversation);
  }
  conversation.to = entry.to ?? conversation.to;
  conversation.name = entry.name ?? conversation.name;
  conversation.messages.push(entry);
  conversation.last = entry;
  if (isNews) state.news += 1;
  if (isNews && !isRead(key)) conversation.unread += 1;
  if (state.entries.size > KEPT_ENTRIES) dropOldestEntry();
}

function dropOldestEntry() {
  const [id, entry] = state.entries.entries().next().value;
  state.entries.delete(id);
  state.forgotten.entries += 1;
  const conversation = state.conversations.get(entry.conversation);
  conversation.messages.shift();
  conversation.unread = Math.min(conversation.unread, conversation.messages.length);
  if (!conversation.messages.length) state.conversations.delete(conversation.key);
}

function addCall(call) {
  // Without bodies: the panel fetches them.
  state.calls.set(call.id, summary(call));
  if (state.calls.size > KEPT_CALLS) {
    state.calls.delete(state.calls.keys().next().value);
    state.forgotten.calls += 1;
  }
}

function summary(call) {
  const { request = {}, answer = {} } = call;
  const short = {
    id: call.id,
    at: call.at,
    provider: call.provider,
    operation: call.operation,
    method: request.method ?? '',
    target: request.target ?? '',
    status: answer.status,
    sent: answer.sent ?? 'whole',
    success: call.success === true,
    verdict: verdict(answer.body),
    deliveries: call.deliveries ?? [],
    fault: call.fault ?? null,
    duration: call.duration_ms,
  };
  const words = [short.provider, short.operation, short.method, short.target, short.status, short.verdict];
  short.search = words.join(' ').slice(0, SEARCHED).toLowerCase();
  return short;
}

/** The reason that an answer gives: `remark` of the ExternalApi, `description` of ChatGuru. */
export function verdict(body) {
  if (body === null || typeof body !== 'object') return '';
  const texts = [body.remark, body.description, body.dialog_execution_return, body.message, body.status];
  const text = texts.find((value) => typeof value === 'string' && value) ?? '';
  return text.slice(0, 200);
}

/** Whether a conversation or one of its messages contains the words. */
export function conversationMatches(conversation, words) {
  const { name, to, account, provider } = conversation;
  if (`${name ?? ''} ${to} ${account} ${provider}`.toLowerCase().includes(words)) return true;
  return conversation.messages.some((entry) => searchText(entry).includes(words));
}

function searchText(entry) {
  entry.search ??= [entry.text, entry.file?.name, entry.url, entry.template?.name, entry.kind]
    .filter(Boolean).join(' ').slice(0, SEARCHED).toLowerCase();
  return entry.search;
}
