//! Tests of the segmenter on texts written for them.

use proptest::prelude::*;

use super::{Segment, SentKind, segment, segment_page};

/// Tokens of all segments, joined by spaces within a segment and by " ¦ " between them.
fn cut(text: &str) -> String {
    let show = |s: &Segment| s.tokens.iter().map(|t| &text[t.clone()]).collect::<Vec<_>>().join(" ");
    segment(text).iter().map(show).collect::<Vec<_>>().join(" ¦ ")
}

/// The kind of every segment with its first word.
fn kinds(text: &str) -> Vec<(SentKind, &str)> {
    segment(text).iter().map(|s| (s.kind, &text[s.tokens[0].clone()])).collect()
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(&cut(text), expected, "for {text:?}");
    }
}

#[test]
fn contractions_and_possessives_come_apart() {
    check(&[
        ("They didn't say it's China's.", "They did n't say it 's China 's ."),
        ("We cannot wait; I’m gonna go.", "We can not wait ; I ’m gon na go ."),
        ("the States’ envoy and Paris' mayor", "the States ’ envoy and Paris ' mayor"),
        ("the U.S.'s and the FBI's view", "the U.S. 's and the FBI 's view"),
        ("He could've won't they’d", "He could 've wo n't they ’d"),
    ]);
}

#[test]
fn apostrophes_inside_names_stay() {
    let names = "Shi'ite N'Djamena Sana'a O'Brien Côte d'Ivoire charge d'affaires Qur’an Ta‘if";
    check(&[(names, names), ("Sana'a's mayor", "Sana'a 's mayor"), ("in the '90s", "in the '90s")]);
}

#[test]
fn hyphens_split_but_after_prefixes() {
    check(&[
        ("the Taliban-led, U.S.-backed side", "the Taliban - led , U.S. - backed side"),
        ("anti-Western ex-envoy's re-election by e-mail", "anti-Western ex-envoy 's re-election by e-mail"),
        ("a 19-year-old from al-Hasakah", "a 19 - year - old from al - Hasakah"),
        ("talks — long ones—on Iran–Iraq -- trade", "talks — long ones — on Iran – Iraq -- trade"),
    ]);
}

#[test]
fn numbers_keep_their_separators() {
    check(&[
        ("$1,250.50 and US$5m, 12%", "$ 1,250.50 and US$ 5 m , 12 %"),
        ("at 10:30am on 22/10/2025, 2025-10-22", "at 10:30 am on 22/10/2025 , 2025-10-22"),
        ("the 1990s, 3rd, 2019-2021, 4G", "the 1990s , 3rd , 2019 - 2021 , 4G"),
        ("call 555-0100, May 3,2025", "call 555-0100 , May 3 , 2025"),
    ]);
}

#[test]
fn names_of_the_web_are_whole() {
    check(&[
        ("See https://example.org/a?b=c.", "See https://example.org/a?b=c ."),
        ("(www.mofa.example.gov) or press@mofa.example", "( www.mofa.example.gov ) or press@mofa.example"),
        ("@MFA_Example #PeaceTalks on example.com.", "@MFA_Example #PeaceTalks on example.com ."),
        ("the end.The next and so.on", "the end . ¦ The next and so . on"),
    ]);
}

#[test]
fn quotes_dashes_and_dots_of_every_style() {
    check(&[
        ("“Yes,” ‘no’ «oui» „ja“ ‹si›", "“ Yes , ” ‘ no ’ « oui » „ ja “ ‹ si ›"),
        ("Well… he said ... no?!", "Well … he said ... no ?!"),
        ("minister(s) and/or he/she", "minister ( s ) and / or he / she"),
    ]);
}

#[test]
fn abbreviations_keep_their_stop_and_end_no_sentence() {
    check(&[
        ("Gen. Ali met Mr. J. K. Bell on Oct. 3.", "Gen. Ali met Mr. J. K. Bell on Oct. 3 ."),
        ("The U.S. President met U.S. Secretary Bell.", "The U.S. President met U.S. Secretary Bell ."),
        ("He sided with the U.S. The envoy left.", "He sided with the U.S. ¦ The envoy left ."),
        (
            "Resolution No. 5 passed. He said no. They left.",
            "Resolution No. 5 passed . ¦ He said no . ¦ They left .",
        ),
        ("It ended at 5 p.m. Talks go on.", "It ended at 5 p.m. ¦ Talks go on ."),
        ("She holds a Ph.D. from Bonn, vs. an M.A. there", "She holds a Ph.D. from Bonn , vs. an M.A. there"),
        ("former U.S envoy", "former U.S envoy"),
    ]);
}

