//! The instances of an API.

use std::collections::BTreeSet;

use crate::document::{At, Result};
use crate::model::{Server, Variable};
use crate::names::{pascal_case, snake_case};

pub(super) fn read_servers(at: &At<'_>) -> Result<Vec<Server>> {
    let mut names = BTreeSet::new();
    let server = |at: &At<'_>| {
        let server = read_server(at)?;
        if !names.insert(server.name.clone()) {
            return Err(at.need("x-name")?.error("another server has the same name"));
        }
        Ok(server)
    };
    at.items()?.iter().map(server).collect()
}

fn read_server(at: &At<'_>) -> Result<Server> {
    let url = at.need_text("url")?;
    let variables = at.get("variables").map_or(Ok(Vec::new()), |at| at.entries())?;
    let variables = variables.iter().map(|(name, at)| {
        if !url.contains(&format!("{{{name}}}")) {
            return Err(at.error(format!("the URL has no `{{{name}}}`")));
        }
        Ok(Variable {
            name: snake_case(at, name)?,
            default: at.need_text("default")?.to_owned(),
            description: at.get_text("description")?.unwrap_or(name).trim().to_owned(),
            is_host_name: at.get("x-format").map_or(Ok(false), |format| match format.text()? {
                "host_name" => Ok(true),
                other => Err(format.error(format!("a variable cannot have the format `{other}`: write `host_name`"))),
            })?,
        })
    });
    let name = at.need("x-name")?;
    Ok(Server {
        name: pascal_case(&name, name.text()?)?,
        url: url.to_owned(),
        description: at.get_text("description")?.unwrap_or(url).trim().to_owned(),
        variables: variables.collect::<Result<_>>()?,
    })
}
