// The keyboard in a list. The list itself keeps the focus and names its active row, so that rows
// may move and go while messages arrive without anybody losing their place.

import { isNarrow } from './dom.js';

/**
 * `select(key)` when a row is chosen; `enter(key)` when it is to be opened.
 * Returns a function that marks the active row, to be called after each drawing.
 */
export function listbox(list, { select, enter }) {
  let active = null;
  const rows = () => [...list.querySelectorAll('[role=option]')];

  const mark = (selected) => {
    if (selected !== undefined && selected !== null) active = String(selected);
    let found = null;
    for (const row of rows()) {
      const isActive = row.dataset.key === active;
      row.classList.toggle('active', isActive);
      if (isActive) found = row;
    }
    if (found) list.setAttribute('aria-activedescendant', found.id);
    else list.removeAttribute('aria-activedescendant');
    return found;
  };

  const move = (row) => {
    if (!row) return;
    active = row.dataset.key;
    mark();
    row.scrollIntoView({ block: 'nearest' });
    // Where only one pane is shown, choosing would leave the list.
    if (!isNarrow()) select(active);
  };

  list.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const all = rows();
    const at = all.findIndex((row) => row.dataset.key === active);
    const steps = { ArrowDown: at + 1, ArrowUp: at < 0 ? all.length - 1 : at - 1, Home: 0, End: all.length - 1, PageDown: at + 10, PageUp: at - 10 };
    if (event.key in steps) {
      move(all[Math.min(Math.max(steps[event.key], 0), all.length - 1)]);
    } else if (event.key === 'Enter' || event.key === ' ') {
      if (at >= 0) {
        select(active);
        enter(active);
      }
    } else {
      return;
    }
    event.preventDefault();
  });

  list.addEventListener('click', (event) => {
    const row = event.target.closest('[role=option]');
    if (!row) return;
    active = row.dataset.key;
    select(active);
    if (isNarrow()) enter(active);
  });

  return mark;
}
