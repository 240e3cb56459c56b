// Formats times, sizes and counts for display.

const KINDS = {
  text: 'Text',
  image: 'Image',
  voice: 'Voice note',
  document: 'Document',
  video: 'Video',
  audio: 'Audio',
  location: 'Location',
  template: 'Template',
  cta_url: 'Link button',
  interactive_list: 'Interactive list',
  product: 'Product',
  order: 'Order',
  file_url: 'File by URL',
  dialog: 'Dialog',
  note: 'Note',
  custom_fields: 'Custom fields',
  context: 'Variables of the chatbot',
  chat_name: 'New name',
  chat_added: 'Chat added',
};

const format = (options) => new Intl.DateTimeFormat('en-GB', options);
const TIME = format({ hour: '2-digit', minute: '2-digit' });
const SECONDS = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const SHORT_DAY = format({ day: 'numeric', month: 'short' });
const DAY = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const MOMENT = format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** The date, or null if the text is not a date. */
export function date(text) {
  const value = new Date(text);
  return Number.isNaN(value.getTime()) ? null : value;
}

const shown = (formatter) => (text) => {
  const value = date(text);
  return value ? formatter.format(value) : '';
};

export const time = shown(TIME);
export const seconds = shown(SECONDS);
export const day = shown(DAY);
export const moment = shown(MOMENT);

/** The time if it is on the same day as `now`, otherwise the day. */
export function timeOrDay(text, now) {
  const value = date(text);
  if (!value) return '';
  return value.toDateString() === new Date(now).toDateString() ? TIME.format(value) : SHORT_DAY.format(value);
}

export const kind = (name) => KINDS[name] ?? String(name);

export function plural(count, one, many = `${one}s`) {
  return `${number(count)} ${count === 1 ? one : many}`;
}

export const number = (value) => value.toLocaleString('en-GB').replaceAll(',', '\u202f');

export function size(bytes) {
  if (!Number.isFinite(bytes)) return '';
  if (bytes < 1024) return plural(bytes, 'byte');
  const units = ['KiB', 'MiB', 'GiB'];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < 2) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`;
}

/** Formats milliseconds with the two largest units, such as "3 min" or "1 day 4 h". */
export function duration(ms) {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const units = [['day', 86400], ['h', 3600], ['min', 60], ['s', 1]];
  let rest = Math.round(ms / 1000);
  const parts = [];
  for (const [name, length] of units) {
    const count = Math.floor(rest / length);
    rest %= length;
    if (count > 0) parts.push(`${number(count)} ${name === 'day' && count > 1 ? 'days' : name}`);
    else if (parts.length) break;
  }
  return parts.slice(0, 2).join(' ');
}

/** The initials of a name: one or two letters, or `#` if it has none. */
export function initials(name) {
  const words = String(name).trim().split(/\s+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  if (!words.length) return '#';
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
  return ends.map((word) => Array.from(word)[0].toUpperCase()).join('');
}

/** The address if it is an HTTP URL, otherwise null. Other schemes could run a script. */
export function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}
