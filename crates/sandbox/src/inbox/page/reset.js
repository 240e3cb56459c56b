// The reset button and its confirmation.

import { post } from './api.js';
import { byId, setText } from './dom.js';
import * as format from './format.js';
import { state } from './store.js';
import { showTrouble } from './trouble.js';

const dialog = byId('reset-dialog');

export function start() {
  byId('open-reset').addEventListener('click', () => {
    const received = [...state.entries.values()].filter(({ isIncoming }) => isIncoming).length;
    const parts = [
      format.plural(state.entries.size - received, 'delivery', 'deliveries'),
      ...(received ? [`${format.plural(received, 'message')} from customers`] : []),
      format.plural(state.calls.size, 'call'),
      format.plural(state.faults.length, 'fault'),
    ];
    setText(byId('reset-text'), `This removes ${parts.join(', ')}, and undoes every change to contacts and chats. The clock and the webhook URL are set back, too.`);
    dialog.showModal();
  });
  byId('reset-cancel').addEventListener('click', () => dialog.close());
  byId('reset-confirm').addEventListener('click', async () => {
    dialog.close();
    try {
      await post('reset');
      showTrouble(null);
    } catch (error) {
      showTrouble(error);
    }
  });
}
