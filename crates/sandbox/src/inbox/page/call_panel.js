// The panel with one call: its request, its answer and what it delivered.

import { ApiError, get } from './api.js';
import { byId, el, setText } from './dom.js';
import * as format from './format.js';
import { preview } from './message.js';
import * as providers from './providers.js';
import * as store from './store.js';

let wanted = null;

/** Fetches a call and shows it, unless another one has been selected by then. */
export async function show(id, { openDelivery, openFaults }) {
  wanted = id;
  setText(byId('panel-title'), `Call ${id}`);
  setText(byId('panel-subtitle'), '');
  let parts;
  try {
    const call = await get(`calls/${id}`);
    if (wanted !== id) return;
    setText(byId('panel-title'), `Call ${id} · ${call.operation ?? 'unknown operation'}`);
    const took = Number.isFinite(call.duration_ms) ? format.duration(call.duration_ms) : '';
    setText(byId('panel-subtitle'), [providers.name(call.provider), format.moment(call.at), took].filter(Boolean).join(' · '));
    parts = [verdict(call, openFaults), delivered(call, openDelivery), request(call.request), answer(call.answer)];
  } catch (error) {
    if (wanted !== id) return;
    if (!(error instanceof ApiError)) throw error;
    const text = error.status === 404 ? 'The sandbox no longer has this call. It keeps the newest calls until it is reset.' : error.message;
    parts = [el('p', { className: 'hint', textContent: text })];
  }
  byId('panel-body').replaceChildren(...parts.filter(Boolean));
  byId('panel-body').scrollTop = 0;
}

export function forget() {
  wanted = null;
}

function verdict(call, openFaults) {
  const did = call.deliveries?.length ?? 0;
  const reason = call.success ? '' : store.verdict(call.answer?.body);
  const because = reason ? ` (${reason})` : '';
  let text;
  let mood = 'good';
  if (call.success) {
    text = did ? 'Delivered, and the answer says so.' : 'Answered with success. The call delivered nothing.';
  } else if (did) {
    mood = 'warn';
    text = `Delivered, although the answer does not say so${because}. A second attempt would deliver it twice.`;
  } else {
    mood = 'bad';
    text = `Refused or failed${because}. Nothing was delivered.`;
  }
  const { sent } = call.answer ?? {};
  if (sent === 'none') text += ' The caller got no answer.';
  if (sent === 'partial') text += ' The caller got only a part of the answer.';
  if (sent === 'none' || sent === 'partial') mood = did ? 'warn' : 'bad';
  const box = el('p', { className: `verdict ${mood}` }, text);
  if (call.fault) {
    const button = el('button', { type: 'button', className: 'plain', textContent: `Fault ${call.fault} was applied.` });
    button.addEventListener('click', openFaults);
    box.append(' ', button);
  }
  return box;
}

function delivered(call, openDelivery) {
  const known = (call.deliveries ?? []).map((id) => store.state.entries.get(id)).filter(Boolean);
  if (!known.length) return null;
  const list = el('ul', { className: 'delivered' });
  for (const delivery of known) {
    const button = el('button', { type: 'button', className: 'plain', dir: 'auto', textContent: `${delivery.name ?? delivery.to}: ${preview(delivery)}` });
    button.addEventListener('click', () => openDelivery(delivery));
    list.append(el('li', {}, button));
  }
  return section('Delivered', '', list);
}

function request({ method, target, headers, body }) {
  const parts = [code(`${method} ${target}`, 'Target')];
  if (Array.isArray(body)) parts.push(fields(body));
  else if (body !== null && body !== undefined && body !== '') parts.push(code(pretty(body), 'Body'));
  else parts.push(el('p', { className: 'hint', textContent: 'No body.' }));
  parts.push(headerList(headers));
  return section('Request', 'secrets masked', ...parts);
}

function answer({ status, headers, body, sent }) {
  if (sent === 'none') return section('Answer', '', el('p', { className: 'hint', textContent: 'The connection was closed without an answer.' }));
  const note = sent === 'partial' ? 'truncated' : '';
  const text = body === null || body === undefined || body === '' ? null : pretty(body);
  return section(`Answer ${status}`, note,
    text === null ? el('p', { className: 'hint', textContent: 'No body.' }) : code(text, 'Body', true),
    headerList(headers));
}

function section(title, note, ...parts) {
  const heading = el('h3', {}, title);
  if (note) heading.append(el('span', { className: 'facts', textContent: note }));
  return el('section', {}, heading, ...parts);
}

/** The parts of a form: fields with their values, files with name, type and size. */
function fields(parts) {
  if (!parts.length) return el('p', { className: 'hint', textContent: 'Empty form.' });
  const list = el('dl', { className: 'fields' });
  for (const part of parts) {
    const value = 'file_name' in part
      ? el('dd', { className: 'is-file' }, el('span', { dir: 'auto', textContent: part.file_name ?? '' }), el('span', { className: 'facts', textContent: `${part.media_type}, ${format.size(part.size)}` }))
      : el('dd', { dir: 'auto', textContent: typeof part.value === 'string' ? part.value : JSON.stringify(part.value) });
    if (part.sha256) value.title = `SHA-256 ${part.sha256}`;
    list.append(el('dt', { textContent: part.name }), value);
  }
  return list;
}

function headerList(headers = []) {
  const list = el('dl', { className: 'fields' });
  for (const [name, value] of headers) list.append(el('dt', { textContent: name }), el('dd', { textContent: value }));
  return el('details', {}, el('summary', { textContent: format.plural(headers.length, 'header') }), list);
}

const pretty = (body) => (typeof body === 'string' ? indented(body) : JSON.stringify(body, null, 2));

function indented(text) {
  if (!/^\s*[[{]/u.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function code(text, label, copy = false) {
  const block = el('pre', { tabIndex: 0, 'aria-label': label, textContent: text });
  return copy ? el('div', { className: 'copyable' }, block, copyButton(() => text)) : block;
}

/** A button that copies the result of `text()`. */
export function copyButton(text) {
  const button = el('button', { type: 'button', className: 'copy', textContent: 'Copy' });
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = 'Copied';
    } catch {
      // The clipboard needs a secure origin. Without one, select the text.
      getSelection().selectAllChildren(button.previousElementSibling);
      button.textContent = 'Selected';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  });
  return button;
}
