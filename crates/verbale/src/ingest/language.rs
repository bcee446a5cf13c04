//! The language that a text is written in, where the text itself leaves little doubt.

use whatlang::{Detector, Lang};

/// Fewest letters that a guess is made on.
const FEWEST: usize = 60;

/// Longest beginning of a text that is looked at, in bytes.
const LOOKED_AT: usize = 16 << 10;

/// The language of a text as BCP 47; `None` where the text is too short or the detector is unsure.
pub fn detect(text: &str) -> Option<&'static str> {
    let start = &text[..text.floor_char_boundary(LOOKED_AT)];
    if start.chars().filter(|c| c.is_alphabetic()).count() < FEWEST {
        return None;
    }
    let found = Detector::new().detect(start)?;
    found.is_reliable().then(|| tag(found.lang()))
}

/// The BCP 47 tag of a language: two letters where there are two.
fn tag(language: Lang) -> &'static str {
    match language {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        let english = "The foreign minister said after the meeting that both sides would go on talking in spring. \
             He thanked the hosts for their patience, and added that nothing had been decided about the border yet.";
        let german = "Die Außenministerin sagte nach dem Treffen, dass beide Seiten im Frühjahr weiter verhandeln \
             wollen. Sie dankte den Gastgebern für ihre Geduld und fügte hinzu, über die Grenze sei nichts beschlossen.";
        let russian = "Министр иностранных дел сообщил после встречи, что стороны продолжат переговоры весной. \
             Он поблагодарил хозяев за терпение и добавил, что решение о границе пока не принято.";
        assert_eq!(detect(english), Some("en"));
        assert_eq!(detect(german), Some("de"));
        assert_eq!(detect(russian), Some("ru"));
        assert_eq!(detect("Oslo, 12 March"), None);
        assert_eq!(detect(""), None);
    }
}
