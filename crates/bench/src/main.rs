//! What a call costs, beside the same call written by hand: see `cargo xtask bench`.

mod callers;
mod calls;
mod check;
mod codegen;
mod dependents;
mod load;
mod models;
mod peers;
mod plot;
mod process;
mod run;
mod server;
mod table;
mod tls;

use std::process::ExitCode;
use std::sync::Arc;

use callers::{Caller, What, Who};
use load::Failure;

const HELP: &str = "\
usage: bench run [--quick] [PART…]   measure, print the tables and write them with plots
       bench check [--update]        compare what is deterministic with crates/bench/figures.txt
       bench call WHO WHAT COUNT AT-ONCE ORIGIN
       bench serve

PART is calls, rates, files, growth, dependents, tls or codegen; all of them if none is named.
WHO is ours, typed, untyped or hyper; WHAT is list, text, upload:PATH or contacts:COUNT.
";

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["serve"] => serve(),
        ["serve", "child"] => {
            // Whatever becomes of the parent, it does not outlive it.
            std::thread::spawn(|| {
                let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
                std::process::exit(0);
            });
            serve()
        }
        ["run", parts @ ..] => {
            let (quick, parts) = parts.strip_prefix(&["--quick"]).map_or((false, parts), |parts| (true, parts));
            run::run(quick, if parts.is_empty() { &run::PARTS } else { parts })
        }
        ["check"] => check::check(false),
        ["check", "--update"] => check::check(true),
        ["call", who, what, count, at_once, origin] => call(who, what, count, at_once, origin),
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn serve() -> Result<(), Failure> {
    load::runtime().block_on(server::serve(|origin| println!("{origin}"))).map_err(Into::into)
}

fn call(who: &str, what: &str, count: &str, at_once: &str, origin: &str) -> Result<(), Failure> {
    let (who, what) = (Who::named(who)?, Arc::new(What::named(what)?));
    let (count, at_once) = (count.parse()?, at_once.parse()?);
    load::runtime().block_on(async {
        let caller = Arc::new(Caller::new(who, origin)?);
        let call = move || {
            let (caller, what) = (Arc::clone(&caller), Arc::clone(&what));
            async move { caller.call(&what).await }
        };
        load::load(count, at_once, call).await
    })
}
