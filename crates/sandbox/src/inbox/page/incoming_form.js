// The form for a message from a customer.

import { post } from './api.js';
import { announce, el, field, isNarrow, options, setText, showText } from './dom.js';
import * as format from './format.js';
import * as providers from './providers.js';
import * as route from './route.js';
import * as store from './store.js';

const KINDS = ['text', 'image', 'voice', 'audio', 'video', 'document'];
const WITHOUT_CAPTION = ['voice', 'audio'];

const provider = el('select', {});
const from = el('input', { type: 'text', inputMode: 'numeric', autocomplete: 'off', placeholder: '5511987654321', required: true });
const name = el('input', { type: 'text', autocomplete: 'off', placeholder: 'optional', maxLength: 100 });
const kind = el('select', {}, ...options(KINDS.map((one) => [one, format.kind(one)])));
const text = el('textarea', { rows: 3 });
const textField = field('Text', text);
const url = el('input', { type: 'text', inputMode: 'url', autocomplete: 'off', spellcheck: false, placeholder: 'a sample that the sandbox serves' });
const urlField = field('File URL', url);
const effect = el('p', { className: 'hint' });
const problem = el('p', { className: 'problem', role: 'alert', hidden: true });
let form = null;
// The conversation that the form was filled in for.
let filledFor = null;
let open = () => {};

/** Sets the function that opens a conversation. */
export function start(openConversation) {
  open = openConversation;
}

/** The form. It is created once, so that its input survives. */
export function element() {
  form ??= build();
  return form;
}

/** Fills in the open conversation, once for each. */
export function draw() {
  const { view, chat } = route.current();
  const conversation = view === 'chats' ? store.state.conversations.get(chat) : undefined;
  if (conversation && conversation.key !== filledFor) {
    filledFor = conversation.key;
    provider.value = conversation.provider;
    from.value = conversation.to;
    name.value = '';
  }
  explain();
}

function build() {
  provider.replaceChildren(...options(providers.all().map(({ provider: slug, name: title }) => [slug, title])));
  provider.value = providers.all().find(({ api }) => api === 'chatguru')?.provider ?? provider.value;
  const made = el('form', { className: 'panel-form', 'aria-label': 'A customer writes' },
    field('Provider', provider),
    field('Number', from),
    field('Name', name),
    field('Kind', kind),
    textField,
    urlField,
    effect,
    problem,
    el('div', { className: 'buttons' }, el('button', { type: 'submit', className: 'primary', textContent: 'Receive message' })));
  provider.addEventListener('change', explain);
  kind.addEventListener('change', offer);
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    receive();
  });
  offer();
  return made;
}

function offer() {
  const isText = kind.value === 'text';
  setText(textField.firstElementChild, isText ? 'Text' : 'Caption');
  text.required = isText;
  text.placeholder = isText ? '' : 'optional';
  textField.hidden = WITHOUT_CAPTION.includes(kind.value);
  urlField.hidden = isText;
}

function explain() {
  const isPosted = providers.all().find(({ provider: slug }) => slug === provider.value)?.api === 'chatguru';
  setText(effect, isPosted
    ? store.state.webhook
      ? `The message is posted to ${store.state.webhook}.`
      : 'The message is not posted, because no webhook URL is set.'
    : 'This provider has no webhook. The message moves the conversation, and makes it unread.');
}

async function receive() {
  const message = { provider: provider.value, from: from.value.trim(), kind: kind.value };
  if (name.value.trim()) message.name = name.value.trim();
  if (kind.value === 'text') message.text = text.value;
  else if (!textField.hidden && text.value) message.caption = text.value;
  if (!urlField.hidden && url.value.trim()) message.url = url.value.trim();
  try {
    const received = await post('incoming', message);
    showText(problem, '');
    text.value = '';
    announce('Message received');
    filledFor = received.conversation;
    // On a phone the panel covers the conversation, so that the user can go on writing.
    if (!isNarrow() && route.current().view === 'chats') open(received.conversation);
  } catch (error) {
    showText(problem, error.message);
  }
}
