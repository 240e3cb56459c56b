//! Messages from customers in the page: the form, the bubbles, and the results of posts.

use std::time::Duration;

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    task::JoinHandle,
};
use zap_sandbox::{IncomingKind, IncomingMessage, PostState, Provider, Sandbox};

use crate::{
    browser::{Browser, ENTER, TAB},
    senders::{chatguru, text},
};

const ANA: &str = "5511987654321";
const STATES: &str = "[...document.querySelectorAll('.incoming .state')].map((state) => state.innerText).join(' | ')";

/// Starts a receiver that answers every post with this status. Returns its address.
async fn receiver(status: u16) -> (String, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook/t0kenOfThePage", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut seen = Vec::new();
            // The payload is the last part of the request, and ends with a brace.
            while !seen.ends_with(b"}") && stream.read_buf(&mut seen).await.unwrap_or(0) > 0 {}
            let answer = format!("HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n");
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    (url, task)
}

/// Sets the control with this label in the panel, as a user does.
async fn fill(browser: &Browser, label: &str, value: &str) {
    let (label, value) = (Value::from(label), Value::from(value));
    let script = format!(
        "const labels = [...document.querySelectorAll('#panel-body label')];
         const label = labels.find((one) => one.firstElementChild.innerText.trim() === {label});
         const control = label.lastElementChild;
         control.value = {value};
         control.dispatchEvent(new Event('change'));
         return label.checkVisibility()"
    );
    assert_eq!(browser.run(&script).await, true, "{label}");
}

async fn states(browser: &Browser, expected: &str) {
    let expected = Value::from(expected);
    browser.until(&format!("the posts are {expected}"), &format!("return {STATES} === {expected}")).await;
}

#[tokio::test]
async fn a_customer_writes_through_the_form() {
    let Some(browser) = Browser::start().await else { return };
    let (url, _receiver) = receiver(200).await;
    let sandbox = Sandbox::start().await.unwrap();
    browser.open(&sandbox.url()).await;
    browser.click("#open-incoming").await;
    browser.shows("The message is not posted, because no webhook URL is set.").await;
    fill(&browser, "Number", ANA).await;
    fill(&browser, "Name", "Ana").await;
    fill(&browser, "Text", "Ol\u{e1}, tudo bem?").await;
    browser.click(".panel-form [type=submit]").await;
    browser.until("the chat is open", "return document.querySelector('#chat-title')?.innerText === 'Ana Lima'").await;
    states(&browser, "not posted: no webhook URL is set").await;

    // The URL is set in the panel, and its token is not shown.
    fill(&browser, "URL", &url).await;
    browser.click(".panel-form + .panel-form [type=submit]").await;
    browser.shows("ChatGuru posts to http://127.0.0.1:").await;
    assert_eq!(browser.run("return document.documentElement.outerHTML.includes('t0kenOfThePage')").await, false);
    assert_eq!(browser.run("return document.querySelector('.panel-form + .panel-form input').value").await, "");
    fill(&browser, "Kind", "image").await;
    fill(&browser, "Caption", "O bolo").await;
    browser.click(".panel-form [type=submit]").await;
    states(&browser, "not posted: no webhook URL is set | posted \u{b7} 200").await;
    let picture = "return document.querySelector('.incoming .picture img')?.naturalWidth > 1";
    browser.until("the picture is shown", picture).await;
    chatguru(&sandbox, "message_send&text=Oi").await;
    browser.shows("Oi").await;
    // The customer's bubbles are on the other side, and named for users who do not see that.
    let sides = "const side = (row) => row.querySelector('.bubble').getBoundingClientRect();
                 const [first, , last] = document.querySelectorAll('.message');
                 return side(first).left < side(last).left && side(first).right < side(last).right";
    assert_eq!(browser.run(sides).await, true);
    let named = "return document.querySelector('.incoming .bubble').textContent.startsWith('From the customer:')";
    assert_eq!(browser.run(named).await, true);

    let messages = sandbox.incoming();
    assert_eq!((messages[0].from.as_str(), messages[0].text.as_deref()), (ANA, Some("Ol\u{e1}, tudo bem?")));
    assert_eq!((messages[1].kind, messages[1].text.as_deref()), (IncomingKind::Image, Some("O bolo")));
    assert_eq!(messages[1].post_state, PostState::Posted);
    browser.click(".panel-form + .panel-form [type=button]").await;
    browser.shows("No webhook URL is set.").await;
    // The form shows an error of the sandbox.
    fill(&browser, "File URL", "not a URL").await;
    browser.click(".panel-form [type=submit]").await;
    browser.shows("url: expected an http or https URL").await;
    assert_eq!(browser.log().await.as_array().map(Vec::len), Some(1), "only the refused request is reported");
}

