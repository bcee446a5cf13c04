//! What people see: cards of events with their evidence, and the parts they are made of.

mod balance;
mod card;
mod claim;
mod coding;
mod evidence;
mod listing;
mod network;
mod page;
mod paper;
mod reliability;
mod report;
mod safe;
mod series;
mod styled;
mod table;
#[cfg(test)]
mod tests;
mod why;

pub use balance::balance_page;
pub use coding::coding_page;
pub use listing::{claim_page, document_page, entry_page, quote_page};
pub use network::network_page;
pub use page::Page;
pub use paper::{LEGEND, Paper, Screen};
pub use reliability::reliability_page;
pub use report::report_page;
pub use safe::json_line;
pub use series::{compare_page, topics_page, trend_page};
pub use verbale_page::safe::harmless;
use verbale_page::words;
pub use why::{why_claim, why_event};
