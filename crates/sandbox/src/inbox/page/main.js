// The entry point: draws all parts of the page and handles the keys that work everywhere.

import * as calls from './calls.js';
import * as chat from './chat.js';
import * as clock from './clock.js';
import { announce, byId, isNarrow, setText, showText } from './dom.js';
import * as format from './format.js';
import * as incomingForm from './incoming_form.js';
import * as live from './live.js';
import * as panel from './panel.js';
import * as reset from './reset.js';
import * as route from './route.js';
import * as sidebar from './sidebar.js';
import * as store from './store.js';
import * as trouble from './trouble.js';
import * as welcome from './welcome.js';

const LINKS = { connecting: 'Connecting', live: 'Live', lost: 'Reconnecting' };

const links = {
  openDelivery(delivery) {
    route.go({ view: 'chats', chat: delivery.conversation, call: isNarrow() ? null : route.current().call });
    chat.reveal(delivery.id);
  },
  openFaults: () => openPanel('faults'),
};

let epoch = 0;

function draw() {
  if (epoch !== store.state.epoch) startOver();
  const { view, chat: key, call, panel: name } = route.current();
  const open = view === 'chats' && store.state.conversations.has(key);
  const hasPanel = name !== null || call !== null;
  const main = view === 'calls' || open || (store.state.loaded && !store.state.conversations.size);
  document.body.dataset.view = view;
  document.body.dataset.pane = hasPanel ? 'panel' : main ? 'main' : 'list';
  if (open && isReading(key)) store.markRead(key);
  for (const [tab, itsView] of [['tab-chats', 'chats'], ['tab-calls', 'calls']]) {
    if (view === itsView) byId(tab).setAttribute('aria-current', 'page');
    else byId(tab).removeAttribute('aria-current');
  }
  byId('sidebar').hidden = view !== 'chats';
  byId('calls-view').hidden = view !== 'calls';
  byId('welcome').hidden = view !== 'chats' || open;
  sidebar.draw();
  calls.drawCount();
  if (view === 'calls') {
    byId('chat').hidden = true;
    calls.draw();
  } else {
    chat.draw();
    welcome.draw();
  }
  panel.draw(links);
  clock.draw();
  trouble.draw();
  drawLink();
  showText(byId('faults-count'), store.state.faults.length ? format.number(store.state.faults.length) : '');
}

/** Removes everything drawn so far, after a reset or when another sandbox answers. */
function startOver() {
  epoch = store.state.epoch;
  if (route.current().call !== null) panel.close(focusList);
  if (byId('main').contains(document.activeElement)) byId('chats').focus();
  for (const list of ['chats', 'messages', 'calls']) byId(list).replaceChildren();
}

function drawLink() {
  const link = byId('link');
  if (link.dataset.link !== store.state.link) link.dataset.link = store.state.link;
  setText(link.firstElementChild, LINKS[store.state.link]);
}

/** Whether the user can see this conversation. */
function isReading(key) {
  const { view, chat: selected } = route.current();
  if (document.hidden || view !== 'chats' || selected !== key) return false;
  return !isNarrow() || document.body.dataset.pane === 'main';
}

function openPanel(name) {
  route.go({ panel: name });
  panel.focus();
}

function openCall(id) {
  route.go({ call: id, panel: null }, route.current().call !== null);
  panel.focus();
}

function focusList() {
  if (route.current().view === 'calls') byId('calls').focus();
  else if (isNarrow() && document.body.dataset.pane === 'main') chat.focusMessages();
  else byId('chats').focus();
}

function back() {
  route.go({ chat: null, call: null }, true);
  byId('chats').focus();
}

function escape() {
  const filter = document.activeElement;
  if (clock.closeForm()) return;
  if (filter?.type === 'search' && filter.value) {
    filter.value = '';
    store.changed();
  } else if (!byId('panel').hidden) {
    panel.close(focusList);
  } else if (!byId('chat').hidden) {
    if (isNarrow()) back();
    else byId('chats').focus();
  }
}

function onKey(event) {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || document.querySelector('dialog[open]')) return;
  const typing = event.target.matches('input, select, textarea');
  if (event.key === 'Escape') {
    escape();
  } else if (event.key === '/' && !typing) {
    const filter = byId(route.current().view === 'calls' ? 'calls-filter' : 'chats-filter');
    if (filter.offsetParent === null) return;
    filter.select();
  } else {
    return;
  }
  event.preventDefault();
}

/** Announces how many messages arrived, instead of each one. */
function announceNews() {
  let announced = 0;
  setInterval(() => {
    const { news } = store.state;
    if (news > announced) announce(format.plural(news - announced, 'new message'));
    announced = news;
  }, 2000);
}

store.readingIs(isReading);
store.onChange(draw);
route.onRoute(draw);
sidebar.start((key) => {
  if (isNarrow()) byId('chat-title').focus();
  else if (key) chat.focusMessages();
});
calls.start(panel.focus);
chat.start(openCall);
incomingForm.start((key) => route.go({ view: 'chats', chat: key, call: isNarrow() ? null : route.current().call }, true));
clock.start();
reset.start();
byId('chat-back').addEventListener('click', back);
byId('panel-close').addEventListener('click', () => panel.close(focusList));
for (const name of ['faults', 'incoming']) {
  byId(`open-${name}`).addEventListener('click', () => {
    if (route.current().panel === name) panel.close(focusList);
    else openPanel(name);
  });
}
addEventListener('keydown', onKey);
document.addEventListener('visibilitychange', store.changed);
matchMedia('(max-width: 47.5rem)').addEventListener('change', store.changed);
announceNews();
draw();
live.start();
