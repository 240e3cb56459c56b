// The list of conversations, grouped by provider, newest first.

import { byId, el, setText, showText, sync } from './dom.js';
import * as format from './format.js';
import { listbox } from './listbox.js';
import { preview } from './message.js';
import * as providers from './providers.js';
import * as route from './route.js';
import * as store from './store.js';

const SHOWN = 100;

const list = byId('chats');
const filter = byId('chats-filter');
let mark;

export function start(enter) {
  mark = listbox(list, { select: (key) => route.go({ view: 'chats', chat: key, call: null }, true), enter });
  filter.addEventListener('input', store.changed);
}

export function draw() {
  const words = filter.value.trim().toLowerCase();
  const all = [...store.state.conversations.values()];
  const found = words ? all.filter((conversation) => store.conversationMatches(conversation, words)) : all;
  found.sort((a, b) => b.last.id - a.last.id);
  const groups = new Map(providers.all().map(({ provider }) => [provider, []]));
  for (const conversation of found) {
    if (!groups.has(conversation.provider)) groups.set(conversation.provider, []);
    groups.get(conversation.provider).push(conversation);
  }
  const filled = [...groups].filter(([, conversations]) => conversations.length);
  sync(list, filled, { key: ([slug]) => slug, create: group, update: updateGroup });
  mark(route.current().chat);

  showText(byId('chats-hint'), hint(all.length, found.length, filled));
  const { forgotten } = store.state;
  showText(byId('chats-forgotten'), forgotten.entries
    ? `${format.plural(forgotten.entries, 'older message')} ${forgotten.entries === 1 ? 'is' : 'are'} no longer kept.`
    : '');
  const unread = all.reduce((sum, conversation) => sum + conversation.unread, 0);
  showText(byId('chats-count'), unread ? format.number(unread) : '');
  document.title = unread ? `(${unread}) Sandbox inbox` : 'Sandbox inbox';
}

function hint(all, found, filled) {
  if (!store.state.loaded) return 'Loading…';
  if (!all) return 'No messages yet.';
  if (!found) return 'No matching conversation.';
  const hidden = filled.reduce((sum, [, conversations]) => sum + Math.max(0, conversations.length - SHOWN), 0);
  return hidden ? `${format.plural(hidden, 'more conversation')} not shown. Use the filter to find them.` : '';
}

function group([slug]) {
  const title = el('h3', { id: `provider-${slug}`, data: providers.data(slug) }, providers.name(slug), el('span', { className: 'facts' }));
  return el('div', { role: 'group', 'aria-labelledby': title.id }, title, el('div'));
}

function updateGroup(node, [, conversations]) {
  setText(node.querySelector('.facts'), format.number(conversations.length));
  sync(node.lastElementChild, conversations.slice(0, SHOWN), { key: ({ key }) => key, create, update });
}

let rows = 0;

function create(conversation) {
  rows += 1;
  return el('div', { role: 'option', id: `conversation-${rows}`, className: 'row conversation', data: providers.data(conversation.provider) },
    el('span', { className: 'avatar', 'aria-hidden': 'true' }),
    el('span', { className: 'who', dir: 'auto' }),
    el('time', {}),
    el('span', { className: 'last', dir: 'auto' }),
    el('span', { className: 'unread' }));
}

function update(row, conversation) {
  const { last, name, to, unread } = conversation;
  const selected = route.current().chat === conversation.key;
  const today = new Date(store.now()).toDateString();
  const marks = [last.id, last.state, name, to, unread, selected, today].join('\n');
  if (row.dataset.mark === marks) return;
  row.dataset.mark = marks;
  row.setAttribute('aria-selected', selected);
  const [avatar, who, time, text, count] = row.children;
  setText(avatar, format.initials(name ?? ''));
  setText(who, name ?? to);
  setText(time, format.timeOrDay(last.at, store.now()));
  time.title = last.at;
  setText(text, preview(last));
  text.classList.toggle('waits', last.state === 'scheduled');
  count.replaceChildren(...(unread ? [format.number(unread), el('span', { className: 'visually-hidden', textContent: ' unread' })] : []));
}
