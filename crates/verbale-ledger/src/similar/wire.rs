//! News agencies: which one a report credits, in its byline, its dateline or at its end.

use verbale_model::Report;

/// Agencies: the name that is given, and how credits write it.
const AGENCIES: &[(&str, &[&str])] = &[
    ("AAP", &["AAP", "Australian Associated Press"]),
    ("AFP", &["AFP", "Agence France-Presse", "Agence France Presse"]),
    ("AKIpress", &["AKIpress"]),
    ("AKP", &["AKP"]),
    ("Anadolu", &["AA", "Anadolu", "Anadolu Agency", "Anadolu Ajansi"]),
    ("ANI", &["ANI"]),
    ("ANP", &["ANP"]),
    ("ANSA", &["ANSA"]),
    ("Antara", &["ANTARA", "Antara News"]),
    ("AP", &["AP", "Associated Press", "The Associated Press"]),
    ("APA", &["APA"]),
    ("APP", &["APP", "Associated Press of Pakistan"]),
    ("Armenpress", &["ARMENPRESS"]),
    ("Azertac", &["AZERTAC"]),
    ("Bakhtar", &["BNA", "Bakhtar", "Bakhtar News Agency"]),
    ("BelTA", &["BelTA"]),
    ("Bernama", &["Bernama"]),
    ("BSS", &["BSS"]),
    ("BTA", &["BTA"]),
    ("CNA", &["CNA"]),
    ("CP", &["The Canadian Press", "Canadian Press"]),
    ("CTK", &["CTK", "ČTK"]),
    ("dpa", &["dpa", "Deutsche Presse-Agentur"]),
    ("EFE", &["EFE"]),
    ("GNA", &["GNA"]),
    ("IANS", &["IANS"]),
    ("Interfax", &["Interfax"]),
    ("IRNA", &["IRNA"]),
    ("ISNA", &["ISNA"]),
    ("Jiji", &["Jiji Press"]),
    ("Kazinform", &["Kazinform"]),
    ("KCNA", &["KCNA"]),
    ("Khaama", &["Khaama Press"]),
    ("Khovar", &["NIAT Khovar", "Khovar"]),
    ("KUNA", &["KUNA"]),
    ("Kyodo", &["Kyodo", "Kyodo News"]),
    ("Lusa", &["Lusa"]),
    ("MENA", &["MENA"]),
    ("MTI", &["MTI"]),
    ("NAN", &["NAN", "News Agency of Nigeria"]),
    ("NNA", &["NNA"]),
    ("NTB", &["NTB"]),
    ("PA", &["PA Media", "Press Association"]),
    ("Pajhwok", &["Pajhwok"]),
    ("PAP", &["PAP"]),
    ("Petra", &["Petra"]),
    ("PNA", &["PNA"]),
    ("PTI", &["PTI", "Press Trust of India"]),
    ("QNA", &["QNA"]),
    ("Reuters", &["Reuters", "Thomson Reuters"]),
    ("RIA Novosti", &["RIA Novosti", "RIA"]),
    ("SANA", &["SANA"]),
    ("Sputnik", &["Sputnik"]),
    ("SPA", &["SPA"]),
    ("Tanjug", &["Tanjug"]),
    ("TASS", &["TASS", "ITAR-TASS"]),
    ("Tolo", &["TOLOnews"]),
    ("Trend", &["Trend News Agency"]),
    ("TT", &["TT News Agency"]),
    ("Ukrinform", &["Ukrinform"]),
    ("UNB", &["UNB"]),
    ("UPI", &["UPI"]),
    ("VNA", &["VNA", "VNS"]),
    ("WAM", &["WAM"]),
    ("Xinhua", &["Xinhua", "Xinhua News Agency"]),
    ("Yonhap", &["Yonhap"]),
];

/// Characters of the beginning and of the end in which credits are looked for.
const REACH: usize = 160;

/// The agency that a report credits, by its name in the table of this file: by its outlet or byline, in a
/// dateline ("RIGA, May 4 (Reuters) -", "MOSCOW, May 4. /TASS/", "RIGA (AP) —", "AFP -"), or at the end
/// ("(ANI)", "— AFP", "© Reuters", "Source: Xinhua"). What the text says *of* an agency is no credit.
pub fn wire(report: &Report) -> Option<&'static str> {
    let byline = report.byline.as_deref().unwrap_or_default();
    let outlet = report.outlet.as_deref().unwrap_or_default();
    byline
        .split([';', ',', '/', '|', '(', ')'])
        .flat_map(|part| part.split(" and "))
        .find_map(exact)
        .or_else(|| dateline(first(&report.text)))
        .or_else(|| ending(last(&report.text)))
        .or_else(|| exact(outlet))
}

