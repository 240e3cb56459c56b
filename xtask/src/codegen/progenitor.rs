//! Calls progenitor.

use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle, TagStyle, TypeImpl};

use crate::model::Api;
use crate::rewrite;
use crate::shards::Shard;

/// The code that progenitor generates for a shard.
pub(super) fn generate(api: &Api, shard: &Shard) -> Result<TokenStream, String> {
    // It panics on some of what it does not support.
    catch_unwind(AssertUnwindSafe(|| Generator::new(&settings(api, shard)).generate_tokens(&shard.openapi)))
        .map_err(|_| "it panicked; its message is above".to_owned())?
        .map_err(|error| error.to_string())
}

/// The schemas, or else the paths, that progenitor refuses. Its own messages name no location.
pub(super) fn refused<'s>(api: &Api, shard: &'s Shard) -> Vec<&'s str> {
    let path_alone = |path: &&String| {
        let mut alone = shard.clone();
        alone.openapi.paths.paths.retain(|other, _| other == *path);
        generate(api, &alone).is_err()
    };
    let schemas = shard.openapi.components.iter().flat_map(|all| all.schemas.keys());
    let schema_alone = |schema: &&String| {
        let elsewhere = schemas.clone().filter(|other| other != schema).cloned().collect();
        generate(api, &Shard { elsewhere, ..shard.clone() }).is_err()
    };
    let paths: Vec<_> = shard.openapi.paths.paths.keys().filter(path_alone).collect();
    // One schema spoils every path.
    let is_schema = paths.len() == shard.openapi.paths.paths.len();
    let schemas = schemas.clone().filter(|_| is_schema).filter(schema_alone);
    let refused: Vec<_> = schemas.map(String::as_str).collect();
    match (refused.is_empty(), paths.is_empty()) {
        (false, _) => refused,
        (true, false) => paths.into_iter().map(String::as_str).collect(),
        (true, true) => vec!["paths and schemas together"],
    }
}

fn settings(api: &Api, shard: &Shard) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(if shard.of_answers { InterfaceStyle::Positional } else { InterfaceStyle::Builder })
        .with_tag(TagStyle::Merged)
        .with_hooks(HooksMode::Expected)
        // A map in order, so that the same call sends the same bytes.
        .with_map_type("::std::collections::BTreeMap")
        .with_replacement(rewrite::FILE, "::zap_client_runtime::File", std::iter::empty());
    for name in &shard.elsewhere {
        settings.with_replacement(name, name, std::iter::empty());
    }
    for one in &api.open_enums {
        settings.with_replacement(&one.name, format!("crate::types::{}", one.name), [TypeImpl::Display].into_iter());
    }
    settings
}
