//! Use of the page: with the keyboard, on a phone, in dark mode, and with many messages.

use zap_sandbox::Sandbox;

use crate::{
    browser::{Browser, DOWN, ENTER, ESCAPE, TAB, UP},
    http::Request,
    senders::{chatguru, parts, post, text},
};

const FOCUSED: &str = "return document.activeElement.id || document.activeElement.className";

#[tokio::test]
async fn the_page_can_be_used_with_the_keyboard_alone() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    text(&sandbox, "to Ana").await.success();
    text(&sandbox, "to Ana again").await.success();
    parts(&sandbox, "55", "31977770003", &[("message", None, b"to Caio")]).await.success();
    chatguru(&sandbox, "message_send&text=through ChatGuru").await;
    browser.open(&sandbox.url()).await;
    browser.shows("through ChatGuru").await;

    // The filter.
    browser.press("/").await;
    assert_eq!(browser.text(FOCUSED).await, "chats-filter");
    browser.press("caio").await;
    browser.until("one is left", "return document.querySelectorAll('#chats [role=option]').length === 1").await;
    browser.press(&ESCAPE.to_string()).await;
    browser.until("all are back", "return document.querySelectorAll('#chats [role=option]').length === 3").await;

    // The list is ordered newest first, so Ana is EscalaZap's second conversation.
    browser.press(&format!("{TAB}{DOWN}")).await;
    browser.until("Caio is selected", "return document.querySelector('#chat-title')?.innerText === 'Caio Souza'").await;
    browser.press(&DOWN.to_string()).await;
    browser.until("Ana is selected", "return document.querySelector('#chat-title').innerText === 'Ana Lima'").await;
    assert_eq!(browser.run("return document.querySelectorAll('[aria-selected=true]').length").await, 1);

    // The messages, and the call of one.
    browser.press(&ENTER.to_string()).await;
    assert_eq!(browser.text(FOCUSED).await, "call");
    browser.press(&format!("{UP}{ENTER}")).await;
    browser.until("the panel is open", "return !document.getElementById('panel').hidden").await;
    assert_eq!(browser.text(FOCUSED).await, "panel-title");
    browser.shows("to Ana").await;
    browser.press(&ESCAPE.to_string()).await;
    let back = "const row = document.activeElement.closest('.message');
                return document.getElementById('panel').hidden && row === document.querySelector('.message')";
    browser.until("the focus is where it was", back).await;

    // New messages do not move the focus.
    browser.run("window.held = document.activeElement").await;
    for count in 0..30 {
        text(&sandbox, &format!("news {count}")).await.success();
    }
    browser.shows("news 29").await;
    assert_eq!(browser.run("return document.activeElement === window.held").await, true);
    browser.press(&ESCAPE.to_string()).await;
    assert_eq!(browser.text(FOCUSED).await, "chats");
    let active = "return document.querySelector('#chats .active .who').innerText + \
                  (document.querySelector('#chats .active').id === document.activeElement.getAttribute('aria-activedescendant'))";
    assert_eq!(browser.text(active).await, "Ana Limatrue");
    parts(&sandbox, "55", "31977770003", &[("message", None, b"Caio moves up")]).await.success();
    browser.shows("Caio moves up").await;
    assert_eq!(browser.text(active).await, "Ana Limatrue");
    // The focus is visible.
    let outline = "return getComputedStyle(document.querySelector('#chats .active')).outlineStyle";
    assert_eq!(browser.text(outline).await, "solid");

    // The dialog.
    browser.run("document.getElementById('open-reset').focus()").await;
    browser.press(&ENTER.to_string()).await;
    assert_eq!(browser.text(FOCUSED).await, "reset-cancel");
    browser.press(&ESCAPE.to_string()).await;
    assert_eq!(browser.text(FOCUSED).await, "open-reset");
}

#[tokio::test]
async fn a_phone_shows_one_pane_at_a_time() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    browser.be_a_phone().await;
    let long = "one-word-that-never-ends-".repeat(40);
    text(&sandbox, &long).await.success();
    post(&sandbox, &format!("no/{long}")).ask(&sandbox).await;
    browser.open(&sandbox.url()).await;
    browser.run("document.getElementById('clock-other').focus()").await;
    browser.press(&ENTER.to_string()).await;
    fits(&browser, "list with the clock's form").await;
    browser.press(&ESCAPE.to_string()).await;
    let visible = |id: &str| format!("return document.getElementById('{id}').offsetParent !== null");
    assert_eq!(browser.run(&visible("chat")).await, false);

    browser.click("#chats [role=option]").await;
    browser.until("the chat is shown", &visible("chat")).await;
    assert_eq!(browser.run(&visible("sidebar")).await, false);
    fits(&browser, "chat").await;
    browser.click(".message .call").await;
    browser.until("the call is shown", &visible("panel")).await;
    browser.shows("Delivered, and the answer says so").await;
    assert_eq!(browser.run(&visible("chat")).await, false);
    fits(&browser, "call").await;
    browser.click("#panel-close").await;
    browser.until("the chat is back", &visible("chat")).await;
    browser.click("#chat-back").await;
    browser.until("the list is back", &visible("sidebar")).await;
    assert_eq!(browser.text(FOCUSED).await, "chats");
    browser.click("#tab-calls").await;
    fits(&browser, "calls").await;
    browser.click("#open-faults").await;
    fits(&browser, "faults").await;
}

