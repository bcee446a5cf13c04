//! Words that give furniture and captions away, as tables.

/// Openings (lower case) of lines that are never the report's prose.
#[rustfmt::skip]
pub(super) const FURNITURE: &[&str] = &[
    "photo:", "photos:", "photo by", "photo credit", "photo courtesy", "photograph:", "photograph by", "image:", "images:",
    "image by", "image credit", "image courtesy", "image copyright", "image source", "picture:", "picture by", "picture credit", "credit:", "credits:",
    "source:", "sources:", "courtesy:", "courtesy of", "video:", "tags:", "tag:", "topics:", "keywords:", "categories:",
    "category:", "filed under", "labels:", "read more", "read also", "also read", "see also", "read:", "read next", "watch:",
    "listen:", "more on this story", "related:", "related articles", "related news", "related stories", "share this",
    "share on", "follow us", "subscribe to", "sign up", "click here", "reporting by", "(reporting by",
    "additional reporting by", "(additional reporting by", "editing by", "(editing by", "edited by", "(edited by", "writing by",
    "(writing by", "compiled by", "translated by", "copyright", "©", "(c) 20", "all rights reserved", "story continues below",
    "media contact", "press contact", "contact:",
];

/// Openings of furniture that also open sentences: only without a full stop.
#[rustfmt::skip]
pub(super) const FURNITURE_LINE: &[&str] = &[
    "last updated", "updated:", "updated on", "updated at", "published", "posted on", "posted by", "by our correspondent",
    "written by", "tags", "topics", "share", "print", "email", "comments", "leave a comment", "related", "advertisement",
    "subscribe", "external links", "sources", "source", "references", "courtesy", "file photo", "getty images", "newsletter",
    "more from", "most read", "recommended", "you may also like", "in pictures", "copy link", "listen to this article",
    "stay updated", "top stories", "trending",
];

/// Words of which a picture's credit line has at least one.
#[rustfmt::skip]
pub(super) const CREDIT_WORDS: &[&str] = &[
    "account", "photo", "photos", "photograph", "image", "images", "picture", "handout", "screenshot", "screengrab", "footage",
    "courtesy", "handle", "twitter", "facebook", "instagram", "telegram", "weibo", "getty", "reuters", "afp", "ap", "epa", "efe",
    "dpa", "xinhua", "tass", "sputnik", "irna", "anadolu", "kyodo", "yonhap", "upi", "ani", "pti", "shutterstock", "wikimedia",
    "flickr", "stringer", "wam", "spa", "kcna", "pool",
];

/// Small words that a credit line may have besides names.
#[rustfmt::skip]
pub(super) const CREDIT_FILLERS: &[&str] = &[
    "of", "the", "via", "for", "from", "on", "by", "and", "in", "at", "ministry", "foreign", "presidential", "president", "press", "service",
    "office", "embassy", "government", "official", "state", "media", "news", "agency", "file", "through", "'s", "’s", "page",
    "channel", "social", "video", "archive", "website", "photographer", "affairs", "department", "provided", "released", "x",
];

/// What the people in pictures do, as participles.
#[rustfmt::skip]
pub(super) const PICTURE_PARTICIPLES: &[&str] = &[
    "addressing", "arriving", "attending", "boarding", "chairing", "delivering", "discussing", "embracing", "exchanging",
    "gesturing", "greeting", "handing", "holding", "hosting", "hugging", "inspecting", "laying", "leaving", "listening",
    "looking", "meeting", "pictured", "posing", "presenting", "receiving", "reviewing", "shaking", "signing", "sitting", "speaking",
    "standing", "talking", "visiting", "walking", "waving", "welcoming",
];

/// The same in the present tense, where nobody would report the news so.
#[rustfmt::skip]
pub(super) const PICTURE_VERBS: &[&str] = &[
    "gesture", "gestures", "greet", "greets", "hug", "hugs", "listen", "listens", "look", "looks", "pose", "poses", "shake",
    "shakes", "sit", "sits", "speak", "speaks", "stand", "stands", "talk", "talks", "walk", "walks", "wave", "waves",
];

/// Present tense of pictures and of headlines alike: a caption only beside other signs.
#[rustfmt::skip]
pub(super) const NEWS_VERBS: &[&str] = &[
    "addresses", "arrive", "arrives", "attend", "attends", "deliver", "delivers", "embrace", "embraces", "exchange", "exchanges",
    "hold", "holds", "meet", "meets", "receive", "receives", "review", "reviews", "sign", "signs", "visit", "visits", "welcome",
    "welcomes",
];

/// Verb forms that make a sentence of a caption's phrase.
#[rustfmt::skip]
pub(super) const FINITE_VERBS: &[&str] = &[
    "am", "are", "became", "began", "brought", "came", "can", "could", "did", "do", "does", "fell", "found", "gave", "got", "had", "has",
    "have", "held", "is", "kept", "led", "left", "lost", "made", "may", "met", "might", "must", "paid", "put", "ran", "rose",
    "said", "saw", "say", "says", "sent", "set", "shook", "should", "spoke", "stood", "taken", "tells", "thought", "told", "took",
    "was", "went", "were", "will", "won", "would", "wrote",
];

/// Capitalised labels before a colon or a dash that are no places.
#[rustfmt::skip]
pub(super) const LABELS: &[&str] = &[
    "ALERT", "ANALYSIS", "BREAKING", "CORRECTED", "CORRECTION", "EDITORIAL", "EXCLUSIVE", "EXPLAINER", "FACTBOX", "FILE", "FLASH", "FROM", "INTERVIEW",
    "LIVE", "NOTE", "OPINION", "PHOTO", "PHOTOS", "PICTURED", "QUESTION", "ANSWER", "SUBJECT", "SUMMARY", "TIMELINE", "UPDATE", "URGENT", "VIDEO", "WATCH",
    "WRAPUP", "COMMENT", "DATE", "DEAR", "MUST", "READ", "RELATED", "TO",
];
