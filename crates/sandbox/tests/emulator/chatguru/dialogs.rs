//! Dialogs, and the fault that only they have.

use serde_json::{Value, json};
use zap_sandbox::{Fault, Sandbox};

use super::{CHAT, form, ok, standing};
use crate::http::{Request, Response};

const CONTEXT: &str = "Diálogo não foi executado pois o contexto não foi validado (certificação de contexto ativa).";

async fn execute(sandbox: &Sandbox, id: &str) -> Response {
    form(sandbox, &format!("action=dialog_execute&dialog_id={id}&{CHAT}")).await
}

async fn executed(sandbox: &Sandbox) -> Value {
    ok(&execute(sandbox, "5d0000000000000000000201").await, 200)
}

#[tokio::test]
async fn a_dialog_is_executed_or_not_known() {
    let sandbox = standing().await;
    let expected = json!({"code": 200, "dialog_execution_return": "Diálogo Executado", "result": "success"});
    assert_eq!(executed(&sandbox).await, expected);
    let answer = execute(&sandbox, "none").await;
    let expected = json!({"code": 400, "dialog_execution_return": "Diálogo não encontrado", "result": "error"});
    assert_eq!((answer.status, answer.json()), (400, expected));
    assert_eq!(sandbox.deliveries().len(), 1);
}

async fn assert_first_fails(sandbox: &Sandbox) {
    let note = form(sandbox, &format!("action=note_add&note_text=x&{CHAT}")).await;
    ok(&note, 200);
    let answer = execute(sandbox, "5d0000000000000000000201").await;
    let expected = json!({"code": 400, "dialog_execution_return": CONTEXT, "result": "error"});
    assert_eq!((answer.status, answer.json()), (400, expected));
    assert_eq!(sandbox.deliveries().len(), 1, "nothing ran");
    executed(sandbox).await;
    assert_eq!(sandbox.deliveries().len(), 2);
    assert!(sandbox.faults().list().is_empty());
}

#[tokio::test]
async fn a_fault_makes_the_first_dialog_fail() {
    let sandbox = standing().await;
    sandbox.faults().add(Fault::dialog_context_error()).unwrap();
    assert_first_fails(&sandbox).await;

    // The inbox page's form names the moment and leaves out what it can.
    for fault in [
        json!({"do": {"dialog_context_error": true}}),
        json!({"when": "before", "provider": null, "operation": null, "times": 1, "do": {"dialog_context_error": true}}),
    ] {
        let sandbox = standing().await;
        let added = Request::new("POST", "/__sandbox/faults").json(&fault).ask(&sandbox).await;
        let shown = added.json()["faults"][0].clone();
        let scope = [&shown["when"], &shown["provider"], &shown["operation"]];
        assert_eq!(scope, ["before", "chatguru", "dialog_execute"], "{shown}");
        assert_first_fails(&sandbox).await;
    }
}

#[tokio::test]
async fn the_fault_of_dialogs_fits_no_other_call() {
    let sandbox = standing().await;
    for (fault, location) in [
        (json!({"when": "after", "do": {"dialog_context_error": true}}), "when: "),
        (json!({"operation": "note_add", "do": {"dialog_context_error": true}}), "operation: "),
        (json!({"provider": "wazime", "do": {"dialog_context_error": true}}), "provider: "),
        (json!({"do": {"dialog_context_error": false}}), "do.dialog_context_error: "),
    ] {
        let answer = Request::new("POST", "/__sandbox/faults").json(&fault).ask(&sandbox).await;
        let error = answer.json()["error"].as_str().unwrap().to_owned();
        assert!(answer.status == 400 && error.contains(location), "{error}");
    }
    assert!(sandbox.faults().list().is_empty());
}
