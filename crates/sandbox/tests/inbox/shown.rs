//! The content of the page, and that messages cannot run scripts in it.

use std::time::{Duration, UNIX_EPOCH};

use zap_sandbox::{Clock, Sandbox};

use crate::{
    browser::Browser,
    http::{Part, Request},
    senders::{PICTURE, chatguru, parts, post, text},
};

/// Selects the conversation whose row contains the text.
async fn select(browser: &Browser, words: &str) {
    browser
        .until(
            &format!("{words} can be selected"),
            &format!(
                "const row = [...document.querySelectorAll('#chats [role=option]')].find((row) => row.innerText.includes({}));
                 row?.click();
                 return row !== undefined",
                serde_json::Value::from(words)
            ),
        )
        .await;
}

#[tokio::test]
async fn messages_appear_without_a_reload() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    browser.open(&sandbox.url()).await;
    browser.shows("Waiting for the first message").await;
    browser.shows(&sandbox.base_url(zap_sandbox::Provider::WaziMe)).await;

    text(&sandbox, "first").await.success();
    browser.shows("Ana Lima").await;
    browser.until("one is unread", "return document.title === '(1) Sandbox inbox'").await;
    select(&browser, "Ana Lima").await;
    browser.until("it is read", "return document.title === 'Sandbox inbox'").await;
    text(&sandbox, "second").await.success();
    browser.shows("second").await;
    let texts = "return [...document.querySelectorAll('#messages .text')].map((text) => text.innerText).join(', ')";
    assert_eq!(browser.text(texts).await, "first, second");
    chatguru(&sandbox, "message_send&text=of+another").await;
    browser.shows("of another").await;
    assert_eq!(browser.run("return window.sameDocument").await, true);
}

