// Creates and updates elements. Content of messages only becomes text or a property. No file of this
// page parses markup.

/** Returns the element with this id. */
export const byId = (id) => document.getElementById(id);

/** Creates an element. A `data` object among the properties becomes data attributes. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name === 'data') Object.assign(node.dataset, value);
    else if (name in node && name !== 'role') node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Creates a control with its label. */
export const field = (label, control) => el('label', {}, el('span', { textContent: label }), control);

/** Creates the options of a choice from pairs of a value and a text. */
export const options = (pairs) => pairs.map(([value, text]) => el('option', { value, textContent: text }));

/** Sets a text only if it differs, so that a selection in it survives. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Shows a text in an element, or hides the element if the text is empty. */
export function showText(node, text) {
  node.hidden = !text;
  setText(node, text || '');
}

/**
 * Gives `parent` one child for each of `items`, in order, and reuses existing children by key.
 * `create(item)` returns a new element; `update(element, item)` is called for every item.
 */
export function sync(parent, items, { key, create, update }) {
  const old = new Map();
  for (const child of parent.children) old.set(child.dataset.key, child);
  let next = parent.firstElementChild;
  for (const item of items) {
    const id = String(key(item));
    let node = old.get(id);
    if (node) {
      old.delete(id);
    } else {
      node = create(item);
      node.dataset.key = id;
    }
    if (node === next) next = next.nextElementSibling;
    else parent.insertBefore(node, next);
    update(node, item);
  }
  for (const node of old.values()) node.remove();
}

/** Whether the page shows one pane at a time. */
export const isNarrow = () => matchMedia('(max-width: 47.5rem)').matches;

/** Announces a text to users of a screen reader. */
export function announce(text) {
  byId('announcer').textContent = text;
}
