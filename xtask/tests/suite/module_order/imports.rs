//! Finds imports that point against the order of a crate's modules.

mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree};

/// The path of a module from the crate's root, whose path is empty.
type Module = Vec<String>;

/// Returns what is wrong with the imports of the crate in `folder`, one line for each, with file and line.
///
/// `order` names modules such as `policy::retry`, the lowest first. A module that is not named belongs to the nearest named
/// module around it. The crate's root comes last, so that no module imports what the root re-exports. Code for tests can
/// import anything.
pub fn wrong_imports(folder: &Path, order: &[&str]) -> Vec<String> {
    let source = folder.join("src");
    let mut files = Vec::new();
    read(&source, &mut files);
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_path(), text.as_str())).collect();
    Crate::new(&source, &files).wrong_imports(order)
}

/// Adds all Rust files below `folder`.
fn read(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    let entries = fs::read_dir(folder).expect("the folder of the sources can be read");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            read(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("it is text");
            files.push((path, text));
        }
    }
}

/// The sources of a crate.
struct Crate<'f> {
    files: BTreeMap<Module, (&'f Path, &'f str, syn::File)>,
    /// Modules that exist only in tests.
    tests: BTreeSet<Module>,
    /// The modules that define the macros of the root.
    macros: BTreeMap<String, Module>,
    /// The other crates that the root re-exports.
    crates: BTreeSet<String>,
}

impl<'f> Crate<'f> {
    fn new(source: &Path, files: &[(&'f Path, &'f str)]) -> Self {
        let mut this =
            Self { files: BTreeMap::new(), tests: BTreeSet::new(), macros: BTreeMap::new(), crates: BTreeSet::new() };
        for &(path, text) in files {
            let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let module = module_of(path.strip_prefix(source).expect("it is below the sources"));
            for item in &file.items {
                match item {
                    Item::Mod(declared) if declared.content.is_none() && is_for_tests(&declared.attrs) => {
                        let name = declared.ident.to_string();
                        this.tests.insert(module.iter().cloned().chain([name]).collect());
                    }
                    Item::Macro(defined) if defined.attrs.iter().any(|one| one.path().is_ident("macro_export")) => {
                        let name = defined.ident.as_ref().expect("a macro that is exported has a name");
                        this.macros.insert(name.to_string(), module.clone());
                    }
                    Item::Use(item) if module.is_empty() => {
                        if let UseTree::Name(name) = &item.tree {
                            this.crates.insert(name.ident.to_string());
                        }
                    }
                    _ => {}
                }
            }
            this.files.insert(module, (path, text, file));
        }
        this
    }

    fn wrong_imports(&self, order: &[&str]) -> Vec<String> {
        let order: Vec<Module> = order.iter().map(|name| name.split("::").map(str::to_owned).collect()).collect();
        let missing = order.iter().filter(|module| !self.files.contains_key(*module));
        let mut wrong: Vec<_> = missing.map(|module| format!("there is no module {}", module.join("::"))).collect();
        let position = |module: &[String]| {
            let around = (1..=module.len()).rev().map(|length| &module[..length]);
            around.into_iter().find_map(|module| order.iter().position(|listed| listed == module))
        };
        for (module, (path, text, file)) in &self.files {
            let is_test = (1..=module.len()).any(|length| self.tests.contains(&module[..length]));
            if module.is_empty() || is_test {
                continue;
            }
            let mut imports = Imports { all: self, within: module.clone(), found: BTreeMap::new() };
            imports.visit_file(file);
            for (imported, name) in imports.found {
                if imported == *module {
                    continue;
                }
                let location = format!("{}:{}", path.display(), line(text, &name));
                let importer = module.join("::");
                wrong.extend(match (position(module), position(&imported)) {
                    _ if imported.is_empty() => {
                        Some(format!("{location}: {importer} imports `{name}` from the crate's root: name its module"))
                    }
                    (None, _) => Some(format!("{location}: {importer} is not in the list of modules")),
                    (_, None) => Some(format!("{location}: {} is not in the list of modules", imported.join("::"))),
                    (Some(own), Some(other)) => (own < other).then(|| {
                        format!("{location}: {importer} imports {}, which is not listed above it", imported.join("::"))
                    }),
                });
            }
        }
        wrong
    }

