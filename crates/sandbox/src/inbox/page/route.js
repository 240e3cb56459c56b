// What is being looked at, kept in the address, so that Back, a reload and a bookmark work.

let route = read();
const listeners = [];

function read() {
  const params = new URLSearchParams(location.hash.slice(1));
  const call = Number(params.get('call'));
  return {
    view: params.get('view') === 'calls' ? 'calls' : 'chats',
    chat: params.get('chat'),
    call: Number.isInteger(call) && call > 0 ? call : null,
    panel: params.get('panel') === 'faults' ? 'faults' : null,
  };
}

export const current = () => route;

export function onRoute(listener) {
  listeners.push(listener);
}

/** Goes to what is looked at now with some of it changed; `quietly` leaves no step to go back to. */
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

// Back, forward, and links to a `#` of this page.
addEventListener('popstate', moved);
