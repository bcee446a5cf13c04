//! Pages written for this project, read whole.

use verbale_model::PublishedMethod;

use super::page;

const NEWS: &str = r#"<html lang="en"><head><title>Ministers agree on fish quota | Nordlys Herald</title>
<meta property="og:title" content="Ministers agree on fish quota"><meta property="og:site_name" content="Nordlys Herald">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ministers agree on fish quota",
"datePublished":"2024-05-08T02:10:00Z","dateModified":"2024-05-09T02:10:00Z","author":[{"name":"Ann Lee"},{"name":"Jo Berg"}]}</script></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Ministers agree on fish quota</h1>
<p class="byline">By Ann Lee and Jo Berg</p><p>May 7, 2024 10:10 pm ET</p>
<figure><img src="a.jpg"><figcaption>The two ministers before the talks in Bergen.</figcaption></figure>
<p>The fisheries ministers of Norway and Iceland agreed on a quota for cod on Tuesday after two days of talks in the harbour town of Bergen.</p>
<p>Norwegian Fisheries Minister Kari Dahl said that both sides had given way. “We have a fair result,” she told reporters after the meeting.</p>
<p>Read more: <a href="/old">What the quota means for the harbours</a></p>
<p>Her Icelandic counterpart, Jon Arnarson, said the agreement would run for three years and would be looked at again in the autumn.</p>
<div class="newsletter-signup"><p>Sign up for our newsletter</p></div>
</article><aside class="related"><h3>Related</h3><ul><li><a href="/x">Harbour opens after the storm</a></li></ul></aside></body></html>"#;

#[test]
fn a_news_article() {
    let report = page(NEWS, Some("https://www.nordlys.example/news/fish"), None).unwrap();
    assert_eq!(report.title.as_deref(), Some("Ministers agree on fish quota"));
    assert_eq!(report.byline.as_deref(), Some("Ann Lee; Jo Berg"));
    assert_eq!(report.outlet.as_deref(), Some("Nordlys Herald"));
    assert_eq!(report.language.as_deref(), Some("en"));
    assert_eq!(report.published.as_deref(), Some("2024-05-07"), "the day in the outlet's own zone");
    assert_eq!(report.published_method, Some(PublishedMethod::Visible));
    let paragraphs: Vec<&str> = report.text.split("\n\n").collect();
    assert_eq!(paragraphs.len(), 4, "{}", report.text);
    assert!(paragraphs[0].starts_with("The two ministers") && paragraphs[3].ends_with("in the autumn."));
    let caption = report.captions[0];
    let words: String =
        report.text.chars().skip(caption.start as usize).take(caption.len() as usize).collect();
    assert_eq!((report.captions.len(), words.as_str()), (1, paragraphs[0]));
}

#[test]
fn a_ministry_statement() {
    let html = r#"<html><head><title>Statement on the border talks</title></head><body><h1>Statement on the border talks</h1>
<p>Published on 03/04/2020</p><div id="content"><p>The Ministry of Foreign Affairs welcomes the opening of talks on the common border, which began this morning in the capital.</p>
<p>The Ministry thanks the mediators for their patience and looks forward to the next round, to which both delegations have been invited.</p></div></body></html>"#;
    let read = |html: &str, url: &str| page(html, Some(url), None).unwrap();
    let report = read(html, "https://mfa.example/statements/12");
    assert_eq!((report.published, report.published_method), (None, None), "two readings, and no cue");
    let report = read(&html.replace("<html>", "<html lang=en-GB>"), "https://mfa.example/statements/12");
    assert_eq!(report.published.as_deref(), Some("2020-04-03"));
    let report = read(html, "https://mfa.example/2020/04/03/statement");
    assert_eq!(report.published_method, Some(PublishedMethod::Address));
    assert_eq!(report.outlet.as_deref(), Some("mfa.example"));
    assert!(report.text.starts_with("The Ministry of Foreign Affairs") && report.captions.is_empty());
}

#[test]
fn no_date_lies_after_the_fetch_and_a_change_is_no_publication() {
    let report = page(NEWS, None, Some("2024-05-01")).unwrap();
    assert_eq!(report.published, None);
    let changed = NEWS.replace("datePublished", "dateCreated").replace("<p>May 7, 2024 10:10 pm ET</p>", "");
    assert_eq!(page(&changed, None, None).unwrap().published, None);
}

#[test]
fn a_page_without_an_article_is_refused() {
    for html in ["", "<html><body></body></html>", "<script>x</script>"] {
        assert!(page(html, None, None).unwrap_err().contains("no article"), "{html}");
    }
}

#[test]
fn hostile_markup_is_survived() {
    let deep = format!("{}{}", "<div>".repeat(200_000), NEWS);
    let _ = page(&deep, None, None);
    let deep = format!("{}{NEWS}", "<b><i><table><tr><td>".repeat(40_000));
    let _ = page(&deep, None, None);
    let json = format!("<script type='application/ld+json'>{}</script>{NEWS}", "[".repeat(200_000));
    assert!(page(&json, None, None).is_ok());
}