#[test]
fn quotations_hold_sentences_and_lean_on_their_verbs() {
    check(&[
        ("“We met. We agreed,” he said. He left.", "“ We met . ¦ We agreed , ” he said . ¦ He left ."),
        ("“Why now?” Ms. Okoye asked.", "“ Why now ? ” Ms. Okoye asked ."),
        ("“Stop!” he said. (It was late.) He left.", "“ Stop ! ” he said . ¦ ( It was late . ) ¦ He left ."),
        ("He called it \"done.\" Others did not.", "He called it \" done . \" ¦ Others did not ."),
        ("It fell in 1990. [4] It rose again.", "It fell in 1990 . [ 4 ] ¦ It rose again ."),
    ]);
}

#[test]
fn other_scripts_end_their_sentences() {
    check(&[
        ("外长会见了大使。他们同意了！", "外 长 会 见 了 大 使 。 ¦ 他 们 同 意 了 ！"),
        ("هل وصل الوزير؟ نعم۔", "هل وصل الوزير ؟ ¦ نعم ۔"),
        ("मंत्री मिले। वे गए।", "मंत्री मिले । ¦ वे गए ।"),
    ]);
}

#[test]
fn wrapped_lines_are_joined_and_lists_are_not() {
    let wrapped = "The foreign minister of the republic arrived in the capital on\n\
                   Tuesday for talks with his counterpart about the opening of the\n\
                   border, which has been closed since the spring of last year, when\n\
                   Deputy Minister Kovac recalled the ambassador and closed the\n\
                   consulate.\n\nBoth sides spoke.";
    assert_eq!(segment(wrapped).len(), 2);
    let list = "The president appointed:\n- Ann Bell as envoy to Chad;\n- Omar Diallo as envoy to Mali.\n1. First point\n2. Second point";
    assert_eq!(segment(list).len(), 5);
    let lines = "The minister flew to Doha.\nHe met the emir.\r\nThey ate.";
    assert_eq!(segment(lines).last().map(|s| s.paragraph), Some(2));
}

#[test]
fn kinds_come_from_layout_and_words() {
    use SentKind::{Body, Caption, Credit, Dateline, Headline};
    let report = "Neighbours agree to reopen border crossing\n\n\
        By ANN BELL and Omar Diallo\n\n24 October 2025\n\n\
        Foreign Minister Ida Moe shaking hands with Ambassador Per Lund in Oslo on 3 May.\nMoe Ministry Facebook page\n\n\
        OSLO, May 3 (Newsline) -- The ministers of both states agreed on Monday to reopen the crossing.\n\n\
        They met twice. Officials attending the meeting told reporters of progress.\n\n\
        A long road\n\n\
        The crossing was closed in 2019 after a dispute over fish. (Reporting by Ann Bell; Editing by Jo Roe)\n\nTags: fish";
    assert_eq!(
        kinds(report),
        [
            (Headline, "Neighbours"),
            (Credit, "By"),
            (Dateline, "24"),
            (Caption, "Foreign"),
            (Credit, "Moe"),
            (Dateline, "OSLO"),
            (Body, "The"),
            (Body, "They"),
            (Body, "Officials"),
            (Headline, "A"),
            (Body, "The"),
            (Credit, "("),
            (Credit, "Tags"),
        ]
    );
}

#[test]
fn datelines_of_every_agency() {
    for line in [
        "KABUL (Reuters) -",
        "MOSCOW, May 3 (TASS) --",
        "BEIJING —",
        "Oslo, 3 May (NTB) –",
        "MOSCOW, October 24. /TASS/.",
        "ISLAMABAD:",
        "NEW YORK, N.Y. (AP) —",
        "Bamako –",
        "Kabul (BNA)",
    ] {
        let text = format!("{line} The minister left.");
        let parts = segment(&text);
        assert_eq!(parts.len(), 2, "{text}");
        assert_eq!((parts[0].kind, parts[1].kind), (SentKind::Dateline, SentKind::Body), "{text}");
        assert_eq!(&text[parts[1].tokens[0].clone()], "The", "{text}");
    }
    for text in [
        "Moe — who had left — said no.",
        "BREAKING: The minister left.",
        "Ann Bell (3 May 1950 – 4 June 2001) was a poet.",
    ] {
        assert_eq!(segment(text).len(), 1, "{text}");
    }
}

