// Making and updating elements. Whatever comes from a message only ever becomes text or a
// property; nothing here, or in any other file of this page, parses markup.

/** The element of the page with this id. */
export const byId = (id) => document.getElementById(id);

/** Makes an element: properties (a `data` object becomes data attributes), then children. */
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

/** Sets a text only when it differs, so that a selection in it survives. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Shows a text in an element, or hides the element when there is none. */
export function showText(node, text) {
  node.hidden = !text;
  setText(node, text || '');
}

/**
 * Makes the children of `parent` those of `items`, in order, reusing what is there by key.
 * `create(item)` makes an element; `update(element, item)` is called for each that is shown.
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

/** Tells those who listen rather than look. */
export function announce(text) {
  byId('announcer').textContent = text;
}
