//! Inputs that were not recorded, but that the framework treats like recorded ones.

use serde_json::{Value, json};
use zap_sandbox::{Profile, Sandbox};

use crate::http::{Part, Request, Response};

const BASE: &str = "/escalazap/external-api";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82";

fn get(rest: &str) -> Request {
    Request::new("GET", &format!("{BASE}{rest}"))
}

fn post(rest: &str) -> Request {
    Request::new("POST", &format!("{BASE}{rest}"))
}

fn messages(answer: &Response) -> Vec<String> {
    serde_json::from_value(answer.json()["message"].clone()).unwrap()
}

#[tokio::test]
async fn a_list_of_files_is_not_a_file() {
    let sandbox = Sandbox::start().await.unwrap();
    let to: [Part<'_>; 2] = [("mobile_code", None, b"55"), ("mobile", None, b"11987654321")];
    for (field, complaints) in [
        (
            "image[]",
            vec!["O campo image deve ser uma imagem.", "O campo image deve ser um arquivo do tipo: jpg, jpeg, png."],
        ),
        ("audio[]", vec!["O campo audio deve ser um arquivo."]),
        ("audio[a]", vec!["O campo audio deve ser um arquivo."]),
    ] {
        let parts = [to[0], to[1], (field, Some(("a.png", None)), PNG)];
        let answer = post("/inbox/send-message").signed(&sandbox).multipart(&parts).ask(&sandbox).await;
        assert_eq!(messages(&answer), complaints, "{field}");
    }
    assert!(sandbox.deliveries().is_empty());
    let files: Vec<String> = sandbox.calls().iter().map(|call| call.files[0].field.clone()).collect();
    assert_eq!(files, ["image[]", "audio[]", "audio[a]"], "the calls still list the files");
}

#[tokio::test]
async fn only_text_that_is_stored_must_be_utf_8() {
    let sandbox = Sandbox::start().await.unwrap();
    let form = |extra: &str| format!("firstname=A&lastname=B&mobile_code=55&mobile=7&{extra}");
    let ask = |extra: &str| post("/contact/store").signed(&sandbox).form(&form(extra));
    assert_eq!(ask("city=%FF").ask(&sandbox).await.remark(), "exception");
    ask("utm=%FF").ask(&sandbox).await.success();
}

#[tokio::test]
async fn lists_where_one_value_is_meant() {
    let sandbox = Sandbox::start().await.unwrap();
    let template = |id: Value| json!({"mobile_code": "55", "mobile": "11987654321", "template_id": id});
    let send = |id: Value| post("/inbox/send-template-message").signed(&sandbox).json(&template(id));
    assert_eq!(send(json!([1])).ask(&sandbox).await.remark(), "exception", "delivered");
    assert_eq!(send(json!([null, 1])).ask(&sandbox).await.remark(), "not_found", "the first counts");
    assert_eq!(sandbox.deliveries().len(), 1);
    // Lists of lists are flattened. Flattening must not change the number of entries.
    for (nested, remark) in
        [("status[0][0]=1", "inbox"), ("status[][]=", "inbox"), ("status[0][0]=1&status[0][1]=2", "exception")]
    {
        let list = get(&format!("/inbox/conversation-list?{nested}")).signed(&sandbox);
        assert_eq!(list.ask(&sandbox).await.json()["remark"], remark, "{nested}");
    }
}

#[tokio::test]
async fn numbered_variables_are_in_the_order_of_their_numbers() {
    let sandbox = Sandbox::start().await.unwrap();
    let variables: Vec<String> = (0..12).map(|n| format!("body_variables[{n}]=v{n}")).collect();
    let form = format!("mobile_code=55&mobile=11987654321&template_id=1&{}", variables.join("&"));
    post("/inbox/send-template-message").signed(&sandbox).form(&form).ask(&sandbox).await;
    let sent = sandbox.deliveries().remove(0).template.unwrap().variables;
    assert_eq!(sent, (0..12).map(|n| format!("v{n}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn headers_and_paths() {
    let sandbox = Sandbox::start().await.unwrap();
    for path in ["/external%2Dapi/contact/list", "/external-api/contact%2Flist", "//external-api/contact/list/"] {
        Request::new("GET", &format!("/escalazap{path}")).signed(&sandbox).ask(&sandbox).await.success();
    }
    let odd = get("/contact/list").header("client-id", "ação").header("client-secret", "x").ask(&sandbox).await;
    assert_eq!((odd.status, messages(&odd)), (401, vec!["Invalid credentials".to_owned()]));

    let contact = json!({"firstname": "A", "lastname": "B", "mobile_code": "55", "mobile": "7"}).to_string();
    for (kind, remark) in
        [("Application/JSON", "validation_error"), ("application/json; charset=utf-8", "contact_created")]
    {
        let stored = post("/contact/store").signed(&sandbox).body(kind, contact.clone()).ask(&sandbox).await;
        assert_eq!(stored.json()["remark"], remark, "{kind}");
    }

    for (accept, is_json) in [("text/html;q=0.5, application/json", true), ("text/html, application/json", false)] {
        let answer = Request::new("GET", "/escalazap/extern-api/x").header("accept", accept).ask(&sandbox).await;
        assert_eq!((answer.status, answer.header("content-type").contains("json")), (404, is_json), "{accept}");
    }
    let head = Request::new("HEAD", &format!("{BASE}/contact/list")).signed(&sandbox).ask(&sandbox).await;
    assert!(head.status == 200 && head.body.is_empty() && head.header("content-length").parse::<u64>().unwrap() > 100);
}

#[tokio::test]
async fn a_number_that_is_too_long_does_not_become_a_contact() {
    let sandbox = Sandbox::builder().profile(Profile::Documented).start().await.unwrap();
    let send = |digits: usize| {
        let mobile = "1".repeat(digits);
        post("/inbox/send-message").signed(&sandbox).form(&format!("mobile_code=55&mobile={mobile}&message=x"))
    };
    assert_eq!(send(41).ask(&sandbox).await.remark(), "exception");
    send(40).ask(&sandbox).await.success();
    assert_eq!(sandbox.deliveries().len(), 1);
}
