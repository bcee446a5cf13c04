//! All partners of a state as bars, the busiest first.

use maud::html;
use verbale_measure::Network;

use super::cloth::{Text, fit};
use super::scale::{Scale, round_up, ticks};
use super::shapes::{bar, mark, rule};
use super::{Chart, Width};
use crate::links::{Figure, Links};
use crate::names::Names;
use crate::words;

/// Partners that are drawn; the table has all of them.
const MOST: usize = 24;

/// Bars of events with each partner, and the share of all that they are.
pub fn partners(width: Width, names: &Names, found: &Network, links: &dyn Links) -> Chart {
    let (whole, wide) = (width.units(), width.is_wide());
    let shown = &found.partners[..found.partners.len().min(MOST)];
    let (left, right) = if wide { (180.0, whole - 150.0) } else { (112.0, whole - 104.0) };
    let (top, step) = (22.0, 24.0);
    let bottom = top + step * shown.len().max(1) as f64;
    let most = round_up(shown.iter().map(|one| one.count.0).fold(0.0, f64::max));
    let scale = Scale::new((0.0, most), (left, right));
    let hidden = found.partners.len() - shown.len();
    let more = if hidden == 0 { String::new() } else { format!(" {hidden} more are in the table.") };
    let about = format!(
        "Events of {} with each partner, those with most first, and each one's share of all with its 95 % interval.{more}",
        names.of(&found.head.state)
    );
    let body = html! {
        @for tick in ticks(most) {
            (rule("grid", (scale.at(tick), top - 4.0), (scale.at(tick), bottom)))
            (Text::at(scale.at(tick), top - 9.0).middle().class("soft small").write(&format!("{tick:.0}")))
        }
        (Text::at(whole, top - 9.0).end().class("soft small").write("share of events"))
        @for (at, one) in shown.iter().enumerate() {
            @let y = top + step * at as f64;
            @let share = words::percent(&one.share);
            @let name = format!("{}: {} events, {share}", names.with_code(&one.code), one.count);
            (Text::at(0.0, y + 16.0).write(&fit(names.of(&one.code), left - 8.0, 13.0)))
            (mark(links.figure(Figure::Partner(&one.code)).as_deref(), &name, &html! {
                (bar("one", (left, y + 4.0), (scale.at(one.count.0), y + step - 4.0)))
                (Text::at(scale.at(one.count.0) + 5.0, y + 16.0).class("label small").write(&one.count.to_string()))
            }))
            (Text::at(whole, y + 16.0).end().class("soft small").write(&share))
        }
        (rule("zero", (left, top - 4.0), (left, bottom)))
        @if hidden > 0 {
            (Text::at(left, bottom + 18.0).class("soft small").write(&format!("and {hidden} more partners")))
        }
    };
    let height = bottom + if hidden > 0 { 26.0 } else { 8.0 };
    Chart { title: format!("Partners of {}", names.of(&found.head.state)), about, width: whole, height, body }
}
