// The form for the URL of the webhook. The sandbox never shows its path and query, which may contain a token.

import { post, remove } from './api.js';
import { announce, el, field, setText, showText } from './dom.js';
import * as store from './store.js';

const current = el('p', { className: 'hint' });
const url = el('input', { type: 'text', inputMode: 'url', autocomplete: 'off', spellcheck: false, placeholder: 'URL of your program', required: true });
const problem = el('p', { className: 'problem', role: 'alert', hidden: true });
const removal = el('button', { type: 'button', textContent: 'Remove' });
let form = null;

/** The form. It is created once, so that its input survives. */
export function element() {
  form ??= build();
  return form;
}

export function draw() {
  const { webhook } = store.state;
  setText(current, webhook ? `ChatGuru posts to ${webhook}` : 'No webhook URL is set.');
  if (removal === document.activeElement && !webhook) url.focus();
  removal.hidden = !webhook;
}

function build() {
  removal.addEventListener('click', () => change(() => remove('webhook'), 'Webhook URL removed'));
  const made = el('form', { className: 'panel-form', 'aria-labelledby': 'webhook-title' },
    el('h3', { id: 'webhook-title', textContent: 'Webhook of ChatGuru' }),
    current,
    field('URL', url),
    problem,
    el('div', { className: 'buttons' }, removal, el('button', { type: 'submit', textContent: 'Set URL' })));
  made.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (await change(() => post('webhook', { url: url.value.trim() }), 'Webhook URL set')) url.value = '';
  });
  return made;
}

/** Makes a change. Returns whether it succeeded. */
async function change(make, done) {
  try {
    store.setWebhook(await make());
    showText(problem, '');
    announce(done);
    return true;
  } catch (error) {
    showText(problem, error.message);
    return false;
  }
}