#[tokio::test]
async fn every_kind_of_message_is_shown() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    browser.open(&sandbox.url()).await;
    let ana = ("55", "11987654321");
    let image: &[Part<'_>] = &[("image", Some(("a.png", Some("image/png"))), PICTURE), ("message", None, b"caption")];
    parts(&sandbox, ana.0, ana.1, image).await.success();
    let document: &[Part<'_>] = &[("document", Some(("invoice.pdf", Some("application/pdf"))), b"%PDF-1.4\n")];
    parts(&sandbox, ana.0, ana.1, document).await.success();
    let place: &[Part<'_>] = &[
        ("latitude", None, b"-23.5"),
        ("longitude", None, b"-46.6"),
        ("name", None, b"Town square"),
        ("address", None, b"Main street"),
    ];
    parts(&sandbox, ana.0, ana.1, place).await.success();
    parts(&sandbox, ana.0, ana.1, &[("cta_url_id", None, b"1")]).await.success();
    parts(&sandbox, ana.0, ana.1, &[("interactive_list_id", None, b"1")]).await.success();
    let template = "mobile_code=55&mobile=11987654321&template_id=1&body_variables[]=first+value";
    post(&sandbox, "inbox/send-template-message").form(template).ask(&sandbox).await;

    select(&browser, "Ana Lima").await;
    for text in [
        "caption",
        "invoice.pdf",
        "Town square",
        "-23.5, -46.6",
        "https://example.test/loja",
        "boas_vindas",
        "first value",
    ] {
        browser.shows(text).await;
    }
    let is_there = "return document.querySelector('.picture img')?.naturalWidth === 1";
    browser.until("the picture is shown", is_there).await;
    // Delivered, but answered with `exception`: visible without a click.
    browser
        .until(
            "the failed answer is marked",
            "return document.querySelector('.call.warn')?.innerText.includes('exception')",
        )
        .await;

    chatguru(&sandbox, "note_add&note_text=a+note").await;
    chatguru(&sandbox, "chat_update_custom_fields&field__Plano=gold").await;
    chatguru(&sandbox, "chat_update_context&var__pedido=order+42").await;
    chatguru(&sandbox, "chat_update_name&chat_name=Ana+Dias").await;
    chatguru(&sandbox, "dialog_execute&dialog_id=5d0000000000000000000201").await;
    chatguru(&sandbox, "message_file_send&file_url=https://example.test/list.pdf").await;
    browser
        .until("ChatGuru is there", "return document.querySelector('[data-provider=chatguru][role=option]') !== null")
        .await;
    browser.run("document.querySelector('[data-provider=chatguru][role=option]').click()").await;
    for text in ["a note", "gold", "order 42", "Ana Dias", "Dialog", "https://example.test/list.pdf"] {
        browser.shows(text).await;
    }
    assert_eq!(browser.run("return document.querySelectorAll('.message.event').length").await, 5);
    let number = "chat_number=5521900001111";
    chatguru(&sandbox, &format!("chat_add&name=New+Nina&text=+&{number}")).await;
    browser.shows("Chat added: New Nina").await;
    assert_eq!(browser.log().await.as_array().map(Vec::len), Some(0), "the browser reports no error");
}

#[tokio::test]
async fn scripts_in_messages_stay_text() {
    const SCRIPT: &str = "<script>window.ran=1</script>";
    const IMAGE: &str = "<img src=x onerror=ran=2>";
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    browser.open(&sandbox.url()).await;
    let name = format!("firstname={IMAGE}&lastname={IMAGE}&mobile_code=55&mobile=11900000001");
    post(&sandbox, "contact/store").form(&name).ask(&sandbox).await.success();
    let send = async |content: &[Part<'_>]| parts(&sandbox, "55", "11900000001", content).await;
    send(&[("message", None, SCRIPT.as_bytes())]).await.success();
    send(&[("message", None, IMAGE.as_bytes())]).await.success();
    send(&[("message", None, b"<svg/onload=ran=3> javascript:ran=4")]).await.success();
    send(&[("document", Some(("<img src=x onerror=ran=5>.pdf", None)), b"%PDF-1.4\n")]).await.success();
    let page: &[u8] = b"<!doctype html><script>top.ran=6</script>";
    send(&[("document", Some(("page.html", Some("text/html"))), page)]).await;
    let (name, address) = (("name", None, IMAGE.as_bytes()), ("address", None, IMAGE.as_bytes()));
    send(&[("latitude", None, b"1"), ("longitude", None, b"1"), name, address]).await.success();
    let template =
        format!("mobile_code=55&mobile=11900000001&template_id=1&body_variables[]={IMAGE}&body_variables[]={SCRIPT}");
    post(&sandbox, "inbox/send-template-message").form(&template).ask(&sandbox).await;
    Request::new("POST", "/escalazap/<img src=x onerror=ran=7>".replace(' ', "%20").as_str())
        .header("x-script", SCRIPT)
        .form(&format!("{SCRIPT}={IMAGE}"))
        .ask(&sandbox)
        .await;
    for action in [
        "message_send&text=",
        "note_add&note_text=",
        "chat_update_custom_fields&field__a=",
        "dialog_execute&dialog_id=",
    ] {
        chatguru(&sandbox, &format!("{action}{IMAGE}")).await;
    }
    chatguru(&sandbox, "message_file_send&file_url=http://x/&caption=javascript:ran=8").await;
    chatguru(&sandbox, "message_file_send&file_url=http://%22onclick=%22ran=9%22").await;

    select(&browser, IMAGE).await;
    browser.shows(SCRIPT).await;
    browser.until("all are there", "return document.querySelectorAll('.message').length >= 6").await;
    browser.shows("onerror=ran=5").await;
    // The panel of each call must not run them either.
    let calls = sandbox.calls().len();
    for call in 1..=calls {
        browser.run(&format!("location.hash = 'view=calls&call={call}'")).await;
        let title = format!(
            "return document.getElementById('panel-subtitle').innerText !== '' && \
                             document.getElementById('panel-title').innerText.startsWith('Call {call} ')"
        );
        browser.until("the call is shown", &title).await;
    }
    browser.run("location.hash = 'view=chats'").await;
    browser.run("document.querySelector('[data-provider=chatguru][role=option]').click()").await;
    browser.shows(IMAGE).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let found =
        "return String(window.ran) + document.querySelectorAll('script:not([src]), img[src=x], svg, [onerror]').length";
    assert_eq!(browser.text(found).await, "undefined0");
    assert_eq!(browser.run("return window.sameDocument").await, true);
}

#[tokio::test]
async fn a_call_that_failed_can_be_understood_and_shows_no_secret() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    browser.open(&format!("{}/#view=calls", sandbox.url())).await;
    browser.shows("No calls yet").await;
    post(&sandbox, "inbox/send-message").form("message=to+nobody").ask(&sandbox).await;
    chatguru(&sandbox, "message_status&message_id=none").await;
    browser.until("both are there", "return document.querySelectorAll('.call-row.failed').length === 2").await;
    browser.click(".call-row:last-of-type").await;
    for text in ["Nothing was delivered", "validation_error", "to nobody"] {
        browser.shows(text).await;
    }
    browser.run("for (const part of document.querySelectorAll('details')) part.open = true").await;
    browser.shows("client-secret").await;
    for secret in [sandbox.external_api_credentials().client_secret, sandbox.chatguru_credentials().key] {
        let script = format!("return document.documentElement.outerHTML.includes('{secret}')");
        assert_eq!(browser.run(&script).await, false);
    }
}

#[tokio::test]
async fn advancing_the_clock_sends_scheduled_messages() {
    let Some(browser) = Browser::start().await else { return };
    let clock = Clock::standing_at(UNIX_EPOCH + Duration::from_secs(1_800_000_000));
    let sandbox = Sandbox::builder().clock(clock).start().await.unwrap();
    browser.open(&sandbox.url()).await;
    chatguru(&sandbox, "message_send&text=soon").await;
    select(&browser, "soon").await;
    let state = |state: &str| format!("return document.querySelector('.message').dataset.state === '{state}'");
    browser.until("it is scheduled", &state("scheduled")).await;
    browser.click("[data-advance='60000']").await;
    browser.until("it is sent", &state("sent")).await;
    browser.shows("1 min ahead").await;

    // The clock shows 05:00 in Brasília. The second message is due an hour later.
    chatguru(&sandbox, "message_send&text=later&send_date=2027-01-15 06:00").await;
    let last =
        |state: &str| format!("return [...document.querySelectorAll('.message')][1]?.dataset.state === '{state}'");
    browser.until("the second is scheduled", &last("scheduled")).await;
    browser.click(".message:last-of-type .skip").await;
    browser.until("the second is sent", &last("sent")).await;
    browser.click("#clock-other").await;
    browser.click("#clock-form button").await;
    browser.shows("1 h 15 min ahead").await;
}

#[tokio::test]
async fn a_reset_needs_confirmation_and_clears_the_page() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    text(&sandbox, "soon forgotten").await.success();
    browser.open(&sandbox.url()).await;
    select(&browser, "Ana Lima").await;
    browser.click("#open-reset").await;
    browser.shows("removes 1 delivery, 1 call, 0 faults").await;
    browser.click("#reset-cancel").await;
    browser.shows("soon forgotten").await;
    assert_eq!(sandbox.total_calls(), 1);
    browser.click("#open-reset").await;
    browser.click("#reset-confirm").await;
    browser.shows("Waiting for the first message").await;
    assert_eq!(sandbox.total_calls(), 0);
    text(&sandbox, "after it").await.success();
    browser.shows("after it").await;
}

