//! Makes the calls that it reads from its input, one a line, and prints what each returned.

mod operations;

use std::collections::BTreeMap;
use std::io::{BufRead as _, Write as _};

use operations::client::zap_client_runtime::{Bytes, Error, File, ResponseValue};
use serde_json::{Map, Value, json};

/// A value that a setter takes.
trait Read: Sized {
    fn read(value: &Value) -> Result<Self, String>;
}

/// Implements `Read` for types that one function of `serde_json` reads.
macro_rules! read {
    ($($ty:ty: $value:ident => $read:expr;)*) => {$(
        impl Read for $ty {
            fn read($value: &Value) -> Result<Self, String> {
                $read.ok_or_else(|| format!(concat!("{} is not of the type ", stringify!($ty)), $value))
            }
        }
    )*};
}

read! {
    Value: value => Some(value.clone());
    i64: value => value.as_i64();
    f64: value => value.as_f64();
    bool: value => value.as_bool();
    Map<String, Value>: value => value.as_object().cloned();
    // A scalar of several types is sent as text.
    String: value => value.as_str().map_or_else(|| Some(value.to_string()), |text| Some(text.to_owned()));
    // The bytes with which a JPEG begins come first, because a client may check them.
    File: value => value.as_str().map(|text| {
        File::from_bytes("a.jpg", [&[0xff, 0xd8, 0xff], text.as_bytes()].concat())
    });
}

impl<T: Read> Read for Vec<T> {
    fn read(value: &Value) -> Result<Self, String> {
        value.as_array().ok_or_else(|| format!("{value} is not a list"))?.iter().map(T::read).collect()
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read(value: &Value) -> Result<Self, String> {
        let map = value.as_object().ok_or_else(|| format!("{value} is not an object"))?;
        map.iter().map(|(name, value)| Ok((name.clone(), T::read(value)?))).collect()
    }
}

/// Calls a setter for each value that is given.
macro_rules! set {
    ($builder:expr, $values:expr, { $($name:literal => $setter:ident: $ty:ty,)* }) => {{
        #[allow(unused_mut)]
        let mut builder = $builder;
        $(if let Some(value) = $values.get($name) {
            builder = builder.$setter(<$ty as crate::Read>::read(value)?);
        })*
        builder
    }};
}
use set;

/// Implements `Read` for an object of a request.
macro_rules! object {
    ($name:ident { $($fields:tt)* }) => {
        impl crate::Read for types::$name {
            fn read(value: &serde_json::Value) -> Result<Self, String> {
                let builder = crate::set!(types::$name::builder(), value, { $($fields)* });
                types::$name::try_from(builder).map_err(|error| error.to_string())
            }
        }
    };
}
use object;

/// Returns a body that is not an object of fields as the value of the setter `body`. There is none if it is null.
#[allow(dead_code, reason = "not every API has such bodies")]
fn root(body: &Value) -> Value {
    if body.is_null() { json!({}) } else { json!({"body": body}) }
}

/// Says what a call returned. `show` converts the value of a success.
fn result<T>(result: Result<ResponseValue<T>, Error>, show: impl FnOnce(&T) -> Value) -> Value {
    match result {
        Ok(value) => json!({"ok": show(&value)}),
        Err(error) => json!({
            "kind": format!("{:?}", error.kind()),
            "outcome": error.outcome().as_str(),
            "status": error.status().map(|status| status.as_u16()),
            "messages": error.messages(),
            "text": error.to_string(),
        }),
    }
}

fn as_json<T: operations::client::zap_client_runtime::serde::Serialize>(value: &T) -> Value {
    serde_json::to_value(value).expect("answers are JSON")
}

/// Returns the numbers of bytes.
#[allow(dead_code, reason = "not every API answers with bytes")]
fn as_bytes(value: &Bytes) -> Value {
    value.to_vec().into()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let base_url = std::env::args().nth(1).expect("the base URL");
    let client = operations::client(base_url);
    for line in std::io::stdin().lock().lines() {
        let call: Value = serde_json::from_str(&line.expect("a line")).expect("a call");
        let id = call["id"].as_str().expect("the id of an operation");
        let result = operations::call(&client, id, &call["parameters"], &call["body"]).await;
        let result = result.unwrap_or_else(|reason| json!({"unmade": reason}));
        println!("{result}");
        std::io::stdout().flush().expect("the output is open");
    }
}
