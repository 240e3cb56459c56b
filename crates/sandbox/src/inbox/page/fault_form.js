// The form that adds a fault. It offers the common faults; `POST /__sandbox/faults` accepts all of them.

import { get, post } from './api.js';
import { el, showText } from './dom.js';
import * as providers from './providers.js';
import * as store from './store.js';

const seconds = (value) => Math.round(Number(value) * 1000);
const retry = (status, text) => (value) => ({ answer: { status, headers: { 'retry-after': String(value) }, body: { message: text } } });

// `value`: label, default and minimum of the fault's number. `when`: set if the fault allows only one.
const CHOICES = {
  'HTTP 503 with Retry-After': { value: ['Seconds', 2, 0], make: retry(503, 'Service Unavailable') },
  'HTTP 429 with Retry-After': { value: ['Seconds', 5, 0], make: retry(429, 'Too Many Requests') },
  'HTTP status': { value: ['Status', 500, 200], make: (status) => ({ answer: { status: Number(status), body: { message: 'Sandbox fault' } } }) },
  'Delay': { value: ['Seconds', 3, 0], make: (value) => ({ delay_ms: seconds(value) }) },
  'Close the connection': { make: () => ({ close: true }) },
  'Truncate the answer': { value: ['Bytes to send', 20, 0], when: 'after', make: (bytes) => ({ truncate_at: Number(bytes) }) },
  'Proxy error page': { make: () => ({ page: 'proxy' }) },
  'Maintenance redirect': { make: () => ({ page: 'maintenance' }) },
  'Wrong JSON types': { when: 'after', make: () => ({ wrong_types: true }) },
  'Unknown status values': { when: 'after', make: () => ({ unknown_enum: true }) },
  'Endless body': { when: 'after', make: () => ({ endless: true }) },
};

const EFFECTS = {
  before: 'The request is not processed. Nothing is delivered.',
  after: 'The request is processed and its messages are delivered. Only the answer changes.',
};

const options = (pairs) => pairs.map(([value, text]) => el('option', { value, textContent: text }));
const field = (label, control) => el('label', {}, el('span', { textContent: label }), control);

const what = el('select', {}, ...options(Object.keys(CHOICES).map((name) => [name, name])));
const value = el('input', { type: 'number', required: true });
const valueLabel = field('', value);
const when = el('select', {}, ...options([['before', 'before processing'], ['after', 'after processing']]));
const effect = el('p', { className: 'hint' });
const provider = el('select', {});
const operation = el('select', {});
const often = el('select', {}, ...options([['1', 'once'], ['2', 'twice'], ['5', '5 times'], ['', 'until removed']]));
const percent = el('input', { type: 'number', min: '0.1', max: '100', step: '0.1', value: '100', required: true });
const problem = el('p', { className: 'problem', role: 'alert', hidden: true });
let form = null;

/** The form. It is created once, so that its input survives. */
export function element() {
  form ??= build();
  return form;
}

function build() {
  const made = el('form', { className: 'fault-form', 'aria-labelledby': 'fault-form-title' },
    el('h3', { id: 'fault-form-title', textContent: 'Add a fault' }),
    field('Fault', what),
    valueLabel,
    field('When', when),
    effect,
    field('Provider', provider),
    field('Operation', operation),
    field('Repeat', often),
    field('Chance (%)', percent),
    problem,
    el('div', { className: 'buttons' }, el('button', { type: 'submit', className: 'primary', textContent: 'Add fault' })));
  what.addEventListener('change', offer);
  when.addEventListener('change', explain);
  provider.addEventListener('change', offerOperations);
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    add();
  });
  offer();
  const names = providers.all().map(({ provider: slug, name }) => [slug, name]);
  provider.replaceChildren(...options([['', 'all providers'], ...names]));
  offerOperations();
  return made;
}

function offer() {
  const choice = CHOICES[what.value];
  valueLabel.hidden = !choice.value;
  value.disabled = !choice.value;
  if (choice.value) {
    const [label, preset, least] = choice.value;
    valueLabel.firstElementChild.textContent = label;
    Object.assign(value, { value: preset, min: least, max: label === 'Status' ? 599 : 86_400, step: what.value === 'Delay' ? 0.1 : 1 });
  }
  when.disabled = choice.when !== undefined;
  when.value = choice.when ?? 'before';
  explain();
}

function explain() {
  effect.textContent = EFFECTS[when.value];
}

function offerOperations() {
  const names = providers.operationsOf(provider.value);
  const before = operation.value;
  operation.replaceChildren(...options([['', 'all operations'], ...names.map((name) => [name, name])]));
  if (names.includes(before)) operation.value = before;
}

async function add() {
  const fault = {
    when: when.value,
    provider: provider.value || null,
    operation: operation.value || null,
    times: often.value ? Number(often.value) : null,
    do: CHOICES[what.value].make(value.value),
  };
  if (Number(percent.value) < 100) fault.probability = Number(percent.value) / 100;
  try {
    await post('faults', fault);
    store.setFaults(await get('faults'));
    showText(problem, '');
  } catch (error) {
    showText(problem, error.message);
  }
}
