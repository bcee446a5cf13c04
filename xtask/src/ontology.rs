//! `data/ontology/*.toml` to the enums of `verbale-model`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

/// The fixed head of the generated file: the macro that declares a closed vocabulary.
const HEAD: &str = include_str!("ontology_head.txt");
/// Its fixed end: what the tables answer.
const TAIL: &str = include_str!("ontology_tail.txt");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plover {
    quad: Vec<Quad>,
    #[serde(rename = "type")]
    types: Vec<Type>,
    contexts: toml::Table,
    sectors: toml::Table,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Quad {
    name: String,
    number: u8,
    verbal: bool,
    cooperative: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Type {
    name: String,
    quad: String,
    recipient: bool,
    scale: f32,
    definition: String,
    #[serde(default)]
    mode: Vec<Mode>,
    #[serde(rename = "note")]
    _note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mode {
    name: String,
    scale: Option<f32>,
    definition: String,
    context: Option<String>,
}

#[derive(Deserialize)]
struct Cameo {
    codes: BTreeMap<String, Code>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Code {
    name: String,
    goldstein: f32,
    #[serde(rename = "type")]
    event_type: Option<String>,
    mode: Option<String>,
    #[serde(default)]
    contexts: Vec<String>,
    #[serde(rename = "was_mode")]
    _was_mode: Option<String>,
    #[serde(rename = "was_contexts")]
    _was_contexts: Option<Vec<String>>,
}

/// The text of `crates/verbale-model/src/ontology.rs`.
pub fn generate(data: &Path) -> Result<String> {
    let plover: Plover = read(&data.join("ontology/plover.toml"))?;
    let cameo: Cameo = read(&data.join("ontology/cameo.toml"))?;
    check(&plover, &cameo)?;
    let mut out = HEAD.to_owned();
    let quads = plover.quad.iter().map(|quad| {
        let words = if quad.verbal { "Words" } else { "Deeds" };
        let way = if quad.cooperative { "that bring sides together." } else { "that set sides apart." };
        (quad.name.clone(), format!("{words} {way}"))
    });
    vocabulary(&mut out, "QuadClass", "PLOVER's quad classes.", quads);
    let types = plover.types.iter().map(|t| (t.name.clone(), t.definition.clone()));
    vocabulary(&mut out, "EventType", "PLOVER's event types.", types);
    vocabulary(
        &mut out,
        "Mode",
        "PLOVER's modes; which type has which, [`EventType::modes`] says.",
        modes(&plover),
    );
    vocabulary(
        &mut out,
        "Context",
        "PLOVER's contexts; any number go with any event.",
        described(&plover.contexts),
    );
    vocabulary(&mut out, "Sector", "PLOVER's sectors.", described(&plover.sectors));
    tables(&mut out, &plover)?;
    codes(&mut out, &cameo)?;
    out.push_str(TAIL);
    Ok(out)
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    toml::from_str(&text).with_context(|| path.display().to_string())
}

/// Demands that every name used is one declared.
fn check(plover: &Plover, cameo: &Cameo) -> Result<()> {
    for t in &plover.types {
        if !plover.quad.iter().any(|quad| quad.name == t.quad) {
            bail!("plover.toml: {} has an unknown quad class {}", t.name, t.quad);
        }
        for context in t.mode.iter().filter_map(|mode| mode.context.as_deref()) {
            if !plover.contexts.contains_key(context) {
                bail!("plover.toml: {} has an unknown context {context}", t.name);
            }
        }
    }
    for (code, entry) in &cameo.codes {
        let Some(name) = entry.event_type.as_deref() else { continue };
        let Some(t) = plover.types.iter().find(|t| t.name == name) else {
            bail!("cameo.toml: {code} has an unknown type {name}");
        };
        if let Some(mode) = entry.mode.as_deref().filter(|name| !t.mode.iter().any(|mode| mode.name == *name))
        {
            bail!("cameo.toml: {code} has mode {mode}, which {name} lacks");
        }
        if let Some(context) = entry.contexts.iter().find(|context| !plover.contexts.contains_key(*context)) {
            bail!("cameo.toml: {code} has an unknown context {context}");
        }
    }
    Ok(())
}

/// Distinct modes in order of first appearance, described by every type that has them.
fn modes(plover: &Plover) -> impl Iterator<Item = (String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for t in &plover.types {
        for mode in &t.mode {
            let line = format!("{}: {}", t.name, mode.definition);
            match found.iter_mut().find(|(name, _)| *name == mode.name) {
                Some((_, lines)) => {
                    lines.push(' ');
                    lines.push_str(&line);
                }
                None => found.push((mode.name.clone(), line)),
            }
        }
    }
    found.into_iter()
}

fn described(table: &toml::Table) -> impl Iterator<Item = (String, String)> {
    table.iter().map(|(name, text)| (name.clone(), sentence(text.as_str().unwrap_or_default())))
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), chars.as_str()))
}

fn vocabulary(out: &mut String, name: &str, doc: &str, members: impl Iterator<Item = (String, String)>) {
    let _ = write!(out, "\nvocabulary! {{\n    /// {doc}\n    {name} {{\n");
    for (text, definition) in members {
        let _ = write!(out, "        /// {definition}\n        {} = \"{text}\",\n", variant(&text));
    }
    out.push_str("    }\n}\n");
}

/// `third-party` to `ThirdParty`.
fn variant(text: &str) -> String {
    let mut out = String::new();
    for word in text.split([' ', '-', '_']) {
        let (first, rest) = word.split_at(1.min(word.len()));
        out.push_str(&first.to_uppercase());
        out.push_str(&rest.to_lowercase());
    }
    out
}

fn tables(out: &mut String, plover: &Plover) -> Result<()> {
    writeln!(out, "\n/// What PLOVER says of each type, in the order of [`EventType::ALL`].")?;
    writeln!(out, "#[rustfmt::skip]\nstatic TYPES: [Type; {}] = [", plover.types.len())?;
    for t in &plover.types {
        let modes: Vec<String> = t.mode.iter().map(|mode| format!("Mode::{}", variant(&mode.name))).collect();
        let scales: Vec<String> =
            t.mode.iter().map(|mode| format!("{:?}", mode.scale.unwrap_or(t.scale))).collect();
        writeln!(
            out,
            "    Type {{ quad: QuadClass::{}, recipient: {}, scale: {:?}, modes: &[{}], scales: &[{}] }},",
            variant(&t.quad),
            t.recipient,
            t.scale,
            modes.join(", "),
            scales.join(", ")
        )?;
    }
    writeln!(
        out,
        "];\n\n/// What each quad class is, in the order of [`QuadClass::ALL`]: number, verbal, cooperative."
    )?;
    writeln!(out, "#[rustfmt::skip]\nstatic QUADS: [(u8, bool, bool); {}] = [", plover.quad.len())?;
    for quad in &plover.quad {
        writeln!(out, "    ({}, {}, {}),", quad.number, quad.verbal, quad.cooperative)?;
    }
    writeln!(out, "];\n\n/// Contexts that a mode brings with it.")?;
    writeln!(out, "#[rustfmt::skip]\nstatic IMPLIED: &[(EventType, Mode, Context)] = &[")?;
    for (t, mode) in plover.types.iter().flat_map(|t| t.mode.iter().map(move |mode| (t, mode))) {
        if let Some(context) = &mode.context {
            let (t, mode, context) = (variant(&t.name), variant(&mode.name), variant(context));
            writeln!(out, "    (EventType::{t}, Mode::{mode}, Context::{context}),")?;
        }
    }
    writeln!(out, "];")?;
    Ok(())
}

fn codes(out: &mut String, cameo: &Cameo) -> Result<()> {
    writeln!(out, "\n/// CAMEO's codes in order.\n#[rustfmt::skip]\npub static CAMEO: &[Cameo] = &[")?;
    for (code, entry) in &cameo.codes {
        let option = |of: &str, name: &Option<String>| {
            name.as_deref().map_or_else(|| "None".to_owned(), |name| format!("Some({of}::{})", variant(name)))
        };
        let contexts: Vec<String> =
            entry.contexts.iter().map(|name| format!("Context::{}", variant(name))).collect();
        writeln!(
            out,
            "    Cameo {{ code: {code:?}, name: {:?}, goldstein: {:?}, event_type: {}, mode: {}, contexts: &[{}] }},",
            entry.name,
            entry.goldstein,
            option("EventType", &entry.event_type),
            option("Mode", &entry.mode),
            contexts.join(", ")
        )?;
    }
    writeln!(out, "];")?;
    Ok(())
}

#[cfg(test)]
#[path = "ontology_tests.rs"]
mod tests;
