//! Reads `tests/suite/*/*.md`: a heading is a case, a quoted block its report, a fenced block its record.

use std::path::Path;

use crate::expect::{Expected, parse};

/// One case of the suite.
#[derive(Debug)]
pub struct Case {
    /// `family/topic.md`.
    pub file: String,
    /// Line of the heading, from 1.
    pub line: usize,
    pub heading: String,
    /// Why the case is known to be wrong today.
    pub fixme: Option<String>,
    pub tags: Vec<String>,
    pub published: Option<String>,
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub text: String,
    pub expected: Expected,
}

impl Case {
    /// The folder under `tests/suite`.
    pub fn family(&self) -> &str {
        self.file.split('/').next().unwrap_or_default()
    }

    /// `family/topic.md:12: Heading`.
    pub fn name(&self) -> String {
        format!("{}:{}: {}", self.file, self.line, self.heading)
    }
}

/// Reads every case below `root`, in order of file name; errors name file and line.
pub fn read_all(root: &Path) -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    for family in sorted(root)?.into_iter().filter(|path| path.is_dir()) {
        for path in sorted(&family)?.into_iter().filter(|path| path.extension().is_some_and(|e| e == "md")) {
            let text =
                std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            cases.extend(read_file(&name, &text)?);
        }
    }
    Ok(cases)
}

fn sorted(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    Ok(paths)
}

/// Reads the cases of one topic file.
pub fn read_file(file: &str, text: &str) -> Result<Vec<Case>, String> {
    let lines: Vec<&str> = text.lines().collect();
    let starts: Vec<usize> = (0..lines.len()).filter(|&at| lines[at].starts_with("## ")).collect();
    if !lines.first().is_some_and(|line| line.starts_with("# ")) {
        return Err(format!("{file}:1: a topic file opens with a `# ` heading"));
    }
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts.iter().zip(ends).map(|(&start, end)| read_case(file, start, &lines[start..end])).collect()
}

fn read_case(file: &str, start: usize, lines: &[&str]) -> Result<Case, String> {
    let fail = |at: usize, what: &str| format!("{file}:{}: {what}", start + at + 1);
    let mut case = Case {
        file: file.to_owned(),
        line: start + 1,
        heading: lines[0].trim_start_matches("## ").trim().to_owned(),
        fixme: None,
        tags: Vec::new(),
        published: None,
        title: None,
        outlet: None,
        text: String::new(),
        expected: Expected::default(),
    };
    let mut quoted = Vec::new();
    let mut record: Option<Vec<(usize, &str)>> = None;
    let mut fenced = false;
    for (at, line) in lines.iter().enumerate().skip(1) {
        if fenced && line.trim() == "```" {
            fenced = false;
        } else if fenced {
            record.get_or_insert_default().push((at, line));
        } else if line.trim() == "```record" {
            if record.replace(Vec::new()).is_some() {
                return Err(fail(at, "a second record"));
            }
            fenced = true;
        } else if let Some(text) = line.strip_prefix('>') {
            quoted.push(text.strip_prefix(' ').unwrap_or(text));
        } else if let Some(why) =
            line.trim().strip_prefix("<!-- FIXME").and_then(|why| why.strip_suffix("-->"))
        {
            case.fixme = Some(why.trim().to_owned());
        } else if let Some((key, value)) = line.split_once(':') {
            let value = value.trim().to_owned();
            match key {
                "tags" => case.tags = value.split(',').map(|tag| tag.trim().to_owned()).collect(),
                "published" => case.published = Some(value),
                "title" => case.title = Some(value),
                "outlet" => case.outlet = Some(value),
                _ => return Err(fail(at, &format!("unknown line `{key}:`"))),
            }
        } else if !line.trim().is_empty() {
            return Err(fail(at, "neither key, quoted report nor record"));
        }
    }
    let record = record.ok_or_else(|| fail(0, "no record block"))?;
    if fenced {
        return Err(fail(0, "the record block is not closed"));
    }
    case.text = quoted.join("\n");
    if case.text.trim().is_empty() {
        return Err(fail(0, "no report"));
    }
    case.expected = parse(&record).map_err(|(at, what)| fail(at, &what))?;
    Ok(case)
}

#[test]
fn a_case_is_read() {
    let text = "# Topic\n\nWhy.\n\n## One\n<!-- FIXME later -->\ntags: hard, x\n\npublished: 2024-05-07\n\n> First.\n>\n> Second.\n\n```record\nno events\n```\n## Two\n\n> T.\n\n```record\nevent AID\n```\n";
    let cases = read_file("f/t.md", text).unwrap();
    assert_eq!((cases.len(), cases[0].line, cases[1].line), (2, 5, 18));
    assert_eq!(cases[0].text, "First.\n\nSecond.");
    assert_eq!(
        (cases[0].fixme.as_deref(), cases[0].published.as_deref()),
        (Some("later"), Some("2024-05-07"))
    );
    assert_eq!((cases[0].tags.join(" "), cases[0].family()), ("hard x".to_owned(), "f"));
    assert_eq!(cases[1].name(), "f/t.md:18: Two");
}

#[test]
fn what_is_amiss_names_its_line() {
    let wrong = |text: &str| read_file("t.md", text).unwrap_err();
    assert_eq!(wrong("# T\n## A\n> x\n"), "t.md:2: no record block");
    assert_eq!(wrong("# T\n## A\nwhat: x\n"), "t.md:3: unknown line `what:`");
    assert_eq!(wrong("# T\n## A\n```record\nno events\n```\n"), "t.md:2: no report");
    assert!(wrong("# T\n## A\n> x\n```record\nevent AID | colour=red\n```\n").starts_with("t.md:5: "));
}
