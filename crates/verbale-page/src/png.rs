//! Charts as PNG: drawn with fonts that are built in, so that the bytes are the same on every machine.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

/// Fonts of a chart's text. Letters that none of them has come out as boxes.
const FONTS: [&[u8]; 3] = [
    include_bytes!("../fonts/NotoSans-Regular.ttf"),
    include_bytes!("../fonts/NotoSans-Bold.ttf"),
    include_bytes!("../fonts/NotoSansArabic-Regular.ttf"),
];

/// Pixels for each unit of the drawing.
const SHARPNESS: f32 = 2.0;

/// No picture has more pixels on a side than this.
const LARGEST: f32 = 16_000.0;

static FONT_DATABASE: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut database = fontdb::Database::new();
    for font in FONTS {
        database.load_font_data(font.to_vec());
    }
    database.set_sans_serif_family("Noto Sans");
    Arc::new(database)
});

/// A chart that stands alone, as a picture of twice its size. Nothing outside of it is read.
///
/// # Errors
/// When it is no SVG, or has no size.
pub fn png(svg: &str) -> Result<Vec<u8>, String> {
    let (fontdb, font_family) = (FONT_DATABASE.clone(), "Noto Sans".to_owned());
    let mut options = Options { fontdb, font_family, ..Options::default() };
    // No file and no address is opened, whatever an attribute says.
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    let tree =
        Tree::from_str(svg, &options).map_err(|error| format!("the chart cannot be drawn: {error}"))?;
    let size = tree.size();
    let scale = SHARPNESS.min(LARGEST / size.width().max(size.height()));
    let pixels = |length: f32| (length * scale).ceil().max(1.0) as u32;
    let mut picture = Pixmap::new(pixels(size.width()), pixels(size.height()))
        .ok_or_else(|| "the chart is too large for a picture: save it as SVG".to_owned())?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    picture.encode_png().map_err(|error| format!("the picture cannot be written: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_drawn_and_missing_letters_do_no_harm() {
        let draw = |text: &str| {
            png(&format!(
                "<svg xmlns='http://www.w3.org/2000/svg' width='120' height='30'><text x='2' y='20'>{text}</text></svg>"
            ))
            .unwrap()
        };
        let (latin, none) = (draw("Kyrgyz Київ Ελλάδα"), draw(""));
        assert!(latin.starts_with(b"\x89PNG") && latin.len() > none.len());
        assert_ne!(draw("أفغانستان"), none);
        assert!(draw("北京 🇰🇿").starts_with(b"\x89PNG"));
        assert_eq!(draw("x"), draw("x"));
        assert!(png("<p>no</p>").is_err());
    }
}
