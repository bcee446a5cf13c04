//! House rules as ordinary tests: which crate may use which, and how files here are kept.
//!
//! Every message names the place and says what to do about it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Which of our crates each crate may use. Dependencies point only down; language knows no politics
/// and knowledge knows no language.
const MAY_USE: &[(&str, &[&str])] = &[
    ("verbale-model", &[]),
    ("verbale-nlp", &["verbale-model"]),
    ("verbale-knowledge", &["verbale-model"]),
    ("verbale-coder", &["verbale-model", "verbale-nlp", "verbale-knowledge"]),
    ("verbale-measure", &["verbale-model"]),
    ("verbale-ledger", &["verbale-model"]),
    (
        "verbale",
        &[
            "verbale-model",
            "verbale-nlp",
            "verbale-knowledge",
            "verbale-coder",
            "verbale-ledger",
            "verbale-measure",
        ],
    ),
    ("verbale-page", &["verbale-model", "verbale-ledger", "verbale-measure"]),
    ("verbale-web", &["verbale", "verbale-page"]),
    ("verbale-score", &["verbale", "verbale-coder"]),
    ("verbale-cli", &["verbale", "verbale-page", "verbale-score", "verbale-web"]),
    ("verbale-python", &["verbale", "verbale-cli", "verbale-page"]),
    (
        "xtask",
        &[
            "verbale-model",
            "verbale-nlp",
            "verbale-knowledge",
            "verbale-coder",
            "verbale-ledger",
            "verbale-score",
            "verbale",
        ],
    ),
];

/// Crates without clock, files, environment and hash order; their `clippy.toml` bans them.
const CORE: &[&str] = &[
    "verbale-model",
    "verbale-nlp",
    "verbale-knowledge",
    "verbale-coder",
    "verbale-measure",
    "verbale-page",
];

/// Longest source file, in lines.
const LONGEST: usize = 500;

/// Files that may be longer, by their beginning, and why.
const LONGER: &[(&str, &str)] = &[
    ("crates/verbale-model/src/ontology.rs", "generated from data/ontology"),
    ("crates/verbale-knowledge/src/data/", "generated from data"),
];

