//! Character classes the segmenter needs and the standard library does not have.

/// Combining marks outside `char::is_alphanumeric`: they belong to the character before them.
pub(super) fn is_mark(c: char) -> bool {
    if c < '\u{300}' {
        return false;
    }
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}'
        | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{711}'
        | '\u{730}'..='\u{74a}' | '\u{7a6}'..='\u{7b0}' | '\u{900}'..='\u{903}'
        | '\u{93a}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
        | '\u{1039}' | '\u{103a}' | '\u{17d2}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{302a}'..='\u{302f}' | '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0100}'..='\u{e01ef}')
        || is_indic_sign(c)
}

/// Vowel signs and viramas of the Indic blocks, which share one layout of 128 code points.
fn is_indic_sign(c: char) -> bool {
    let point = u32::from(c);
    (0x980..0xe00).contains(&point) && matches!(point % 0x80, 0x00..=0x03 | 0x3c..=0x57 | 0x62 | 0x63)
}

/// Controls and format characters that print nothing. They are no white space, so they stay part
/// of the token they touch.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// Characters that continue a token whatever it is.
pub(super) fn extends(c: char) -> bool {
    !c.is_ascii_graphic() && !c.is_whitespace() && (is_invisible(c) || is_mark(c))
}

/// Letters, digits and what hangs on them; ideographs are words of their own.
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    (c.is_alphanumeric() && !is_ideograph(c)) || extends(c)
}

/// Scripts without spaces whose characters are the nearest thing to a word.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Every sign that is typed for an apostrophe.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '´' | '′' | '＇')
}

/// Hyphens, without the dashes.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// Dashes of print; the hyphen stands for one only between spaces or doubled.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—' | '―' | '−' | '‒' | '⸺' | '⸻')
}

/// Signs that end a sentence in any script.
pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…') || is_foreign_stop(c) || matches!(c, '‽' | '⁇' | '⁈' | '⁉')
}

/// Sentence ends of other scripts: never part of an abbreviation or a number.
pub(super) fn is_foreign_stop(c: char) -> bool {
    matches!(c, '؟' | '۔' | '。' | '｡' | '！' | '？' | '．' | '।' | '॥' | '։' | '።' | '፧' | '။' | '។' | '᠃')
}

/// Signs that close a quotation or a bracket. The straight quotes, and “ and « (closing marks in
/// German and Danish), also open one; the caller decides by the spaces around them.
pub(super) fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '»'
            | '›'
            | ')'
            | ']'
            | '}'
            | '」'
            | '』'
            | '】'
            | '）'
            | '″'
            | '“'
            | '«'
            | '‹'
    )
}

/// Signs that open a quotation or a bracket, under the same proviso.
pub(super) fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '‘'
            | '«'
            | '‹'
            | '„'
            | '‚'
            | '('
            | '['
            | '{'
            | '「'
            | '『'
            | '【'
            | '（'
            | '`'
            | '»'
            | '›'
    )
}

/// Signs that open a list item when white space follows them.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '·'
            | '▪'
            | '●'
            | '◦'
            | '‣'
            | '∙'
            | '■'
            | '□'
            | '►'
            | '➢'
            | '✓'
            | '*'
            | '-'
            | '–'
            | '—'
            | 'o'
    )
}
