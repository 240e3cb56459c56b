// The panel with the active faults and the form that adds one.

import { remove } from './api.js';
import { byId, el, setText, sync } from './dom.js';
import * as form from './fault_form.js';
import * as format from './format.js';
import * as providers from './providers.js';
import * as store from './store.js';
import { showTrouble } from './trouble.js';

const list = el('ul', { className: 'faults', 'aria-label': 'Active faults' });
const none = el('p', { className: 'hint', textContent: 'No faults. Every call is answered as the provider would answer it.' });
const all = el('button', { type: 'button', className: 'plain', textContent: 'Remove all' });
all.addEventListener('click', () => take('faults', byId('panel-title')));

const PAGES = { proxy: 'the error page of a proxy (502)', maintenance: 'a redirect to a maintenance page' };

/** Draws the list. The form is added only when the panel opens, so that its input survives. */
export function draw(fresh) {
  if (fresh) {
    setText(byId('panel-title'), 'Faults');
    setText(byId('panel-subtitle'), 'Make calls and posts fail to test how your program reacts.');
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

const isOfPosts = ({ do: what = {} }) => Object.keys(what).some((name) => name.startsWith('post_'));

function scope(fault) {
  const { provider, operation, when } = fault;
  if (isOfPosts(fault)) return 'messages from customers, posted to the webhook';
  const of = provider ? providers.name(provider) : 'all providers';
  return `${of}, ${operation ?? 'all operations'}${when ? `, ${when} processing` : ''}`;
}

function left(fault) {
  const { times, hits = 0, probability, seed } = fault;
  const applied = hits === 0 ? 'not applied yet' : hits === 1 ? 'applied once' : `applied ${format.number(hits)} times`;
  const rest = times === null || times === undefined ? 'until removed' : `${format.number(Math.max(0, times - hits))} of ${format.number(times)} left`;
  const chance = probability !== undefined && probability < 1 ? `, ${+(probability * 100).toFixed(2)} % of ${isOfPosts(fault) ? 'messages' : 'calls'} (seed ${seed})` : '';
  return `${rest}, ${applied}${chance}`;
}

/** Describes what a fault does. */
function describe({ do: what = {} }) {
  const parts = [];
  if (what.close) parts.push('closes the connection without an answer');
  if (what.truncate_at !== undefined) parts.push(`truncates the answer after ${format.plural(what.truncate_at, 'byte')}`);
  if (what.answer) parts.push(answer(what.answer));
  if (what.page) parts.push(`answers with ${PAGES[what.page] ?? what.page}`);
  if (what.wrong_types) parts.push('answers with wrong JSON types');
  if (what.unknown_enum) parts.push('answers with unknown status values');
  if (what.endless) parts.push('answers with a body that never ends');
  if (what.dialog_context_error) parts.push('answers that the context of the dialog is not validated');
  if (what.post_late_ms) parts.push(`posts ${format.duration(what.post_late_ms)} late`);
  if (what.post_repeat) parts.push(`posts ${format.plural(what.post_repeat, 'more time')}`);
  if (what.post_out_of_order) parts.push('posts after the next message of the chat');
  if (what.delay_ms) parts.unshift(`waits ${format.duration(what.delay_ms)}`);
  return parts.join(', then ') || JSON.stringify(what);
}

function answer({ status, headers = {} }) {
  const retry = Object.entries(headers).find(([name]) => name.toLowerCase() === 'retry-after');
  return `answers HTTP ${status}${retry ? `, Retry-After ${retry[1]}` : ''}`;
}
