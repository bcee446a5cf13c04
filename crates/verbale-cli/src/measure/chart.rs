//! Charts as files: where one goes, in which format, and what stands around it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use verbale_page::chart::{Chart, Heading, stack};
use verbale_page::png;

/// A file for a chart.
#[derive(Debug, Clone)]
pub struct Picture {
    path: PathBuf,
    format: Format,
}

#[derive(Debug, Clone, Copy)]
enum Format {
    Svg,
    Png,
}

/// A chart beside the answer.
#[derive(clap::Args)]
pub struct Drawing {
    /// Also a chart, as SVG or PNG by the file's ending: chart.svg, chart.png
    #[arg(short = 'o', long = "output", value_name = "FILE", value_parser = picture)]
    picture: Option<Picture>,
}

fn picture(text: &str) -> Result<Picture, String> {
    let path = PathBuf::from(text);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let format = match ending.as_deref() {
        Some("svg") => Format::Svg,
        Some("png") => Format::Png,
        Some("html" | "htm") => {
            return Err("a chart is .svg or .png; a page of all is `verbale report … -o out.html`".to_owned());
        }
        _ => return Err("end the name with .svg or .png; data is --json".to_owned()),
    };
    Ok(Picture { path, format })
}

impl Drawing {
    /// Whether a chart is asked for.
    pub fn is_wanted(&self) -> bool {
        self.picture.is_some()
    }

    /// Draws and writes, where a chart is asked for.
    pub fn write(&self, draw: impl FnOnce() -> Vec<Chart>, heading: &Heading<'_>) -> Result<()> {
        let Some(Picture { path, format }) = &self.picture else { return Ok(()) };
        let svg = stack(&draw(), heading);
        let bytes = match format {
            Format::Svg => svg.into_bytes(),
            Format::Png => png(&svg).map_err(anyhow::Error::msg)?,
        };
        save(path, &bytes)
    }
}

/// Writes a file, or says which one cannot be written and why.
pub fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(path, bytes).with_context(|| format!("{}: the file cannot be written", path.display()))
}
