// The side panel: a call, the faults, or the form for messages from customers.

import * as call from './call_panel.js';
import { byId } from './dom.js';
import * as faults from './faults_panel.js';
import * as incoming from './incoming_panel.js';
import * as route from './route.js';
import { state } from './store.js';

const panel = byId('panel');
const NAMED = { faults, incoming };
let shown = null;
let opener = null;

/** Shows the panel that the route names. */
export function draw(links) {
  const { call: id, panel: name } = route.current();
  const wanted = name ?? id;
  panel.hidden = wanted === null;
  for (const known of Object.keys(NAMED)) byId(`open-${known}`).setAttribute('aria-expanded', name === known);
  // The panels need data of the sandbox: the deliveries of a call, the names of operations.
  if (wanted !== null && !state.loaded) return;
  if (name !== null) {
    if (shown !== wanted) call.forget();
    NAMED[name].draw(shown !== wanted);
  } else if (wanted === null) {
    call.forget();
    byId('panel-body').replaceChildren();
  } else if (shown !== wanted) {
    call.show(id, links);
  }
  shown = wanted;
}

/** Moves the focus into the panel. `close` moves it back. */
export function focus() {
  if (!panel.contains(document.activeElement)) opener = document.activeElement;
  byId('panel-title').focus();
}

/** Closes the panel. The focus returns to the element that had it; if it is gone, calls `elsewhere()`. */
export function close(elsewhere) {
  const held = panel.contains(document.activeElement);
  route.go({ call: null, panel: null }, true);
  if (!held) return;
  if (opener?.isConnected && opener.offsetParent !== null && opener !== document.body) opener.focus();
  else elsewhere();
  opener = null;
}
