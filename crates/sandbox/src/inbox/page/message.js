// Draws one delivery of a conversation, or one message from its customer.

import { mediaUrl } from './api.js';
import { el, setText, showText } from './dom.js';
import * as format from './format.js';
import * as incoming from './incoming_message.js';

const LONG = 3000;
// Effects on a chat that are not messages to its contact.
const EVENTS = ['note', 'custom_fields', 'context', 'chat_name', 'chat_added', 'dialog'];

/** Creates the row of an entry; `update` fills in what can change. */
export function create({ delivery }) {
  if (delivery.isIncoming) return incoming.create(delivery, content(delivery));
  const isEvent = EVENTS.includes(delivery.kind);
  return el('li', { className: isEvent ? 'message event' : 'message', id: `message-${delivery.id}`, data: { kind: delivery.kind } },
    el('div', { className: 'bubble' }, ...content(delivery)),
    el('div', { className: 'meta' },
      el('time', { dateTime: delivery.at, title: delivery.at, textContent: format.seconds(delivery.at) }),
      el('span', { className: 'state' }),
      el('button', { type: 'button', className: 'skip', hidden: true, data: { skip: delivery.id } }),
      el('button', { type: 'button', className: 'call', tabIndex: -1, data: { call: delivery.call, delivery: delivery.id } })));
}

/** Shows the delivery's state, and how the call that caused it was answered. */
export function update(row, { delivery, call }) {
  if (delivery.isIncoming) {
    incoming.update(row, delivery);
    return;
  }
  const mark = `${delivery.state} ${delivery.due} ${call?.verdict} ${call?.status} ${call?.sent}`;
  if (row.dataset.mark === mark) return;
  row.dataset.mark = mark;
  row.dataset.state = delivery.state;
  const waits = delivery.state === 'scheduled';
  setText(row.querySelector('.state'), waits ? `scheduled${delivery.due ? ` for ${format.moment(delivery.due)}` : ''}` : 'sent');
  const button = row.querySelector('.call');
  const skip = row.querySelector('.skip');
  // A button that has the focus must not disappear.
  if (!waits && skip === document.activeElement) button.focus();
  showText(skip, waits && delivery.due ? 'Skip to this time' : '');
  skip.setAttribute('aria-label', `Advance the clock to ${format.moment(delivery.due)}`);
  const answer = call ? answerOf(call) : '';
  setText(button, `${call?.operation ?? `call ${delivery.call}`}${answer && ` · ${answer}`}`);
  button.setAttribute('aria-label', `Request and answer of call ${delivery.call}: ${button.textContent}`);
  button.classList.toggle('warn', call !== undefined && !call.success);
}

/** A short description of a call's answer. */
export function answerOf(call) {
  if (call.sent === 'none') return 'no answer';
  const parts = [call.status, call.success ? 'success' : call.verdict, call.sent === 'partial' ? 'truncated' : ''];
  return parts.filter(Boolean).join(' ');
}

/** A preview of a delivery, on one line. */
export function preview(delivery) {
  const text = delivery.text ?? delivery.location?.name ?? delivery.file?.name ?? delivery.template?.name ?? '';
  const short = text.slice(0, 120).replace(/\s+/gu, ' ');
  if (delivery.kind === 'text') return short || 'Empty message';
  return short ? `${format.kind(delivery.kind)}: ${short}` : format.kind(delivery.kind);
}

function content(delivery) {
  const { kind, file, url, location, template } = delivery;
  const parts = [];
  if (kind !== 'text') {
    const label = el('p', { className: 'kind', textContent: format.kind(kind) });
    if (template) label.append(' ', el('b', { dir: 'auto', textContent: template.name ?? '' }), ` #${template.id}`);
    parts.push(label);
  }
  const sample = delivery.isIncoming ? incoming.sample(url) : null;
  if (sample) parts.push(...samplePart(kind, sample));
  if (file) parts.push(...fileParts(delivery.id, file));
  if (location) parts.push(...locationParts(location));
  if (delivery.text) parts.push(textPart(delivery.text));
  else if (kind === 'text') parts.push(el('p', { className: 'blank', textContent: 'Empty message' }));
  if (template?.header_variables?.length) parts.push(variables('Header', template.header_variables));
  if (template?.variables?.length) parts.push(variables('Body', template.variables));
  if (url) parts.push(link(url, kind === 'cta_url'));
  return parts;
}

