//! `verbale extract`: the article of a web page, with what the page says of itself.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::json;
use verbale::ingest::{Refused, decode_page, page};
use verbale::model::Report;

use crate::ending::{Done, refuse, usage};
use crate::show::harmless;

const EXAMPLES: &str = "\
Examples:
  verbale extract page.html --url https://example.org/2025/10/24/talks
  verbale extract saved/*.html --json > pages.jsonl

The publication date is the day as the page states it in its own time zone, and published_method says
where it stands: metadata, visible (beside the headline) or address. Captions stand in the text; their
start and end count characters of it.

Exit codes: 0 done; 1 some pages were refused, each named on stderr, the rest done; 2 wrong usage.";

/// Extract the article of web pages: title, byline, date, outlet, language, text and captions
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Saved web pages
    #[arg(required = true, value_name = "PAGE.html")]
    pages: Vec<PathBuf>,
    /// The address of the page, which may tell its outlet and date
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// One line of JSON per page
    #[arg(long)]
    json: bool,
}

/// Extracts page after page; what is refused is named and the rest is done.
pub fn run(args: &Args) -> Result<Done> {
    if args.url.is_some() && args.pages.len() > 1 {
        return usage("--url: there are several pages; give the address with one page at a time");
    }
    let mut out = std::io::stdout().lock();
    let mut refused = 0;
    for path in &args.pages {
        match extract(path, args.url.as_deref()) {
            Ok(report) => {
                let shown = if args.json { line(&report) } else { readable(&report) };
                out.write_all(shown.as_bytes())?;
                out.flush()?;
            }
            Err(left_out) => {
                refused += 1;
                refuse(&left_out);
            }
        }
    }
    Ok(Done::refusing(refused))
}

fn extract(path: &Path, url: Option<&str>) -> Result<Report, Refused> {
    let refused = |reason: String| Refused { input: path.display().to_string(), reason };
    let bytes = std::fs::read(path).map_err(|error| refused(format!("it cannot be read: {error}")))?;
    let html = decode_page(bytes, None).map_err(|error| refused(error.to_string()))?;
    page(&html.text, url, None).map_err(refused)
}

fn line(report: &Report) -> String {
    let chars: Vec<char> = report.text.chars().collect();
    let captions: Vec<_> = report
        .captions
        .iter()
        .map(|span| {
            let text: String =
                chars.get(span.start as usize..span.end as usize).unwrap_or_default().iter().collect();
            json!({"start": span.start, "end": span.end, "text": text})
        })
        .collect();
    let object = json!({
        "title": report.title,
        "byline": report.byline,
        "published": report.published,
        "published_method": report.published_method,
        "outlet": report.outlet,
        "language": report.language,
        "text": report.text,
        "captions": captions,
    });
    format!("{object}\n")
}

/// For people: title, a line of what is known, the text with captions marked.
fn readable(report: &Report) -> String {
    let mut page = String::new();
    let known = [&report.byline, &report.outlet, &report.published, &report.language];
    let known: Vec<&str> = known.into_iter().flatten().map(String::as_str).collect();
    for line in [report.title.as_deref().unwrap_or("(no title)"), &known.join(" · ")] {
        page.push_str(&harmless(line));
        page.push('\n');
    }
    let mut start = 0;
    for paragraph in report.text.split("\n\n") {
        let mark = if report.captions.iter().any(|span| span.start == start) { "[caption] " } else { "" };
        let lines: Vec<String> = paragraph.lines().map(harmless).collect();
        let _ = write!(page, "\n{mark}{}\n", lines.join("\n"));
        start += paragraph.chars().count() as u32 + 2;
    }
    page.push('\n');
    page
}
