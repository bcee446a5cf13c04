//! Captions: what stands under a picture. Doubt speaks for prose.

use super::abbreviations::{is_month, is_starter};
use super::block::Block;
use super::credits::is_credit;
use super::cues::{FINITE_VERBS, NEWS_VERBS, PICTURE_PARTICIPLES, PICTURE_VERBS};

/// Longest caption in tokens.
const LONGEST: usize = 70;

/// Where a paragraph stands, as far as it speaks for a picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Position {
    /// No prose has come before, and something has.
    pub top: bool,
    /// A credit line follows.
    pub credited: bool,
}

/// Whether a paragraph describes a picture.
pub(super) fn is_caption(block: &Block<'_>, position: Position) -> bool {
    if block.len() > LONGEST || block.len() < 4 || block.is_item() {
        return false;
    }
    if opens_as_file(block) || points_at_people(block) {
        return true;
    }
    let own = without_credit(block);
    let signed = own < block.len();
    let credited = position.credited || signed;
    if !(position.top || position.credited) || has_inner_stop(block, own) {
        return false;
    }
    if position.top && (signed || ends_in_full_date(block, own)) && no_finite_verb(block, own, None) {
        return true;
    }
    let Some(verb) = verb_after_name(block, own) else { return false };
    if !no_finite_verb(block, own, Some(verb)) {
        return false;
    }
    let form = block.form(verb);
    PICTURE_PARTICIPLES.contains(&form)
        || (PICTURE_VERBS.contains(&form) && (credited || block.has_date()))
        || (NEWS_VERBS.contains(&form) && credited)
}

/// Number of tokens before the credit that a paragraph ends with: `… in Doha. Photo: AFP`.
fn without_credit(block: &Block<'_>) -> usize {
    let stop = (1..block.len()).rev().find(|at| block.form(*at) == "." && at + 1 < block.len());
    let Some(from) = stop.map(|at| at + 1).filter(|from| block.len() - from <= 12) else {
        return block.len();
    };
    let tokens = block.tokens.get(from..).unwrap_or_default().to_vec();
    let start = tokens.first().map_or(block.range.end, |t| t.start);
    let tail = Block { text: block.text, range: start..block.range.end, tokens };
    if is_credit(&tail, false) { from } else { block.len() }
}

/// Whether the first `own` tokens end with a day, a month and a year, as news seldom does.
fn ends_in_full_date(block: &Block<'_>, own: usize) -> bool {
    let last = if block.form(own - 1) == "." { own.saturating_sub(2) } else { own - 1 };
    let year = |form: &str| {
        form.len() == 4 && form.starts_with(['1', '2']) && form.bytes().all(|b| b.is_ascii_digit())
    };
    let day = |form: &str| form.len() <= 2 && form.starts_with(|c: char| c.is_ascii_digit());
    let parts: Vec<&str> = (last.saturating_sub(3)..last).map(|at| block.form(at)).collect();
    year(block.form(last)) && parts.iter().any(|p| is_month(p)) && parts.iter().any(|p| day(p))
}

/// `FILE PHOTO:`, `FILE -`, `In this Oct. 3 photo`.
fn opens_as_file(block: &Block<'_>) -> bool {
    let word = |at: usize| block.form(at).to_lowercase();
    let picture = |w: &str| {
        matches!(w, "photo" | "photograph" | "image" | "picture" | "handout" | "screengrab" | "still")
    };
    let file = word(0) == "file" && (picture(&word(1)) || matches!(block.form(1), "-" | "--" | "–" | "—"));
    let this = word(0) == "in" && word(1) == "this" && (2..14).any(|at| picture(&word(at)));
    let labelled = matches!(word(0).as_str(), "image" | "media" | "photo") && word(1) == "caption";
    let shows = (0..4).any(|at| picture(&word(at)) && matches!(word(at + 1).as_str(), "shows" | "showing"));
    // "L to R: …", "From left: …"
    let row = word(0) == "l" && matches!(word(1).as_str(), "to" | "-") && word(2) == "r";
    file || this
        || row
        || labelled
        || shows
        || block.written().to_lowercase().trim_end_matches(['.', ')', ']']).ends_with("file photo")
}

/// `(L)`, `(right)`, `, left,`, `pictured above`, `seen here`, `from left`.
fn points_at_people(block: &Block<'_>) -> bool {
    // Parties have letters too: "Sen. Jane Doe (R) said".
    let politics = block.forms().any(|f| matches!(f, "D" | "said" | "says" | "told"));
    let side = |form: &str| {
        (form == "R" && !politics)
            || matches!(form, "L" | "left" | "right" | "centre" | "center" | "Left" | "Right" | "pictured")
    };
    (0..block.len()).any(|at| {
        let next = block.form(at + 1);
        let after = block.form(at + 2);
        match block.form(at) {
            "(" => at > 0 && side(next) && after == ")",
            "," => matches!(next, "left" | "right" | "pictured") && matches!(after, "," | "and" | "."),
            "pictured" => matches!(next, "above" | "below" | "here" | "left" | "right"),
            "seen" => next == "here" && at > 0,
            "from" | "From" => matches!(next, "left" | "right") && matches!(after, ":" | ","),
            "left" | "Left" => next == "to" && after == "right" && (at < 3 || block.form(at - 1) == "("),
            _ => false,
        }
    })
}

/// Whether a stop stands before the last tokens: captions are one sentence.
fn has_inner_stop(block: &Block<'_>, own: usize) -> bool {
    block.forms().take(own.saturating_sub(3)).any(|f| f == "." || f == "?" || f == "!")
}

/// The first verb of pictures that follows the name it belongs to.
fn verb_after_name(block: &Block<'_>, own: usize) -> Option<usize> {
    // "After meeting", "During a meeting": an adverbial opens prose.
    let first = block.form(0);
    let article = matches!(first, "The" | "A" | "An" | "Two" | "Some");
    if (is_starter(first) && !article) || !first.starts_with(char::is_uppercase) {
        return None;
    }
    let verb = (1..own).find(|at| {
        let form = block.form(*at);
        let known = [PICTURE_PARTICIPLES, PICTURE_VERBS, NEWS_VERBS].iter().any(|t| t.contains(&form));
        let before = block.form(at - 1);
        let name = before == ")" || before.starts_with(char::is_uppercase);
        let apposed = before == "," && PICTURE_PARTICIPLES.contains(&form);
        known && (name || apposed || (*at <= 4 && before.ends_with('s')))
    })?;
    // "the Doha meeting of foreign ministers" names a meeting.
    let nominal =
        matches!(block.form(verb + 1), "of" | "between" | "in" | "on" | "at" | "and" | "," | "." | "to");
    (!(nominal && matches!(block.form(verb), "meeting" | "visit" | "talks" | "sign" | "look" | "review")))
        .then_some(verb)
}

/// Whether nothing in the first `own` tokens but `verb` makes a full sentence: no auxiliary, no
/// past tense but "… attended by …".
fn no_finite_verb(block: &Block<'_>, own: usize, verb: Option<usize>) -> bool {
    (0..own).filter(|at| Some(*at) != verb).all(|at| {
        let form = block.form(at);
        let past = form.len() > 4 && form.ends_with("ed") && form.starts_with(char::is_lowercase);
        let participle = matches!(block.form(at + 1), "by" | "in" | "at");
        !FINITE_VERBS.contains(&form) && (participle || !past)
    })
}
