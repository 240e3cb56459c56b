// The form that adds a fault. It offers the common faults; `POST /__sandbox/faults` accepts all of them.

import { get, post } from './api.js';
import { el, field, options, showText } from './dom.js';
import * as providers from './providers.js';
import * as store from './store.js';

const seconds = (value) => Math.round(Number(value) * 1000);
const retry = (status, text) => (value) => ({ answer: { status, headers: { 'retry-after': String(value) }, body: { message: text } } });

// `value`: label, default and minimum of the fault's number. `when`: set if the fault allows only one. `isOfPosts`: set if
// the fault applies to the posts of messages from customers instead of to calls.
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
  'ChatGuru dialog context error': { when: 'before', make: () => ({ dialog_context_error: true }) },
  'Late post': { value: ['Seconds', 30, 0], isOfPosts: true, make: (value) => ({ post_late_ms: seconds(value) }) },
  'Repeated post': { value: ['More posts', 1, 1], isOfPosts: true, make: (value) => ({ post_repeat: Number(value) }) },
  'Post out of order': { isOfPosts: true, make: () => ({ post_out_of_order: true }) },
};

const EFFECTS = {
  before: 'The request is not processed. Nothing is delivered.',
  after: 'The request is processed and its messages are delivered. Only the answer changes.',
  'Late post': 'The webhook gets the message later, on the clock of the sandbox. Other messages do not wait for it.',
  'Repeated post': 'The webhook gets the same message several times.',
  'Post out of order': 'The webhook gets the message after the next one of its chat.',
};

const what = el('select', {}, ...options(Object.keys(CHOICES).map((name) => [name, name])));
const value = el('input', { type: 'number', required: true });
const valueLabel = field('', value);
const whenField = field('When', el('select', {}, ...options([['before', 'before processing'], ['after', 'after processing']])));
const when = whenField.lastElementChild;
const effect = el('p', { className: 'hint' });
const provider = el('select', {});
const providerField = field('Provider', provider);
const operation = el('select', {});
const operationField = field('Operation', operation);
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
  const made = el('form', { className: 'panel-form fault-form', 'aria-labelledby': 'fault-form-title' },
    el('h3', { id: 'fault-form-title', textContent: 'Add a fault' }),
    field('Fault', what),
    valueLabel,
    whenField,
    effect,
    providerField,
    operationField,
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
    Object.assign(value, { value: preset, min: least, max: label === 'Status' ? 599 : 86_400, step: ['Delay', 'Late post'].includes(what.value) ? 0.1 : 1 });
  }
  for (const part of [whenField, providerField, operationField]) part.hidden = choice.isOfPosts === true;
  when.disabled = choice.when !== undefined;
  when.value = choice.when ?? 'before';
  explain();
}

function explain() {
  effect.textContent = EFFECTS[what.value] ?? EFFECTS[when.value];
}

function offerOperations() {
  const names = providers.operationsOf(provider.value);
  const before = operation.value;
  operation.replaceChildren(...options([['', 'all operations'], ...names.map((name) => [name, name])]));
  if (names.includes(before)) operation.value = before;
}

async function add() {
  const choice = CHOICES[what.value];
  const fault = { times: often.value ? Number(often.value) : null, do: choice.make(value.value) };
  if (!choice.isOfPosts) Object.assign(fault, { when: when.value, provider: provider.value || null, operation: operation.value || null });
  if (Number(percent.value) < 100) fault.probability = Number(percent.value) / 100;
  try {
    await post('faults', fault);
    store.setFaults(await get('faults'));
    showText(problem, '');
  } catch (error) {
    showText(problem, error.message);
  }
}