/** Shows a file that the sandbox serves. The page may not load files of other hosts. */
function samplePart(kind, source) {
  if (kind === 'image') {
    const image = el('img', { src: source, alt: 'Sample picture', loading: 'lazy', decoding: 'async' });
    return [orElse(el('span', { className: 'picture' }, image), image)];
  }
  const tag = { voice: 'audio', audio: 'audio', video: 'video' }[kind];
  return tag ? [orElse(el(tag, { src: source, controls: true, preload: 'metadata' }))] : [];
}

function textPart(text) {
  const part = el('p', { className: 'text', dir: 'auto', textContent: text.slice(0, LONG) });
  if (text.length <= LONG) return part;
  const more = el('button', { type: 'button', className: 'more', textContent: `Show all ${format.number(text.length)} characters` });
  more.addEventListener('click', () => {
    part.textContent = text;
    part.tabIndex = -1;
    part.focus();
  });
  part.append('… ', more);
  return part;
}

function fileParts(id, file) {
  const parts = [];
  const type = String(file.media_type);
  const source = mediaUrl(id);
  if (file.kept && type.startsWith('image/')) {
    const image = el('img', { src: source, alt: `Image ${file.name}`, loading: 'lazy', decoding: 'async' });
    parts.push(orElse(el('a', { href: source, target: '_blank', rel: 'noopener noreferrer', className: 'picture' }, image), image));
  } else if (file.kept && type.startsWith('audio/')) {
    parts.push(orElse(el('audio', { src: source, controls: true, preload: 'metadata' })));
  } else if (file.kept && type.startsWith('video/')) {
    parts.push(orElse(el('video', { src: source, controls: true, preload: 'metadata' })));
  }
  const name = file.kept
    ? el('a', { href: source, download: file.name, className: 'name', dir: 'auto', textContent: file.name })
    : el('span', { className: 'name', dir: 'auto', textContent: file.name });
  const facts = `${type}, ${format.size(file.size)}${file.kept ? '' : ', content not kept'}`;
  parts.push(el('p', { className: 'file', title: `SHA-256 ${file.sha256}` }, name, el('span', { className: 'facts', textContent: facts })));
  return parts;
}

/** Replaces an element by a note if its file cannot be loaded: it is broken, or no longer kept. */
function orElse(shown, loaded = shown) {
  loaded.addEventListener('error', () => shown.replaceWith(el('p', { className: 'blank', textContent: 'This file cannot be shown.' })));
  return shown;
}

function locationParts(location) {
  const parts = [];
  if (location.name) parts.push(el('p', { className: 'text', dir: 'auto' }, el('b', { textContent: location.name })));
  if (location.address) parts.push(el('p', { className: 'text', dir: 'auto', textContent: location.address }));
  parts.push(el('p', { className: 'coordinates', textContent: `${location.latitude}, ${location.longitude}` }));
  return parts;
}

function variables(part, values) {
  return el('ol', { className: 'variables', 'aria-label': `${part} variables`, data: { part } },
    ...values.map((value) => el('li', { dir: 'auto', textContent: typeof value === 'string' ? value : JSON.stringify(value) })));
}

function link(text, isButton) {
  const address = format.webAddress(text);
  // Anything but an HTTP URL, such as a script, is shown as text.
  if (!address) return el('p', { className: 'text', textContent: text });
  const properties = { href: address, target: '_blank', rel: 'noopener noreferrer', textContent: text };
  return el('a', { ...properties, className: isButton ? 'cta' : 'url' });
}