#[tokio::test]
async fn faults_are_added_counted_and_removed() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    browser.open(&sandbox.url()).await;
    browser.click("#open-faults").await;
    browser.run("const often = document.querySelectorAll('.fault-form select')[4]; often.value = '2'").await;
    browser.click(".fault-form [type=submit]").await;
    browser.shows("answers HTTP 503, Retry-After 2").await;
    browser.shows("2 of 2 left").await;
    assert_eq!(text(&sandbox, "in vain").await.status, 503);
    browser.shows("1 of 2 left, applied once").await;
    browser.click(".faults button").await;
    browser.shows("No faults. Every call is answered").await;
    text(&sandbox, "in earnest").await.success();
    // A fault that only one operation can have, twice as before.
    let choose = "const form = document.querySelector('.fault-form');
                  form.querySelector('select').value = 'ChatGuru dialog context error';
                  form.querySelector('select').dispatchEvent(new Event('change'))";
    browser.run(choose).await;
    browser.click(".fault-form [type=submit]").await;
    browser.shows("ChatGuru, dialog_execute, before processing").await;
    let dialog = "dialog_execute&dialog_id=5d0000000000000000000201";
    for status in [400, 400, 200] {
        assert_eq!(chatguru(&sandbox, dialog).await.status, status);
    }
    // The form shows an error of the sandbox.
    let wrong = "const form = document.querySelector('.fault-form');
                 form.noValidate = true;
                 form.querySelector('select').value = 'Delay';
                 form.querySelector('select').dispatchEvent(new Event('change'));
                 form.querySelector('input').value = '-5'";
    browser.run(wrong).await;
    browser.click(".fault-form [type=submit]").await;
    browser.until("the error is shown", "return !document.querySelector('.problem').hidden").await;
}

#[tokio::test]
async fn the_page_reconnects_to_a_restarted_sandbox() {
    let Some(browser) = Browser::start().await else { return };
    let sandbox = Sandbox::start().await.unwrap();
    let address = sandbox.address();
    browser.open(&sandbox.url()).await;
    text(&sandbox, "of the first run").await.success();
    browser.shows("of the first run").await;
    drop(sandbox);
    browser.shows("cannot be reached").await;
    let again = Sandbox::builder().listen(address).start().await.unwrap();
    text(&again, "of the second run").await.success();
    browser.shows("of the second run").await;
    assert_eq!(browser.run("return document.body.innerText.includes('of the first run')").await, false);
    assert_eq!(browser.run("return window.sameDocument").await, true);
}
