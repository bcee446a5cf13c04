//! `parse`, `explain`, `knowledge check`, `completions`, `man`, and help.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

mod binary;

use std::io::Read as _;
use std::process::{Command, Stdio};

use binary::{Folder, root, verbale, with};

const TEXT: &str =
    "Kenyan Foreign Minister Daniel Otieno met his Norwegian counterpart in Oslo on 12 March.\n";

#[test]
fn parse_writes_conllu_and_reads_it_again() {
    let ran = with(&["parse", "-"], TEXT.as_bytes(), &[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.starts_with("# newdoc id = -\n# sent_id = 1\n"), "{}", ran.out);
    let rows: Vec<&str> = ran.out.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert!(rows.iter().all(|row| row.split('\t').count() == 10));
    assert_eq!(rows.iter().filter(|row| row.split('\t').nth(7) == Some("root")).count(), 1);
    let many = ran.out.repeat(200);
    let again = with(&["parse", "-", "--gold-tokens"], many.as_bytes(), &[("RAYON_NUM_THREADS", "4")]);
    assert_eq!(again.code, 0, "{}", again.err);
    let forms = |text: &str| -> Vec<String> {
        text.lines().map(|line| line.split('\t').take(2).collect::<Vec<_>>().join(" ")).collect()
    };
    assert_eq!(forms(&again.out), forms(&many));
}

#[test]
fn parse_names_a_bad_line() {
    let bad = "1\tOslo\t_\t_\t_\t_\t_\t_\t_\t_\n\n".repeat(100) + "1\tOslo\n\n";
    let ran = with(&["parse", "-", "--gold-tokens"], bad.as_bytes(), &[]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("line 201: expected ten columns"), "{}", ran.err);
}

#[test]
fn explain_shows_rule_words_and_offsets() {
    let event = with(&["explain", "-", "e1", "--published", "2025-03-14"], TEXT.as_bytes(), &[]);
    assert_eq!((event.code, event.err.as_str()), (0, ""));
    for words in ["Why", "rule ", "“met” (characters 38 to 41)", "2025-03-12", "year_inferred", "participant"]
    {
        assert!(event.out.contains(words), "no {words:?} in\n{}", event.out);
    }
    let claim = with(&["explain", "-", "c1"], TEXT.as_bytes(), &[]);
    assert_eq!(claim.code, 0);
    assert!(claim.out.contains("content ") && claim.out.contains("rule "), "{}", claim.out);
}

#[test]
fn explain_asks_which_report() {
    let ran = verbale(&["explain", "examples/reports/wire.jsonl", "e1"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("'call-tokyo-hanoi#e1'"), "{}", ran.err);
    let ran = verbale(&["explain", "examples/reports/wire.jsonl", "call-tokyo-hanoi#e1"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("CONSULT"), "{}", ran.out);
    let ran = verbale(&["explain", "/no/such.txt", "e1"]);
    assert_eq!(ran.code, 1);
}

#[test]
fn knowledge_check_lints() {
    let folder = Folder::new();
    let ran = verbale(&["knowledge", "check", &folder.file("bad.toml", "[[state]\n")]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("bad.toml:1: error: "), "{}", ran.out);
    assert!(ran.err.contains("cannot be used"), "{}", ran.err);
    let ran = verbale(&["knowledge", "check", &folder.file("good.toml", "")]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    assert_eq!(verbale(&["knowledge", "check", &folder.path("none.toml")]).code, 1);
    assert_eq!(verbale(&["knowledge"]).code, 2);
}

#[test]
fn shells_and_manual_are_served() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = verbale(&["completions", shell]);
        assert!(ran.code == 0 && ran.out.contains("explain"), "{shell}");
    }
    assert_eq!(verbale(&["completions", "cmd"]).code, 2);
    let page = verbale(&["man"]);
    assert_eq!(page.code, 0);
    for words in [".TH verbale", "VERBALE READ", "VERBALE KNOWLEDGE CHECK", "gold\\-tokens", "Exit codes"] {
        assert!(page.out.contains(words), "no {words:?}");
    }
}

#[test]
fn help_and_version_say_what_there_is() {
    for command in ["read", "parse", "explain", "completions"] {
        let ran = verbale(&[command, "--help"]);
        assert!(ran.code == 0 && ran.out.contains("Examples:"), "{command}: {}", ran.out);
    }
    let help = verbale(&["--help"]);
    assert!(help.code == 0 && help.out.contains("Exit codes"), "{}", help.out);
    let version = verbale(&["--version"]).out;
    assert!(
        version.starts_with("verbale 0.")
            && version.contains("\ndata ")
            && version.contains("\nmodel default"),
        "{version}"
    );
}

#[test]
fn a_reader_that_goes_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_verbale"))
        .args(["read", "examples/reports", "examples/reports", "--json", "--mentions"])
        .current_dir(root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut start = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut start).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()));
}

#[test]
fn score_skips_sets_that_are_not_there_and_names_those_it_knows() {
    let ran = verbale(&["score", "places", "/no/such/folder", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("places: skipped") && ran.err.contains("lgl.xml.gz"), "{}", ran.err);
    assert!(ran.out.contains(r#""skipped":["places"]"#), "{}", ran.out);
    let ran = verbale(&["score", "poems"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("there is no set named poems") && ran.err.contains("attribution"),
        "{}",
        ran.err
    );
}