#[test]
fn captions_of_many_hands() {
    for caption in [
        "Minister Ida Moe (left) with Per Lund in Oslo.",
        "Moe and Lund at the guest house in Oslo, May 3, 2025",
        "Ida Moe, minister of Norland, speaking in Oslo",
        "Delegates attend the opening session in Oslo. Newsline/Stringer",
        "FILE - Guards stand at the gate, on Aug. 15, 2023.",
        "L to R: ministers Moe and Lund",
        "A view of the ministry. Photo: AFP",
    ] {
        let text = format!("Neighbours agree\n\n{caption}\n\nThe ministers of both states agreed on a text.");
        assert_eq!(kinds(&text)[1].0, SentKind::Caption, "{caption}");
    }
}

#[test]
fn what_a_page_marks_as_a_caption_is_one() {
    let caption = "The ministers spoke for an hour, and signed nothing.";
    let text = format!("Neighbours agree\n\n{caption}\n\nThe ministers of both states agreed on a text.");
    assert_eq!(kinds(&text)[1].0, SentKind::Body);
    let marked = 18..18 + caption.len();
    let found: Vec<_> = segment_page(&text, std::slice::from_ref(&marked)).iter().map(|s| s.kind).collect();
    assert_eq!(found, [SentKind::Headline, SentKind::Caption, SentKind::Body]);
    // A mark inside a paragraph says nothing of the whole paragraph.
    let within = 18..30;
    assert_eq!(segment_page(&text, std::slice::from_ref(&within))[1].kind, SentKind::Body);
}

#[test]
fn short_news_stays_prose() {
    let report = "Envoys meet\n\nThe envoys met on Monday.\n\nThe ministers meet again on 3 May.\n\nMinisters attending the summit agreed on a text.\n\nThey left.";
    assert!(kinds(report).iter().skip(1).all(|(kind, _)| *kind == SentKind::Body));
}

/// The promise of [`Segment::tokens`], on any text.
fn assert_tiles(text: &str) {
    let mut end = 0;
    for token in segment(text).iter().flat_map(|s| &s.tokens) {
        assert!(token.start >= end && token.end > token.start, "{token:?} after {end}");
        assert!(text[end..token.start].chars().all(char::is_whitespace), "gap before {token:?}");
        assert!(!text[token.clone()].contains(char::is_whitespace));
        end = token.end;
    }
    assert!(text[end..].chars().all(char::is_whitespace), "gap at the end");
}

#[test]
fn odd_texts_tile() {
    for text in [
        "",
        " ",
        "\u{feff}",
        "\0\0a\0",
        "\u{200f}.\u{200f}",
        "👩‍👩‍👧 ok",
        "\r\n\r\n\n\ra",
        "'''s",
        "n't",
        ".",
        "$",
        "e-",
        "U.S..",
        "a.\u{301}b",
    ] {
        assert_tiles(text);
    }
    for unit in [
        "a.", "A. ", "'s", "-", "(", "\"", "a@", "www.", "1-", "\u{301}", "\n", "x\n", "Mr. ", "K, ", "[1",
        "é'",
    ] {
        assert_tiles(&unit.repeat(5000));
    }
}

proptest! {
    #[test]
    fn any_text_tiles(text in any::<String>()) {
        assert_tiles(&text);
    }

    #[test]
    fn text_of_hard_pieces_tiles(pieces in prop::collection::vec(
        prop::sample::select(vec![
            " ", "\n", "\n\n", ".", "...", "U.S.", "Mr.", "No", "'", "’", "s", "t", "n", "\"", "“", "”", "-", "—", "(", ")",
            "[", "]", "1", "23", ",", ":", "/", "@", "#", "www", "http://", "a", "KABUL", "Kabul", "By", "Photo:", "$", "%", "。",
            "外", "\u{301}", "\u{200d}", "\u{feff}", "é", "can", "not", "é", "\r", "Tags", "•", "L", "said", "?", "!",
        ]), 0..40)
    ) {
        assert_tiles(&pieces.concat());
    }
}
