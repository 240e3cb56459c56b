// The list of calls: every request that reached a provider, whether or not it delivered something.

import { byId, el, setText, showText, sync } from './dom.js';
import * as format from './format.js';
import { listbox } from './listbox.js';
import { answerOf } from './message.js';
import * as providers from './providers.js';
import * as route from './route.js';
import * as store from './store.js';

const STEP = 200;

const list = byId('calls');
const filter = byId('calls-filter');
let which = 'all';
let shown = STEP;
let mark;

const CHOICES = {
  all: () => true,
  failed: (call) => !call.success,
  nothing: (call) => !call.deliveries.length,
};

export function start(enter) {
  mark = listbox(list, { select: (key) => route.go({ view: 'calls', call: key, panel: null }, true), enter });
  filter.addEventListener('input', store.changed);
  for (const button of document.querySelectorAll('[data-which]')) {
    button.addEventListener('click', () => {
      which = button.dataset.which;
      for (const other of document.querySelectorAll('[data-which]')) other.setAttribute('aria-pressed', other === button);
      shown = STEP;
      store.changed();
    });
  }
  byId('calls-earlier').addEventListener('click', () => {
    shown += STEP;
    store.changed();
  });
}

export function drawCount() {
  const failed = [...store.state.calls.values()].filter(CHOICES.failed).length;
  const count = byId('calls-count');
  showText(count, failed ? format.number(failed) : '');
  count.title = failed ? `${format.plural(failed, 'call')} failed` : '';
}

export function draw() {
  const words = filter.value.trim().toLowerCase();
  const all = [...store.state.calls.values()];
  const found = all.filter((call) => CHOICES[which](call) && (!words || call.search.includes(words)));
  const newest = found.slice(-shown).reverse();
  sync(list, newest, { key: ({ id }) => id, create, update });
  mark(route.current().call);
  byId('calls-earlier').hidden = found.length <= shown;
  showText(byId('calls-hint'), found.length ? '' : hint(all.length));
  const { calls } = store.state.forgotten;
  showText(byId('calls-forgotten'), calls ? `${format.plural(calls, 'older call')} ${calls === 1 ? 'is' : 'are'} no longer kept.` : '');
}

function hint(all) {
  if (!store.state.loaded) return 'Loading…';
  return all ? 'No matching call.' : 'No calls yet.';
}

function create(call) {
  return el('div', { role: 'option', id: `call-${call.id}`, className: 'row call-row', data: providers.data(call.provider) },
    el('span', { className: 'number', textContent: `#${call.id}` }),
    el('time', { dateTime: call.at, title: call.at, textContent: format.seconds(call.at) }),
    el('span', { className: 'badge', data: providers.data(call.provider), textContent: providers.name(call.provider) }),
    el('span', { className: 'what' },
      el('b', { textContent: call.operation ?? 'unknown operation' }), ' ',
      el('span', { className: 'target', textContent: `${call.method} ${path(call)}`, title: call.target })),
    el('span', { className: 'result' }),
    el('span', { className: 'effect' }),
    el('span', { className: 'took', textContent: Number.isFinite(call.duration) ? format.duration(call.duration) : '' }));
}

/** The target without the base path, which is the same for all calls of a provider. */
function path({ provider, target }) {
  const base = providers.basePath(provider);
  return target.startsWith(`${base}/`) ? target.slice(base.length) : target;
}

function update(row, call) {
  row.setAttribute('aria-selected', route.current().call === call.id);
  row.classList.toggle('failed', !call.success);
  const [, , , , result, effect] = row.children;
  setText(result, answerOf(call));
  const effects = [call.deliveries.length ? `${call.deliveries.length} delivered` : '', call.fault ? 'fault' : ''];
  setText(effect, effects.filter(Boolean).join(', '));
}
