// What is shown when no conversation is: how to send a first message, or how to go on.

import { copyButton } from './call_panel.js';
import { byId, el } from './dom.js';
import * as format from './format.js';
import * as store from './store.js';

const PATHS = {
  escalazap: '/escalazap/external-api',
  wazime: '/wazime/external-api',
  wapiflow: '/wapiflow/external-api',
  chatguru: '/chatguru',
};

let shown = null;

/** Draws anew only when there is another thing to say, so that what is selected stays. */
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
    el('p', {}, 'Choose one at the left. In a list, ', key('↑'), ' ', key('↓'), ' move and ', key('Enter'), ' opens; ', key('/'), ' goes to the filter; ', key('Esc'), ' closes what is open.'),
  ];
}

function empty(title, refused) {
  const parts = [
    title('Nothing was delivered yet'),
    el('p', { textContent: 'Messages that your program sends to this sandbox appear here as they arrive. Nobody receives them.' }),
  ];
  if (refused) {
    parts.push(el('p', { className: 'verdict warn' }, `${format.plural(refused, 'call')} came in and delivered nothing. `,
      el('a', { href: '#view=calls', textContent: 'See what was answered.' })));
  }
  parts.push(
    el('h3', { textContent: '1. Base URLs' }),
    baseUrls(),
    el('h3', { textContent: '2. Credentials' }),
    el('p', {}, 'The ', el('code', { textContent: 'sandbox' }), ' command prints them when it starts, as ', el('code', { textContent: 'export' }), ' lines. Paste those into your shell.'),
    el('h3', { textContent: '3. A first message' }),
    snippet('EscalaZap, WaziMe, WapiFlow', externalApi()),
    snippet('ChatGuru', chatGuru()),
    el('p', { className: 'hint', textContent: 'The numbers are of the sandbox’s own world; with a world of yours, take one of its contacts.' }));
  return parts;
}

function baseUrls() {
  const list = el('dl', { className: 'base-urls' });
  for (const [slug, path] of Object.entries(PATHS)) {
    list.append(el('dt', { data: { provider: slug } }, format.provider(slug)), el('dd', {}, el('code', { textContent: location.origin + path })));
  }
  return list;
}

function externalApi() {
  return [
    `curl ${location.origin}${PATHS.escalazap}/inbox/send-message \\`,
    '  -H "client-id: $ESCALAZAP_CLIENT_ID" \\',
    '  -H "client-secret: $ESCALAZAP_CLIENT_SECRET" \\',
    '  -F mobile_code=55 -F mobile=11987654321 -F message="Hello from the sandbox"',
  ].join('\n');
}

function chatGuru() {
  return [
    `curl ${location.origin}${PATHS.chatguru}/api/v1 \\`,
    '  -d action=message_send -d "key=$CHATGURU_KEY" \\',
    '  -d "account_id=$CHATGURU_ACCOUNT_ID" -d "phone_id=$CHATGURU_PHONE_ID" \\',
    '  -d chat_number=5511987654321 -d "text=Hello from the sandbox"',
  ].join('\n');
}

function snippet(label, text) {
  return el('figure', {}, el('figcaption', { textContent: label }),
    el('div', { className: 'copyable' }, el('pre', { tabIndex: 0, 'aria-label': `Command for ${label}`, textContent: text }), copyButton(() => text)));
}

const key = (name) => el('kbd', { textContent: name });
