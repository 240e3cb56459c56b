// The panel where the user writes as a customer and sets the URL of the webhook.

import { byId, setText } from './dom.js';
import * as form from './incoming_form.js';
import * as webhook from './webhook_form.js';

/** Draws the panel. The forms are added only when it opens, so that their input survives. */
export function draw(fresh) {
  if (fresh) {
    setText(byId('panel-title'), 'A customer writes');
    setText(byId('panel-subtitle'), 'Test how your program receives messages.');
    byId('panel-body').replaceChildren(form.element(), webhook.element());
    byId('panel-body').scrollTop = 0;
  }
  form.draw();
  webhook.draw();
}
