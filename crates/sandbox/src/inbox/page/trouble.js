// The one place for what went wrong.

import { byId, showText } from './dom.js';
import { state } from './store.js';

let text = '';

/** Shows an error until the next thing goes well or ten seconds have passed. */
export function showTrouble(error) {
  text = error ? error.message : '';
  draw();
  if (text) {
    const shown = text;
    setTimeout(() => {
      if (text !== shown) return;
      text = '';
      draw();
    }, 10_000);
  }
}

export function draw() {
  const lost = state.link === 'lost' ? 'The sandbox cannot be reached. Trying again; what is shown may be old.' : '';
  showText(byId('trouble'), text || lost);
}