/// The README's two commands.
const COMMANDS: &[&str] =
    &["cargo run --release -- balance AFG --between USA,RUS examples/reports", "cargo test --workspace"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Files of the repository by their path from the root, `/` between folders; what a build or an
/// editor leaves behind is not among them.
fn files() -> BTreeSet<String> {
    fn walk(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            let left_out =
                matches!(name.as_str(), "target" | ".git" | ".venv" | "__pycache__" | "node_modules")
                    || path == "training/work";
            if left_out {
                continue;
            }
            if entry.file_type().unwrap().is_dir() {
                walk(&entry.path(), &format!("{path}/"), found);
            } else {
                found.insert(path);
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(&root(), "", &mut found);
    found
}

fn ends_with(path: &str, endings: &[&str]) -> bool {
    Path::new(path).extension().is_some_and(|end| endings.iter().any(|wanted| end == *wanted))
}

fn text_of(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A TOML file as a table.
fn table_of(path: &str) -> toml::Table {
    text_of(path).parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn sources() -> impl Iterator<Item = (String, String)> {
    files().into_iter().filter(|path| ends_with(path, &["rs"])).map(|path| {
        let text = text_of(&path);
        (path, text)
    })
}

/// Manifest path of every crate of the workspace by the crate's name.
fn manifests() -> BTreeMap<String, String> {
    let is_manifest = |path: &String| path.ends_with("/Cargo.toml");
    let named = |path: String| (table_of(&path)["package"]["name"].as_str().unwrap().to_owned(), path);
    files().into_iter().filter(is_manifest).map(named).collect()
}

/// Dependencies of a manifest in one of its sections, those of single platforms included.
fn dependencies(manifest: &toml::Table, sections: &[&str]) -> BTreeSet<String> {
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    let tables = targets.into_iter().flat_map(|targets| targets.values().filter_map(toml::Value::as_table));
    std::iter::once(manifest)
        .chain(tables)
        .flat_map(|table| sections.iter().filter_map(|section| table.get(*section)?.as_table()))
        .flat_map(|table| table.keys().cloned())
        .collect()
}

/// Fails with every finding, and what to do.
fn report(found: &[String], advice: &str) {
    assert!(found.is_empty(), "\n{}\n→ {advice}\n", found.join("\n"));
}

#[test]
fn dependencies_point_down() {
    let manifests = manifests();
    let may_use: BTreeMap<_, _> = MAY_USE.iter().copied().collect();
    let mut found = Vec::new();
    for (name, path) in &manifests {
        let Some(allowed) = may_use.get(name.as_str()) else {
            found.push(format!("{path}: {name} has no line in MAY_USE"));
            continue;
        };
        let sections = ["dependencies", "dev-dependencies", "build-dependencies"];
        for used in dependencies(&table_of(path), &sections) {
            if manifests.contains_key(&used) && !allowed.contains(&used.as_str()) {
                found.push(format!("{path}: {name} uses {used}"));
            }
        }
    }
    report(
        &found,
        "the layers are model < nlp, knowledge < coder < verbale < web < cli: move the code to the lower crate, or pass a value",
    );
}

#[test]
fn every_crate_follows_the_workspace() {
    let mut found = Vec::new();
    for (name, path) in manifests() {
        let manifest = table_of(&path);
        if manifest["package"].get("description").and_then(toml::Value::as_str).is_none_or(str::is_empty) {
            found.push(format!("{path}: no description; say what lives in {name}"));
        }
        let lints = manifest.get("lints").and_then(|lints| lints.get("workspace"));
        if lints.and_then(toml::Value::as_bool) != Some(true) {
            found.push(format!("{path}: no [lints] workspace = true"));
        }
        let licence = &manifest["package"]["license"];
        if licence.get("workspace").and_then(toml::Value::as_bool) != Some(true) {
            found.push(format!("{path}: licence is not the workspace's"));
        }
    }
    report(&found, "a crate states its purpose and takes lints and licence from the workspace");
}

#[test]
fn the_core_bans_clock_files_and_hash_order() {
    let first = format!("crates/{}/clippy.toml", CORE[0]);
    let found: Vec<_> = CORE
        .iter()
        .map(|name| format!("crates/{name}/clippy.toml"))
        .filter(|path| !root().join(path).is_file() || text_of(path) != text_of(&first))
        .collect();
    report(&found, &format!("a core crate's clippy.toml is there and has the same text as {first}"));
}

#[test]
fn every_source_file_says_what_it_owns() {
    let mut found = Vec::new();
    for (path, text) in sources() {
        let mut opening = text.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
        let sentence: Vec<_> = opening.by_ref().take_while(|line| !line.is_empty()).collect();
        if sentence.is_empty() {
            found.push(format!("{path}:1: no opening //! sentence"));
        } else if !sentence.join(" ").ends_with(['.', ':']) {
            found.push(format!("{path}:1: the opening is no sentence: {}", sentence.join(" ")));
        }
    }
    report(&found, "a file opens with one //! sentence that says what it owns");
}

#[test]
fn no_source_file_is_too_long() {
    let longer = |path: &str| LONGER.iter().any(|(start, _)| path.starts_with(start));
    let found: Vec<_> = sources()
        .map(|(path, text)| (text.lines().count(), path))
        .filter(|(lines, path)| *lines > LONGEST && !longer(path))
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    report(
        &found,
        &format!("split files above {LONGEST} lines by what they own, or give the reason in LONGER"),
    );
}

#[test]
fn no_source_file_is_named_after_nothing() {
    let vague = ["util", "utils", "helper", "helpers", "misc", "common", "manager", "processor", "handler"];
    let found: Vec<_> = files()
        .into_iter()
        .filter(|path| ends_with(path, &["rs", "py"]))
        .filter(|path| {
            Path::new(path)
                .iter()
                .any(|part| vague.contains(&part.to_string_lossy().split('.').next().unwrap()))
        })
        .collect();
    report(&found, "name a file after what it owns");
}

#[test]
fn nothing_is_left_half_done() {
    let marks = ["todo", "unimplemented", "dbg"].map(|name| format!("{name}!("));
    let ignored = format!("#[{}", "ignore");
    let mut found = Vec::new();
    for (path, text) in sources() {
        for (at, line) in text.lines().enumerate() {
            let called = |mark: &String| {
                line.match_indices(mark.as_str())
                    .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
            };
            if marks.iter().any(called) || line.contains(&ignored) {
                found.push(format!("{path}:{}: {}", at + 1, line.trim()));
            }
        }
    }
    report(&found, "finish it, or leave it out; a case that is known to fail is a FIXME in tests/suite");
}

#[test]
fn no_file_names_somebodys_machine() {
    let folders = ["home", "root", "Users"].map(|name| format!("/{name}/"));
    let mut found = Vec::new();
    for path in files()
        .iter()
        .filter(|path| ends_with(path, &["rs", "toml", "md", "py", "tsv", "txt", "yml", "json"]))
    {
        for (at, line) in text_of(path).lines().enumerate() {
            let absolute = |folder: &String| {
                line.match_indices(folder.as_str()).any(|(at, _)| {
                    !line[..at].ends_with(|c: char| c.is_alphanumeric() || "./-_~".contains(c))
                })
            };
            if folders.iter().any(absolute) {
                found.push(format!("{path}:{}: {}", at + 1, line.trim()));
            }
        }
    }
    report(&found, "paths start at the root of the repository");
}

/// Whether a pattern of `SOURCE.toml`, which may hold one `*`, names a file.
fn names(pattern: &str, file: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => {
            file.len() >= pattern.len() - 1 && file.starts_with(start) && file.ends_with(end)
        }
        None => pattern == file,
    }
}

#[test]
fn every_data_file_has_its_source() {
    let files = files();
    let mut found = Vec::new();
    let folders: BTreeSet<&str> = files
        .iter()
        .filter_map(|path| path.strip_prefix("data/")?.split_once('/'))
        .map(|(folder, _)| folder)
        .collect();
    for folder in folders {
        let about = format!("data/{folder}/SOURCE.toml");
        if !files.contains(&about) {
            found.push(format!("data/{folder}: no SOURCE.toml"));
            continue;
        }
        let table = table_of(&about);
        let entries: Vec<_> =
            table.get("source").and_then(toml::Value::as_array).into_iter().flatten().collect();
        for key in ["origin", "licence"] {
            if entries
                .iter()
                .any(|entry| entry.get(key).and_then(toml::Value::as_str).is_none_or(str::is_empty))
            {
                found.push(format!("{about}: a [[source]] without {key}"));
            }
        }
        let patterns: Vec<_> = entries
            .iter()
            .flat_map(|entry| entry.get("files").and_then(toml::Value::as_array).into_iter().flatten())
            .filter_map(toml::Value::as_str)
            .collect();
        let start = format!("data/{folder}/");
        for file in files.iter().filter_map(|path| path.strip_prefix(&start)) {
            if file != "SOURCE.toml" && !patterns.iter().any(|pattern| names(pattern, file)) {
                found.push(format!("data/{folder}/{file}: named in no [[source]]"));
            }
        }
    }
    let model = "crates/verbale-nlp/models/SOURCE.toml";
    if !files.contains(model) {
        found.push(format!("{model}: missing"));
    }
    report(&found, "SOURCE.toml names each file of its folder with its origin and licence");
}

#[test]
fn the_readme_is_complete() {
    let readme = text_of("README.md");
    let mut found: Vec<_> = COMMANDS
        .iter()
        .filter(|command| !readme.contains(**command))
        .map(|command| format!("README.md: the command is missing: {command}"))
        .collect();
    let open = readme.lines().enumerate().filter(|(_, line)| line.contains("TBD"));
    found.extend(
        open.map(|(at, line)| format!("README.md:{}: still to be filled in: {}", at + 1, line.trim())),
    );
    report(&found, "README has both commands, and figures that were measured");
}

#[test]
fn the_architecture_names_every_crate_folder_and_dependency() {
    let architecture = text_of("ARCHITECTURE.md");
    let manifests = manifests();
    let mut wanted: BTreeSet<String> =
        manifests.values().map(|path| path.trim_end_matches("/Cargo.toml").to_owned()).collect();
    wanted.extend(
        files()
            .iter()
            .filter_map(|path| Some(path.split_once('/')?.0.to_owned()))
            .filter(|name| name != "crates"),
    );
    for path in manifests.values() {
        let used = dependencies(&table_of(path), &["dependencies", "dev-dependencies", "build-dependencies"]);
        wanted.extend(used.into_iter().filter(|name| !manifests.contains_key(name)));
    }
    let found: Vec<_> = wanted
        .iter()
        .filter(|name| {
            !architecture.contains(&format!("`{name}`")) && !architecture.contains(&format!("`{name}/`"))
        })
        .map(|name| format!("ARCHITECTURE.md does not say what `{name}` is for"))
        .collect();
    report(&found, "give each crate, top folder and dependency a line with its reason");
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut found = Vec::new();
    for path in files().iter().filter(|path| ends_with(path, &["md"])) {
        let text = text_of(path);
        let folder = root().join(path).parent().unwrap().to_owned();
        for (at, _) in text.match_indices("](") {
            let target = text[at + 2..].split([')', '#', ' ', '\n']).next().unwrap_or_default();
            if !target.is_empty() && !target.contains(':') && !folder.join(target).exists() {
                found.push(format!("{path}: no such file: {target}"));
            }
        }
    }
    report(&found, "correct the link, or add the file");
}
