// The line that shows errors.

import { byId, showText } from './dom.js';
import { state } from './store.js';

let text = '';

/** Shows an error for ten seconds. `null` removes it. */
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
  const lost = state.link === 'lost' ? 'The sandbox cannot be reached. The page keeps trying and may show outdated data.' : '';
  showText(byId('trouble'), text || lost);
}