/// Checks that the page is not wider than the screen.
async fn fits(browser: &Browser, what: &str) {
    let widths = "return [document.documentElement.scrollWidth, innerWidth, visualViewport.width].join()";
    assert_eq!(browser.text(widths).await, "390,390,390", "{what}");
}

#[tokio::test]
async fn texts_have_enough_contrast_in_light_and_dark_mode() {
    // Text colours with their background colours. WCAG AA requires a contrast ratio of 4.5.
    const SCRIPT: &str = "
        const pairs = ['text bg', 'text surface', 'text hover', 'text bubble', 'muted bg', 'muted surface', 'muted bubble',
          'muted hover', 'muted accent-soft', 'muted sunken', 'accent surface', 'accent bg', 'accent bubble',
          'accent accent-soft', 'on-accent accent', 'warn surface', 'warn bg', 'warn warn-soft', 'bad surface', 'bad bad-soft',
          'bad accent-soft', 'hue-1 sunken', 'hue-2 sunken', 'hue-3 sunken', 'hue-4 sunken', 'hue-5 sunken', 'hue-6 sunken', 'hue-4 accent-soft'];
        const probe = document.body.appendChild(document.createElement('i'));
        const light = (name) => {
          probe.style.color = `var(--${name})`;
          const parts = getComputedStyle(probe).color.match(/[0-9.]+/g).map((part) => part / 255)
            .map((part) => (part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4));
          return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2];
        };
        return pairs.filter((pair) => {
          const [a, b] = pair.split(' ').map(light).sort((a, b) => b - a);
          return (a + .05) / (b + .05) < 4.5;
        }).join(', ') + getComputedStyle(document.body).backgroundColor";
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    browser.open(&sandbox.url()).await;
    browser.prefer_colors("light").await;
    assert_eq!(browser.text(SCRIPT).await, "rgb(244, 246, 248)");
    browser.prefer_colors("dark").await;
    assert_eq!(browser.text(SCRIPT).await, "rgb(15, 19, 23)");
}

#[tokio::test]
async fn many_messages_do_not_fill_the_page() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    text(&sandbox, "before").await.success();
    browser.open(&sandbox.url()).await;
    browser.click("#chats [role=option]").await;
    let send = |count: usize| {
        let form = format!("mobile_code=55&mobile=11987654321&message=number+{count}");
        post(&sandbox, "inbox/send-message").form(&form).ask(&sandbox)
    };
    for count in 0..1500 {
        send(count).await.success();
    }
    browser.shows("number 1499").await;
    assert_eq!(browser.run("return document.querySelectorAll('.message').length").await, 200);
    browser.run("document.getElementById('chat-scroll').scrollTop = 0").await;
    browser.click("#chat-earlier").await;
    assert_eq!(browser.run("return document.querySelectorAll('.message').length").await, 400);
    // A user who scrolled up stays there and sees a notice.
    text(&sandbox, "the newest").await.success();
    browser.shows("1 new message").await;
    browser.click("#chat-newer").await;
    browser.until("the end is in sight", "const { bottom } = document.querySelector('.message:last-child').getBoundingClientRect(); return bottom <= innerHeight").await;
    assert_eq!(Request::new("GET", "/").ask(&sandbox).await.status, 200);
}

#[tokio::test]
async fn the_page_reports_messages_that_are_no_longer_kept() {
    let sandbox = Sandbox::start().await.unwrap();
    let send = |count: usize| {
        let form = format!("mobile_code=55&mobile=11987654321&message=number+{count}");
        post(&sandbox, "inbox/send-message").form(&form).ask(&sandbox)
    };
    // The page keeps 5000 messages. Send them before the browser starts, so that another test can use one meanwhile.
    for count in 0..5003 {
        send(count).await.success();
    }
    let Some(browser) = Browser::start().await else { return };
    browser.open(&sandbox.url()).await;
    browser.shows("3 older messages are no longer kept.").await;
    send(5003).await.success();
    browser.shows("4 older messages are no longer kept.").await;
    browser.click("#chats [role=option]").await;
    browser.shows("Older messages may no longer be kept").await;
    let reset = Request::new("POST", "/__sandbox/reset").ask(&sandbox).await;
    assert_eq!(reset.status, 200);
    let gone = "return !document.body.innerText.includes('older messages are no longer kept')";
    browser.until("the notice disappears after a reset", gone).await;
}
