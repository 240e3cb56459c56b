// Keyboard and mouse in a list. The list keeps the focus and names its active row, so that the user
// keeps the position while rows move and disappear.

import { isNarrow } from './dom.js';

/**
 * Calls `select(key)` when a row becomes active, and `enter(key)` when the user opens it.
 * Returns a function that marks the active row. Call it after each drawing.
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
    // On a narrow page, selecting a row would replace the list by the conversation.
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
