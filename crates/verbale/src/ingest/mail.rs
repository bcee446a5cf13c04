//! Mails and mailboxes: a report a mail.

use std::io::BufRead;

use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Message, MessageParser, MimeHeaders as _, PartType};
use verbale_model::{PublishedMethod, Report};

use super::html;
use super::intake::{Flow, Intake, Place};

/// Reads one mail.
///
/// # Errors
/// Why there is no report in it.
pub fn mail(bytes: &[u8], place: &Place) -> Result<Report, String> {
    let message = MessageParser::default()
        .parse(bytes)
        .filter(|message| !message.headers().is_empty())
        .ok_or("it is no mail: it has no headers")?;
    let mut report = body(&message, place)?;
    let from = message.from().and_then(|from| from.first());
    let name = from.and_then(|from| from.name().or(from.address())).map(|name| name.trim().to_owned());
    report.title =
        message.subject().map(|subject| subject.trim().to_owned()).filter(|title| !title.is_empty());
    report.outlet.clone_from(&name);
    report.byline = name;
    report.published = message
        .date()
        .filter(|date| date.is_valid())
        .map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
    report.published_method = report.published.as_ref().map(|_| PublishedMethod::Metadata);
    let attached: Vec<&str> =
        message.attachments().map(|part| part.attachment_name().unwrap_or("one without a name")).collect();
    if !attached.is_empty() {
        report.remarks.push(format!(
            "attachments are not read: {}; save them as files and give these",
            attached.join(", ")
        ));
    }
    Ok(report)
}

/// The plain text if there is one, else what the page says.
fn body(message: &Message, place: &Place) -> Result<Report, String> {
    let plain: Vec<&str> = message
        .text_bodies()
        .filter_map(|part| if let PartType::Text(text) = &part.body { Some(text.as_ref()) } else { None })
        .collect();
    let plain = plain.join("\n\n").replace('\0', "");
    if !plain.trim().is_empty() {
        return Ok(Report { text: plain, ..Report::default() });
    }
    let page = message
        .html_bodies()
        .find_map(|part| if let PartType::Html(page) = &part.body { Some(page.as_ref()) } else { None })
        .ok_or("there is no text in the mail; save its attachments as files and give these")?;
    html::page(page, None, place.fetched.as_deref())
}

/// Reads the mails of a mailbox, one after the other.
pub fn mailbox(intake: &Intake, place: &Place, reader: Box<dyn BufRead + '_>) -> Flow {
    let mut any = false;
    for (at, message) in MessageIterator::new(reader).enumerate() {
        any = true;
        let Ok(message) = message else {
            return intake.refuse(place, format!("mail {} and what follows cannot be read", at + 1));
        };
        let mut here = place.clone();
        here.name = format!("{}:{}", place.name, at + 1);
        intake.one(&here, || mail(message.contents(), &here))?;
    }
    if any { Flow::Continue(()) } else { intake.refuse(place, "it is empty: there is no mail in it") }
}
