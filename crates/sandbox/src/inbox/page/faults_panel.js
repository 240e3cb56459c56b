// The faults in force, and a form to add one.

import { remove } from './api.js';
import { byId, el, setText, sync } from './dom.js';
import * as form from './fault_form.js';
import * as format from './format.js';
import * as store from './store.js';
import { showTrouble } from './trouble.js';

const list = el('ul', { className: 'faults', 'aria-label': 'Faults in force' });
const none = el('p', { className: 'hint', textContent: 'None: every call is answered as the provider would.' });
const all = el('button', { type: 'button', className: 'plain', textContent: 'Remove all' });
all.addEventListener('click', () => take('faults', byId('panel-title')));

const PAGES = { proxy: 'an HTML page of a proxy (502)', maintenance: 'a redirect to a maintenance page' };

/** Draws the list; the form is put in place once, so that what is typed stays. */
export function draw(fresh) {
  if (fresh) {
    setText(byId('panel-title'), 'Faults');
    setText(byId('panel-subtitle'), 'Make calls fail, to see what your program does.');
    byId('panel-body').replaceChildren(el('section', {}, none, list, all), form.element());
    byId('panel-body').scrollTop = 0;
  }
  const { faults } = store.state;
  none.hidden = faults.length > 0;
  all.hidden = faults.length < 2;
  sync(list, faults, { key: ({ id }) => id, create, update });
}

function create(fault) {
  const button = el('button', { type: 'button', textContent: 'Remove', 'aria-label': `Remove fault ${fault.id}: ${describe(fault)}` });
  button.addEventListener('click', () => {
    const row = button.closest('li');
    const next = (row.nextElementSibling ?? row.previousElementSibling)?.querySelector('button');
    take(`faults/${fault.id}`, next ?? byId('panel-title'));
  });
  return el('li', {},
    el('div', {},
      el('p', { className: 'does' }, el('b', { textContent: `${fault.id}` }), ' ', describe(fault)),
      el('p', { className: 'scope', textContent: scope(fault) }),
      el('p', { className: 'left' })),
    button);
}

function update(row, fault) {
  setText(row.querySelector('.left'), left(fault));
}

async function take(path, next) {
  next.focus();
  try {
    store.setFaults({ faults: [] , ...(await remove(path)) });
    showTrouble(null);
  } catch (error) {
    showTrouble(error);
  }
}

function scope({ provider, operation, when }) {
  const who = provider ? format.provider(provider) : 'every provider';
  return `${who}, ${operation ?? 'every operation'}${when ? `, ${when} processing` : ''}`;
}

function left({ times, hits = 0, probability, seed }) {
  const struck = hits === 1 ? 'struck once' : `struck ${format.number(hits)} times`;
  const rest = times === null || times === undefined ? 'until removed' : `${format.number(Math.max(0, times - hits))} of ${format.number(times)} left`;
  const chance = probability !== undefined && probability < 1 ? `, ${+(probability * 100).toFixed(2)} % of calls (seed ${seed})` : '';
  return `${rest}, ${struck}${chance}`;
}

/** What a fault does, in words. */
export function describe({ do: what = {}, when }) {
  const parts = [];
  if (what.close) parts.push(when === 'after' ? 'closes the connection after processing' : 'closes the connection, nothing processed');
  if (what.truncate_at !== undefined) parts.push(`breaks the answer off after ${format.plural(what.truncate_at, 'byte')}`);
  if (what.answer) parts.push(answer(what.answer));
  if (what.page) parts.push(`answers ${PAGES[what.page] ?? what.page}`);
  if (what.wrong_types) parts.push('answers with wrong JSON types');
  if (what.unknown_enum) parts.push('answers with unknown status words');
  if (what.endless) parts.push('answers with a body that never ends');
  if (what.delay_ms) parts.unshift(`waits ${format.duration(what.delay_ms)}`);
  return parts.join(', then ') || JSON.stringify(what);
}

function answer({ status, headers = {} }) {
  const retry = Object.entries(headers).find(([name]) => name.toLowerCase() === 'retry-after');
  return `answers HTTP ${status}${retry ? `, Retry-After ${retry[1]}` : ''}`;
}