#[tokio::test]
async fn messages_and_the_results_of_their_posts_appear_live() {
    let Some(browser) = Browser::start().await else { return };
    let (good, _receiver) = receiver(202).await;
    let (bad, _other) = receiver(503).await;
    let sandbox = Sandbox::builder().webhook_url(good).start().await.unwrap();
    browser.open(&sandbox.url()).await;
    browser.shows("Waiting for the first message").await;
    let receive = |message: IncomingMessage| sandbox.receive(Provider::ChatGuru, message).unwrap();
    receive(IncomingMessage::text(ANA, "<img src=x onerror=window.ran=1>").name("Ana"));
    browser.until("one is unread", "return document.title === '(1) Sandbox inbox'").await;
    browser.click("#chats [role=option]").await;
    states(&browser, "posted \u{b7} 202").await;
    sandbox.faults().add(zap_sandbox::Fault::repeated_post(1)).unwrap();
    receive(IncomingMessage::text(ANA, "twice"));
    states(&browser, "posted \u{b7} 202 | posted 2 times \u{b7} 202, 202 \u{b7} fault 1").await;
    sandbox.set_webhook_url(&bad).unwrap();
    receive(IncomingMessage::sample(IncomingKind::Voice, ANA));
    browser.until("the post failed", &format!("return {STATES}.endsWith('post failed \u{b7} 503')")).await;
    browser.until("it can be heard", "return document.querySelector('.incoming audio')?.readyState > 0").await;
    // Two replies lie between the customer's messages, and all are in the order in which they came.
    chatguru(&sandbox, "message_send&text=reply").await;
    sandbox.faults().add(zap_sandbox::Fault::late_post(Duration::from_secs(3600))).unwrap();
    receive(IncomingMessage::document(ANA, "https://files.example/a.pdf").caption("late"));
    browser.until("it waits", &format!("return {STATES}.endsWith('waits to be posted \u{b7} fault 2')")).await;
    browser.shows("https://files.example/a.pdf").await;
    let order = "return [...document.querySelectorAll('.message')]
                   .map((row) => row.classList.contains('incoming') ? 'in' : 'out').join()";
    assert_eq!(browser.text(order).await, "in,in,in,out,in");
    browser.click("[data-advance='3600000']").await;
    browser.until("it is posted", &format!("return !{STATES}.includes('waits')")).await;
    assert_eq!(browser.run("return window.ran === undefined").await, true);

    // After a reload, everything is there again, in the same order.
    browser.run("location.reload()").await;
    browser.until("all are there", &format!("{order} === 'in,in,in,out,in'")).await;
    browser.click("#open-reset").await;
    browser.shows("removes 1 delivery, 4 messages from customers").await;
    browser.click("#reset-confirm").await;
    browser.shows("Waiting for the first message").await;
}

#[tokio::test]
async fn the_form_is_filled_in_for_the_open_chat_and_works_with_the_keyboard() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    text(&sandbox, "to Ana").await.success();
    browser.open(&sandbox.url()).await;
    browser.click("#chats [role=option]").await;
    browser.run("document.getElementById('open-incoming').focus()").await;
    browser.press(&ENTER.to_string()).await;
    assert_eq!(browser.text("return document.activeElement.id").await, "panel-title");
    browser.shows("The message moves the conversation, and makes it unread.").await;
    // The close button, then the fields.
    browser.press(&format!("{TAB}{TAB}")).await;
    assert_eq!(browser.text("return document.activeElement.value").await, "escalazap");
    browser.press(&TAB.to_string()).await;
    assert_eq!(browser.text("return document.activeElement.value").await, ANA);
    browser.press(&format!("{TAB}{TAB}{TAB}oi, sou eu{TAB}{ENTER}")).await;
    states(&browser, "received; this provider has no webhook").await;
    browser.shows("oi, sou eu").await;
    let message = sandbox.incoming().remove(0);
    assert_eq!((message.provider, message.text.as_deref()), (Provider::EscalaZap, Some("oi, sou eu")));
    assert_eq!(message.conversation, sandbox.deliveries()[0].conversation);
    let controls = "return [...document.querySelectorAll('#panel-body :is(input, select, textarea)')]
                      .every(({ labels }) => labels.length === 1 && labels[0].firstElementChild.textContent !== '')";
    assert_eq!(browser.run(controls).await, true, "every control has a label");
}

#[tokio::test]
async fn faults_of_posts_are_added_in_the_form() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    browser.open(&sandbox.url()).await;
    browser.click("#open-faults").await;
    for (kind, shown) in [
        ("Late post", "posts 30 s late"),
        ("Repeated post", "posts 1 more time"),
        ("Post out of order", "posts after the next message of the chat"),
    ] {
        fill(&browser, "Fault", kind).await;
        let visible = "return [...document.querySelectorAll('.fault-form label')]
                         .filter((label) => label.checkVisibility())
                         .map((label) => label.firstElementChild.innerText.trim()).join()";
        let labels = browser.text(visible).await;
        assert!(!["When", "Provider", "Operation"].iter().any(|label| labels.contains(label)), "{kind}: {labels}");
        assert!(labels.contains("Repeat") && labels.contains("Chance"), "{kind}: {labels}");
        browser.click(".fault-form [type=submit]").await;
        browser.shows(shown).await;
    }
    browser.shows("messages from customers, posted to the webhook").await;
    assert_eq!(sandbox.faults().list().len(), 3);
    fill(&browser, "Fault", "Delay").await;
    fill(&browser, "Operation", "message_send").await;
}

#[tokio::test]
async fn the_form_fits_on_a_phone() {
    let Some(browser) = Browser::start().await else { return };
    let (url, _receiver) = receiver(200).await;
    let sandbox = Sandbox::builder().webhook_url(url).start().await.unwrap();
    browser.be_a_phone().await;
    browser.open(&sandbox.url()).await;
    let fits = "return [document.documentElement.scrollWidth, innerWidth, visualViewport.width].join()";
    assert_eq!(browser.text(fits).await, "390,390,390");
    browser.click("#open-incoming").await;
    assert_eq!(browser.text(fits).await, "390,390,390");
    fill(&browser, "Number", ANA).await;
    fill(&browser, "Text", &"one-word-that-never-ends-".repeat(40)).await;
    browser.click(".panel-form [type=submit]").await;
    browser.until("it is sent", "return document.querySelector('textarea').value === ''").await;
    assert_eq!(browser.run("return document.getElementById('panel').offsetParent !== null").await, true);
    browser.click("#panel-close").await;
    browser.click("#chats [role=option]").await;
    states(&browser, "posted \u{b7} 200").await;
    assert_eq!(browser.text(fits).await, "390,390,390");
}