    /// Returns the module that a path leads to, and the last name on the way. Returns `None` for a path into another crate.
    fn target(&self, within: &[String], path: &[String]) -> Option<(Module, String)> {
        let (first, mut rest) = path.split_first()?;
        let mut base = match first.as_str() {
            "crate" => Module::new(),
            "self" => within.to_vec(),
            "super" => {
                let mut base = within.split_last()?.1;
                while let Some((next, others)) = rest.split_first().filter(|(next, _)| *next == "super") {
                    debug_assert_eq!(next, "super");
                    base = base.split_last()?.1;
                    rest = others;
                }
                base.to_vec()
            }
            _ => {
                rest = path;
                within.to_vec()
            }
        };
        let mut name = rest.first()?.clone();
        if let Some(defined) = self.macros.get(&name).filter(|_| base.is_empty()) {
            return Some((defined.clone(), name));
        }
        if base.is_empty() && self.crates.contains(&name) {
            return None;
        }
        let is_child = |base: &[String], name: &String| {
            self.files.contains_key(&base.iter().chain([name]).cloned().collect::<Module>())
        };
        if !matches!(first.as_str(), "crate" | "self" | "super") && !is_child(&base, &name) {
            return None;
        }
        for segment in rest {
            if !is_child(&base, segment) {
                break;
            }
            name.clone_from(segment);
            base.push(segment.clone());
        }
        // A module within the file of another module is part of that module.
        while !base.is_empty() && !self.files.contains_key(&base) {
            base.pop();
        }
        Some((base, name))
    }
}

/// Returns the module of a file, by its path below the sources.
fn module_of(path: &Path) -> Module {
    let mut module: Module = path
        .with_extension("")
        .iter()
        .map(|part| part.to_str().expect("names of modules are text").to_owned())
        .collect();
    if matches!(module.last().map(String::as_str), Some("lib" | "main" | "mod")) {
        module.pop();
    }
    module
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg") && attribute.parse_args::<syn::Ident>().is_ok_and(|word| word == "test")
    })
}

/// Returns the line that names a module in a path. The spans have no lines, which would slow the generator down.
fn line(text: &str, name: &str) -> usize {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let names = |line: &str, after: &str| {
        line.match_indices(name).any(|(at, _)| {
            let rest = &line[at + name.len()..];
            !is_word(line[..at].chars().next_back()) && !is_word(rest.chars().next()) && rest.starts_with(after)
        })
    };
    let code = || text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    let found = code().find(|(_, line)| names(line, "::")).or_else(|| code().find(|(_, line)| names(line, "")));
    found.map_or(1, |(index, _)| index + 1)
}

/// Collects the modules that a file imports, each with the imported name.
struct Imports<'c> {
    all: &'c Crate<'c>,
    within: Module,
    found: BTreeMap<Module, String>,
}

impl Imports<'_> {
    fn note(&mut self, path: &[String]) {
        if let Some((module, name)) = self.all.target(&self.within, path) {
            self.found.entry(module).or_insert(name);
        }
    }

    fn note_use(&mut self, before: &[String], tree: &UseTree) {
        let with = |name: &syn::Ident| before.iter().cloned().chain([name.to_string()]).collect::<Vec<_>>();
        match tree {
            UseTree::Path(path) => self.note_use(&with(&path.ident), &path.tree),
            UseTree::Name(name) if name.ident == "self" => self.note(before),
            UseTree::Name(name) => self.note(&with(&name.ident)),
            UseTree::Rename(rename) => self.note(&with(&rename.ident)),
            UseTree::Glob(_) => self.note(before),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.note_use(before, tree)),
        }
    }

    /// Collects the paths in the tokens of a macro that begin with `crate`, `self` or `super`.
    fn note_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.note(&std::mem::take(&mut path));
                    }
                    let begins = matches!(name.to_string().as_str(), "crate" | "self" | "super");
                    if begins || !path.is_empty() {
                        path.push(name.to_string());
                    }
                    colons = 0;
                    continue;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => {
                    colons += 1;
                    continue;
                }
                TokenTree::Group(group) => self.note_tokens(group.stream()),
                _ => {}
            }
            self.note(&std::mem::take(&mut path));
            colons = 0;
        }
        self.note(&path);
    }
}

impl<'a> Visit<'a> for Imports<'_> {
    fn visit_item(&mut self, item: &'a Item) {
        let attributes = match item {
            Item::Const(item) => &item.attrs,
            Item::Fn(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            Item::Mod(item) => &item.attrs,
            Item::Static(item) => &item.attrs,
            Item::Struct(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !is_for_tests(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, module: &'a syn::ItemMod) {
        self.within.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.within.pop();
    }

    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        self.note_use(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if names.len() > 1 {
            self.note(&names);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, made: &'a syn::Macro) {
        self.note_tokens(made.tokens.clone());
        visit::visit_macro(self, made);
    }
}
