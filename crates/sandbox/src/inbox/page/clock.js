// The sandbox's clock: its time, and the buttons that advance it.

import { post } from './api.js';
import { byId, setText, showText } from './dom.js';
import * as format from './format.js';
import { refreshClock } from './live.js';
import * as store from './store.js';
import { showTrouble } from './trouble.js';

const other = byId('clock-other');
const form = byId('clock-form');

export function start() {
  for (const button of document.querySelectorAll('[data-advance]')) {
    button.addEventListener('click', () => advance(Number(button.dataset.advance)));
  }
  other.addEventListener('click', () => toggle(form.hidden));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    await advance(Math.round(Number(byId('clock-amount').value) * Number(byId('clock-unit').value)));
    toggle(false);
    other.focus();
  });
  form.addEventListener('focusout', (event) => {
    if (event.relatedTarget && event.relatedTarget !== other && !form.contains(event.relatedTarget)) toggle(false);
  });
  setInterval(draw, 1000);
  setTimeout(refreshClock, 2000);
  setInterval(refreshClock, 30_000);
}

/** Closes the form if it is open, and returns whether it was. */
export function closeForm() {
  if (form.hidden) return false;
  toggle(false);
  other.focus();
  return true;
}

export function draw() {
  if (!store.state.loaded) return;
  const now = new Date(store.now());
  const time = byId('clock-now');
  const year = now.getFullYear() === new Date().getFullYear() ? '' : ` ${now.getFullYear()}`;
  setText(time, format.moment(now) + year);
  time.dateTime = now.toISOString();
  time.title = `${now.toISOString()} on the sandbox's clock`;
  const { advanced } = store.state.clock;
  showText(byId('clock-ahead'), advanced > 0 ? `${format.duration(advanced)} ahead` : '');
}

async function advance(ms) {
  try {
    store.setClock(await post('clock', { advance_ms: ms }));
    showTrouble(null);
  } catch (error) {
    showTrouble(error);
  }
}

function toggle(open) {
  form.hidden = !open;
  other.setAttribute('aria-expanded', open);
  if (open) byId('clock-amount').select();
}
