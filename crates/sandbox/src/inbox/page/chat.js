// The messages of the selected conversation.

import { get, post } from './api.js';
import { byId, el, setText, showText, sync } from './dom.js';
import * as format from './format.js';
import * as message from './message.js';
import * as providers from './providers.js';
import * as route from './route.js';
import * as store from './store.js';
import { showTrouble } from './trouble.js';

const STEP = 200;
const MOST = 1000;
const NEAR = 60;

const scroll = byId('chat-scroll');
const list = byId('messages');
const newer = byId('chat-newer');
let key = null;
// The index of the first message that is shown, and the id of the newest one that the user has seen.
let first = 0;
let seen = 0;
let unseen = 0;
// Whether the list is scrolled to its end, and should stay there when messages arrive.
let stuck = true;

export function start(openCall) {
  scroll.addEventListener('scroll', () => {
    stuck = scroll.scrollTop + scroll.clientHeight >= scroll.scrollHeight - NEAR;
    if (stuck && unseen) store.changed();
  }, { passive: true });
  // The height also changes when an image loads or the window is resized.
  new ResizeObserver(() => stuck && toEnd()).observe(list);
  newer.addEventListener('click', () => {
    toEnd();
    lastButton()?.focus();
  });
  byId('chat-earlier').addEventListener('click', earlier);
  list.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (button?.dataset.call) openCall(Number(button.dataset.call));
    else if (button?.dataset.skip) skipTo(Number(button.dataset.skip));
  });
  list.addEventListener('keydown', move);
  list.addEventListener('focusin', (event) => {
    if (event.target.dataset.call) rove(event.target);
  });
}

export function draw() {
  const conversation = store.state.conversations.get(route.current().chat);
  byId('chat').hidden = !conversation;
  if (!conversation) {
    key = null;
    list.replaceChildren();
    return;
  }
  const { messages } = conversation;
  if (conversation.key !== key) {
    key = conversation.key;
    list.replaceChildren();
    stuck = true;
  }
  if (stuck) seen = conversation.last.id;
  unseen = messages.length - 1 - messages.findLastIndex(({ id }) => id <= seen);
  first = firstShown(messages);
  drawHead(conversation);
  sync(list, withDays(messages.slice(first)), {
    key: (item) => item.key,
    create: (item) => (item.day ? el('li', { className: 'day', textContent: item.day }) : message.create(item)),
    update: (row, item) => item.delivery && message.update(row, item),
  });
  byId('chat-earlier').hidden = first === 0;
  showText(newer, unseen ? `↓ ${format.plural(unseen, 'new message')}` : '');
  if (stuck) toEnd();
  // Tab goes to the newest message, unless another one has the focus.
  const isInside = list.contains(document.activeElement);
  if ((stuck && !isInside) || !list.querySelector('.call[tabindex="0"]')) rove(lastButton());
}

/** Focuses the button of the message that was used last, or of the newest one. */
export function focusMessages() {
  (list.querySelector('.call[tabindex="0"]') ?? byId('chat-title')).focus();
}

/** Brings a message into view and marks it for a moment. */
export function reveal(delivery) {
  const { messages = [] } = store.state.conversations.get(route.current().chat) ?? {};
  const at = messages.findIndex(({ id }) => id === delivery);
  if (at < 0) return;
  stuck = false;
  first = Math.min(first, at);
  draw();
  const row = byId(`message-${delivery}`);
  if (!row) return;
  row.scrollIntoView({ block: 'center' });
  row.classList.add('found');
  setTimeout(() => row.classList.remove('found'), 2000);
  row.querySelector('.call')?.focus();
}

function drawHead({ name, to, account, provider, messages }) {
  setText(byId('chat-title'), name ?? to);
  setText(byId('chat-subtitle'), [name ? to : '', `account ${account}`, format.plural(messages.length, 'entry', 'entries')].filter(Boolean).join(' · '));
  const badge = byId('chat-provider');
  setText(badge, providers.name(provider));
  Object.assign(badge.dataset, providers.data(provider));
  showText(byId('chat-forgotten'), store.state.forgotten.entries ? 'Older messages may no longer be kept.' : '');
}

/** Keeps the rows that the user scrolled up to. At the end of the list, the oldest rows are removed. */
function firstShown(messages) {
  const least = Math.max(0, messages.length - MOST);
  if (!stuck && list.children.length) {
    const top = list.querySelector('.message');
    const at = top ? messages.findIndex(({ id }) => `message-${id}` === top.id) : 0;
    return Math.max(least, Math.min(first, Math.max(at, 0)));
  }
  const focused = document.activeElement?.closest?.('.message');
  const kept = focused ? messages.findIndex(({ id }) => `message-${id}` === focused.id) : -1;
  const start = Math.max(0, messages.length - STEP);
  return kept < 0 ? start : Math.max(least, Math.min(start, kept));
}

function withDays(messages) {
  const items = [];
  let day = '';
  for (const delivery of messages) {
    const today = format.day(delivery.at);
    if (today !== day) {
      day = today;
      items.push({ key: `day ${day}`, day });
    }
    items.push({ key: delivery.id, delivery, call: store.state.calls.get(delivery.call) });
  }
  return items;
}

function earlier() {
  const top = list.querySelector('.message');
  const was = top.getBoundingClientRect().top;
  stuck = false;
  first = Math.max(0, first - STEP);
  draw();
  // The messages in view stay at their position, also when the button disappears.
  scroll.scrollTop += top.getBoundingClientRect().top - was;
  if (first === 0) (top.querySelector('.call') ?? byId('chat-title')).focus({ preventScroll: true });
}

function toEnd() {
  scroll.scrollTop = scroll.scrollHeight;
}

async function skipTo(delivery) {
  const due = Date.parse(store.state.entries.get(delivery)?.due);
  try {
    // The page's own clock lags by the time that an answer takes, so read the sandbox's.
    const wait = due - Date.parse((await get('clock')).now);
    if (wait > 0) store.setClock(await post('clock', { advance_ms: wait + 1 }));
  } catch (error) {
    showTrouble(error);
  }
}

const buttons = () => [...list.querySelectorAll('.call')];
const lastButton = () => buttons().at(-1);

/** One message can be reached with Tab, the others from there with the arrow keys. */
function rove(button) {
  for (const other of list.querySelectorAll('.call[tabindex="0"]')) other.tabIndex = -1;
  if (button) button.tabIndex = 0;
}

function move(event) {
  if (!event.target.dataset.call || event.altKey || event.ctrlKey || event.metaKey) return;
  const all = buttons();
  const at = all.indexOf(event.target);
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const button = all[Math.min(Math.max(to, 0), all.length - 1)];
  button.focus();
  button.closest('.message').scrollIntoView({ block: 'nearest' });
}
