// The main pane when no conversation is open: how to send a first message, or how to select one.

import { copyButton } from './call_panel.js';
import { byId, el } from './dom.js';
import * as format from './format.js';
import * as providers from './providers.js';
import * as store from './store.js';

let shown = null;

/** Redraws only when the content changes, so that a text selection survives. */
export function draw() {
  const { loaded, conversations, calls, faults } = store.state;
  const refused = conversations.size ? 0 : calls.size;
  const what = !loaded ? 'loading' : conversations.size ? 'choose' : `empty ${refused} ${faults.length > 0}`;
  if (what === shown) return;
  shown = what;
  const title = (text) => el('h2', { id: 'welcome-title', textContent: text });
  const parts = what === 'loading' ? [title('Loading…')] : what === 'choose' ? choose(title) : empty(title, refused);
  byId('welcome').replaceChildren(...parts);
}

function choose(title) {
  return [
    title('No conversation selected'),
    el('p', {}, 'Select a conversation on the left. ', key('↑'), ' and ', key('↓'), ' move in a list, ', key('Enter'), ' opens an entry, ',
      key('/'), ' goes to the filter, and ', key('Esc'), ' closes the panel.'),
  ];
}

function empty(title, refused) {
  const parts = [
    title('Waiting for the first message'),
    el('p', { textContent: 'Messages that your program sends to this sandbox appear here. They are not sent to anyone.' }),
  ];
  if (refused) {
    parts.push(el('p', { className: 'verdict warn' }, `The sandbox received ${format.plural(refused, 'call')}, but nothing was delivered. `,
      el('a', { href: '#view=calls', textContent: 'See the answers.' })));
  }
  parts.push(
    el('h3', { textContent: '1. Base URLs' }),
    baseUrls(),
    el('h3', { textContent: '2. Credentials' }),
    el('p', {}, code('zap-sandbox'), ' prints them as ', code('export'), ' lines when it starts. Paste the lines into your shell.'),
    el('h3', { textContent: '3. A first message' }),
    ...snippets(),
    el('h3', { textContent: '4. A message from a customer' }),
    el('p', {}, 'To test how your program receives messages, ', customer(), '.'),
    el('p', { className: 'hint' }, 'The phone numbers are contacts of the default world. If you use your own (', code('--world'), '), take one of its contacts.'));
  return parts;
}

function baseUrls() {
  const list = el('dl', { className: 'base-urls' });
  for (const { provider, name, base_path: path } of providers.all()) {
    list.append(el('dt', { data: providers.data(provider) }, name), el('dd', {}, code(location.origin + path)));
  }
  return list;
}

/** A command for each API, with the first of its providers. */
function snippets() {
  return [['externalapi', externalApi], ['chatguru', chatGuru]].map(([api, command]) => {
    const of = providers.all().filter((provider) => provider.api === api);
    return of.length ? snippet(of.map(({ name }) => name).join(', '), command(of[0])) : null;
  }).filter(Boolean);
}

function externalApi({ provider, base_path: path }) {
  const variable = provider.toUpperCase();
  return [
    `curl ${location.origin}${path}/inbox/send-message \\`,
    `  -H "client-id: $${variable}_CLIENT_ID" \\`,
    `  -H "client-secret: $${variable}_CLIENT_SECRET" \\`,
    '  -F mobile_code=55 -F mobile=11987654321 -F message="Hello from the sandbox"',
  ].join('\n');
}

function chatGuru({ base_path: path }) {
  return [
    `curl ${location.origin}${path}/api/v1 \\`,
    '  -d action=message_send -d "key=$CHATGURU_KEY" \\',
    '  -d "account_id=$CHATGURU_ACCOUNT_ID" -d "phone_id=$CHATGURU_PHONE_ID" \\',
    '  -d chat_number=5511987654321 -d "text=Hello from the sandbox"',
  ].join('\n');
}

function snippet(label, text) {
  return el('figure', {}, el('figcaption', { textContent: label }),
    el('div', { className: 'copyable' }, el('pre', { tabIndex: 0, 'aria-label': `Command for ${label}`, textContent: text }), copyButton(() => text)));
}

function customer() {
  const button = el('button', { type: 'button', className: 'plain', textContent: 'write as a customer' });
  button.addEventListener('click', () => byId('open-incoming').click());
  return button;
}

const code = (text) => el('code', { textContent: text });
const key = (name) => el('kbd', { textContent: name });