/// The agency of this name and no more; a leading "By" or "Source:" does not count.
fn exact(text: &str) -> Option<&'static str> {
    let mut text = text.trim_matches(|c: char| !c.is_alphanumeric());
    for start in ["By ", "by ", "Source: ", "Source - ", "Via ", "via ", "From ", "with "] {
        text = text.strip_prefix(start).unwrap_or(text).trim_start();
    }
    let text = text.trim_end_matches(" news agency").trim_end_matches(" news");
    let same = |way: &&str| if way.len() > 4 { way.eq_ignore_ascii_case(text) } else { *way == text };
    AGENCIES.iter().find(|(_, ways)| ways.iter().any(&same)).map(|agency| agency.0)
}

/// The credit in a dateline: in brackets or slashes with a dash after it, or first of all before a dash.
fn dateline(text: &str) -> Option<&'static str> {
    for (open, close) in [('(', ')'), ('/', '/'), ('[', ']')] {
        let mut rest = text;
        while let Some(at) = rest.find(open) {
            rest = &rest[at + open.len_utf8()..];
            let Some(end) = rest.find(close) else { break };
            let after = rest[end + close.len_utf8()..].trim_start();
            let dashed = open != '(' || after.starts_with(['-', '–', '—', ':', '/']);
            if let Some(name) = exact(&rest[..end]).filter(|_| dashed) {
                return Some(name);
            }
        }
    }
    let opening = text.split(['-', '–', '—', ':']).next().filter(|opening| opening.len() < text.len())?;
    exact(opening).or_else(|| {
        // "TASS, May 4", "RIGA, 4 May, AFP".
        let parts: Vec<&str> = opening.split(',').collect();
        (parts.len() > 1 && opening.len() < 60).then(|| parts.iter().find_map(|part| exact(part))).flatten()
    })
}

/// The credit in a last line, alone or after a dash, a bracket or a sign.
fn ending(text: &str) -> Option<&'static str> {
    let line = text.trim_end().lines().last()?.trim();
    let marks = ['(', '[', '—', '–', '©', '/', ':'];
    let tail = line.trim_end_matches([')', ']', '/', '.', ' ']);
    let credit = tail.rfind(marks).map(|at| &tail[at..]);
    let dashed = tail.rfind(" - ").or_else(|| tail.rfind(" -- ")).map(|at| &tail[at + 2..]);
    exact(line)
        .or_else(|| credit.and_then(exact))
        .or_else(|| dashed.and_then(exact))
        .or_else(|| copyright(line))
}

/// "Copyright 2024 The Associated Press. All rights reserved."
fn copyright(line: &str) -> Option<&'static str> {
    let rest = line.strip_prefix("Copyright").or_else(|| line.strip_prefix('©'))?;
    let rest = rest.trim_start_matches(|c: char| !c.is_alphabetic());
    exact(rest.split('.').next()?)
}

/// The beginning of a text, whole characters.
fn first(text: &str) -> &str {
    let text = text.trim_start();
    &text[..text.floor_char_boundary(REACH)]
}

/// The end of a text, whole characters.
fn last(text: &str) -> &str {
    let text = text.trim_end();
    &text[text.ceil_char_boundary(text.len().saturating_sub(REACH))..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credited(text: &str, byline: Option<&str>) -> Option<&'static str> {
        let byline = byline.map(str::to_owned);
        wire(&Report { text: text.to_owned(), byline, ..Report::default() })
    }

    #[test]
    fn datelines_credit_agencies() {
        for (text, name) in [
            ("RIGA, May 4 (Reuters) - The ministers met on Saturday.", "Reuters"),
            ("RIGA, Latvia (AP) — The ministers met on Saturday.", "AP"),
            ("MOSCOW, May 4. /TASS/. The ministers met.", "TASS"),
            ("RIGA, May 4 (Xinhua) -- The ministers met.", "Xinhua"),
            ("Tehran, IRNA – The ministers met.", "IRNA"),
            ("TASS, May 4: the ministers met.", "TASS"),
            ("AFP - The ministers met.", "AFP"),
        ] {
            assert_eq!(credited(text, None), Some(name), "{text}");
        }
    }

    #[test]
    fn bylines_and_endings_credit_agencies() {
        assert_eq!(credited("The ministers met.", Some("Jana Liepa; Reuters")), Some("Reuters"));
        assert_eq!(credited("The ministers met.", Some("By Jana Liepa and Associated Press")), Some("AP"));
        for (text, name) in [
            ("The ministers met.\n— AFP", "AFP"),
            ("The ministers met. (ANI)", "ANI"),
            ("The ministers met.\nSource: Xinhua", "Xinhua"),
            ("The ministers met.\nCopyright 2024 The Associated Press. All rights reserved.", "AP"),
        ] {
            assert_eq!(credited(text, None), Some(name), "{text}");
        }
    }

    #[test]
    fn what_is_said_of_an_agency_is_no_credit() {
        for text in [
            "The minister told Reuters that talks would go on.",
            "The report by TASS was wrong, the ministry said - and it said so twice.",
            "Officials (including those of the AP mission) met - without result.",
            "",
            "é",
        ] {
            assert_eq!(credited(text, None), None, "{text}");
        }
    }
}
