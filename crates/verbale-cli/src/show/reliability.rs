//! How far coder and reviewers can be relied on, for people.

use verbale::measure::Proportion;
use verbale::reliability::Reliability;

use super::paper::Screen;
use super::series::{begin, put};
use super::styled::{Look, Styled};

/// What `verbale review agreement` says.
pub fn reliability_page(screen: &Screen, found: &Reliability) -> String {
    let title = match found.reviewers.as_slice() {
        [] => "Nobody has reviewed anything".to_owned(),
        reviewers => format!("The coder against {}", reviewers.join(", ")),
    };
    let mut paper = begin(screen, &title);
    if !found.fields.is_empty() {
        let head = ["field", "right", "wrong", "missed", "precision", "recall", "F1"];
        let rows = found.fields.iter().map(|(name, field)| {
            let [precision, recall, f1] =
                [field.accuracy.precision, field.accuracy.recall, field.accuracy.f1].map(share);
            let [right, wrong, missed] =
                [field.right, field.wrong, field.missed].map(|number| number.to_string());
            // Nobody can say how many events were missed.
            let missed = if name == "event" { "-".to_owned() } else { missed };
            vec![name.clone(), right, wrong, missed, precision, recall, f1]
        });
        put(&mut paper, screen, &head, rows);
        paper.blank();
    }
    if !found.alpha.is_empty() {
        let rows = found.alpha.iter().map(|(name, alpha)| {
            let figure = match (alpha.alpha, alpha.interval) {
                (Some(alpha), Some(ends)) => format!("{alpha:.2} [{:.2}, {:.2}]", ends.low, ends.high),
                (Some(alpha), None) => format!("{alpha:.2}"),
                (None, _) => "none: all said the same".to_owned(),
            };
            vec![name.clone(), figure, alpha.units.to_string(), alpha.ratings.to_string()]
        });
        put(&mut paper, screen, &["field", "Krippendorff's alpha", "units", "ratings"], rows);
        paper.blank();
    }
    for remark in &found.remarks {
        paper.put(2, &Styled::of(remark, Look::Dim));
    }
    paper.finish()
}

fn share(share: Option<Proportion>) -> String {
    share.map_or_else(
        || "-".to_owned(),
        |of| format!("{:.0} % [{:.0}, {:.0}]", 100.0 * of.value, 100.0 * of.low, 100.0 * of.high),
    )
}
