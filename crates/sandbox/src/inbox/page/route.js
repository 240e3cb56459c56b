// The current view. It is kept in the address, so that Back, a reload and a bookmark work.

let route = read();
const listeners = [];

function read() {
  const params = new URLSearchParams(location.hash.slice(1));
  const call = Number(params.get('call'));
  return {
    view: params.get('view') === 'calls' ? 'calls' : 'chats',
    chat: params.get('chat'),
    call: Number.isInteger(call) && call > 0 ? call : null,
    panel: ['faults', 'incoming'].find((name) => name === params.get('panel')) ?? null,
  };
}

export const current = () => route;

export function onRoute(listener) {
  listeners.push(listener);
}

/** Changes parts of the current view. With `quietly`, no entry is added to the history. */
export function go(change, quietly = false) {
  const next = { ...route, ...change };
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(next)) {
    if (value !== null) params.set(name, value);
  }
  const hash = `#${params}`;
  if (hash === location.hash) return;
  history[quietly ? 'replaceState' : 'pushState'](null, '', hash);
  moved();
}

function moved() {
  const before = route;
  route = read();
  for (const listener of listeners) listener(route, before);
}

// Fires on Back, Forward, and links to a fragment of this page.
addEventListener('popstate', moved);
