//! ZIP and tar archives: each member as a file of its own. Nothing is written; names are only shown.

use std::io::{Read, Seek};

use super::files::{explain, stands_beside};
use super::intake::{Flow, Intake, Place};
use super::kind;
use super::visit::visit;

/// Reads the members of a ZIP archive.
pub fn zip(intake: &Intake, place: &Place, reader: impl Read + Seek) -> Flow {
    let mut archive = match zip::ZipArchive::new(reader) {
        Ok(archive) => archive,
        Err(error) => return intake.refuse(place, format!("the ZIP archive is broken: {error}")),
    };
    if ["[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"]
        .iter()
        .any(|name| archive.index_for_name(name).is_some())
    {
        if !place.direct && kind::of_ending(&place.ending()).is_none() {
            return intake.skip();
        }
        let reason = "this is an office document, an e-book or a program, which is not read; save it as PDF or as text";
        return intake.refuse(place, reason);
    }
    for at in 0..archive.len() {
        if intake.used.member(&intake.limits).is_err() {
            return intake.refuse(place, String::new());
        }
        let member = match archive.by_index(at) {
            Ok(member) => member,
            Err(error) => {
                intake.refuse(place, format!("member {} cannot be read: {error}", at + 1))?;
                continue;
            }
        };
        if member.is_dir() || member.is_symlink() {
            continue;
        }
        let name = String::from_utf8_lossy(member.name_raw()).into_owned();
        let packed = std::rc::Rc::new(std::cell::Cell::new(member.compressed_size()));
        let unpacked = super::limits::Unpacked::new(member, packed, intake.used.clone(), intake.limits);
        self::member(intake, place, &name, Box::new(unpacked))?;
        if intake.used.reason().is_some() {
            return Flow::Continue(());
        }
    }
    Flow::Continue(())
}

/// Reads the members of a tar archive as they come by.
pub fn tar(intake: &Intake, place: &Place, reader: impl Read) -> Flow {
    let mut archive = tar::Archive::new(reader);
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(error) => return intake.refuse(place, explain(&error)),
    };
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let reason =
                    format!("the archive is broken and what follows is left out: {}", explain(&error));
                return intake.refuse(place, reason);
            }
        };
        if intake.used.member(&intake.limits).is_err() {
            return intake.refuse(place, String::new());
        }
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        member(intake, place, &name, Box::new(entry))?;
        if intake.used.reason().is_some() {
            return Flow::Continue(());
        }
    }
    Flow::Continue(())
}

fn member<'r>(intake: &Intake, place: &Place, name: &str, reader: Box<dyn Read + 'r>) -> Flow {
    let name: String =
        name.trim_start_matches("./").chars().map(|c| if c.is_control() { '_' } else { c }).collect();
    let here = place.member(&name);
    let hidden = name
        .split('/')
        .any(|part| (part.starts_with('.') && part != ".." && part != ".") || part == "__MACOSX");
    if hidden || stands_beside(std::path::Path::new(&name)) {
        return Flow::Continue(());
    }
    if kind::of_ending(&here.ending()).is_none() {
        return intake.skip();
    }
    if here.depth > intake.limits.depth {
        return intake
            .refuse(&here, format!("it lies in more than {} archives; unpack it", intake.limits.depth));
    }
    visit(intake, &here, reader)
}
