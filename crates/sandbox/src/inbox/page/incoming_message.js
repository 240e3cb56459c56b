// Draws one message from a customer, and what became of its posts.

import { el, setText } from './dom.js';
import * as format from './format.js';

const FAILURES = {
  unreachable: 'the webhook cannot be reached',
  closed: 'the connection was closed',
  timed_out: 'no answer in time',
  not_http: 'the answer is not HTTP',
};

const STATES = {
  no_webhook: 'received; this provider has no webhook',
  no_url: 'not posted: no webhook URL is set',
  waiting: 'waits to be posted',
};

/** Creates the row of a message with this content; `update` fills in what can change. */
export function create(message, content) {
  return el('li', { className: 'message incoming', id: `message-${message.id}`, data: { kind: message.kind } },
    el('div', { className: 'bubble' }, el('span', { className: 'visually-hidden', textContent: 'From the customer:' }), ...content),
    el('div', { className: 'meta' },
      el('time', { dateTime: message.at, title: message.at, textContent: format.seconds(message.at) }),
      el('span', { className: 'state' })));
}

/** Shows whether the message was posted. */
export function update(row, message) {
  row.dataset.post = message.post_state;
  const state = row.querySelector('.state');
  setText(state, result(message));
  const attempts = message.posts.map((post) => `${format.moment(post.at)}: ${outcome(post)}, ${format.duration(post.duration_ms)}`);
  state.title = attempts.join('\n');
}

/** Describes what became of a message: "posted · 200", "failed · no answer in time". */
function result({ post_state: state, posts, fault }) {
  const marks = fault === null ? '' : ` · fault ${fault}`;
  const made = posts.map(outcome).join(', ');
  if (STATES[state]) return STATES[state] + (made && ` · so far ${made}`) + marks;
  const times = posts.length > 1 ? ` ${format.number(posts.length)} times` : '';
  return `${state === 'posted' ? `posted${times}` : `post${times} failed`} · ${made}${marks}`;
}

const outcome = ({ status, error }) => (status === null ? FAILURES[error] ?? String(error) : String(status));

/** The path of a file that this sandbox serves, or null for any other address. */
export function sample(text) {
  const address = text ? format.webAddress(text) : null;
  if (!address) return null;
  const { pathname, port } = new URL(address);
  return pathname.startsWith('/__sandbox/samples/') && port === location.port ? pathname : null;
}
