//! Charts and reports as files: `-o` of the measuring commands, and `verbale report`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

mod binary;

use binary::{Folder, verbale};

const REPORTS: &str = "examples/reports";

#[test]
fn each_measure_draws_its_answer_beside_what_it_prints() {
    let folder = Folder::new();
    let ledger = folder.path("ledger.db");
    assert_eq!(verbale(&["add", REPORTS, "-l", &ledger]).code, 0);
    for (command, words) in [
        (&["balance", "AFG", "--between", "USA,RUS", "--curve"][..], "other ways of counting"),
        (&["balance", "NER", "--between", "FRA,CHN,USA"], "CHN ‹ › FRA"),
        (&["trend", "AFG", "--between", "USA,RUS"], "Engagement of Afghanistan"),
        (&["topics", "AFG", "--between", "USA,RUS"], "talks about"),
        (&["network", "AFG"], "Partners of Afghanistan"),
        (&["compare", "AFG", "NER", "--between", "USA,RUS"], "Balances between"),
    ] {
        let (svg, png) = (folder.path("chart.svg"), folder.path("chart.png"));
        let plain = verbale(&[command, &["-l", &ledger]].concat());
        let drawn = verbale(&[command, &["-l", &ledger, "-o", &svg]].concat());
        assert_eq!((drawn.code, &drawn.out), (0, &plain.out), "{}", drawn.err);
        let text = std::fs::read_to_string(&svg).unwrap();
        assert!(
            text.starts_with("<svg xmlns=") && text.contains("<style>") && text.contains(words),
            "{text}"
        );
        let drawn = verbale(&[command, &["-l", &ledger, "-o", &png, "--json"]].concat());
        assert!(drawn.code == 0 && drawn.out.starts_with('{'), "{}", drawn.err);
        assert!(std::fs::read(&png).unwrap().starts_with(b"\x89PNG"));
    }
    let wrong = verbale(&["network", "AFG", "-l", &ledger, "-o", "chart.pdf"]);
    assert!(wrong.code == 2 && wrong.err.contains(".svg or .png"), "{}", wrong.err);
    let nowhere = verbale(&["network", "AFG", "-l", &ledger, "-o", &folder.path("no/chart.svg")]);
    assert!(
        nowhere.code == 1 && nowhere.err.contains("chart.svg: the file cannot be written"),
        "{}",
        nowhere.err
    );
}

#[test]
fn a_report_holds_figures_and_sentences() {
    let folder = Folder::new();
    let file = folder.path("out.html");
    let asked = ["report", "AFG", "--between", "USA,RUS", REPORTS, "-o", &file];
    let ran = verbale(&asked);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let page = std::fs::read_to_string(&file).unwrap();
    for words in [
        "Not enough evidence to call the engagement of Afghanistan with United States and Russia",
        "id=\"curve\"",
        "id=\"timeline\"",
        "id=\"coverage\"",
        "Not counted: with former officials alone on one side",
        "<mark class=\"what\"",
        "Rules <strong><bdi>officials</bdi></strong>",
        "@software{verbale,",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("<script") && !page.contains(" style=\""));
    assert_eq!(verbale(&asked).code, 0);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), page);
}

#[test]
fn a_report_of_a_ledger_needs_no_question_and_a_question_needs_powers() {
    let folder = Folder::new();
    let (ledger, hashed) = (folder.path("ledger.db"), folder.path("hashed.db"));
    assert_eq!(verbale(&["add", REPORTS, "-l", &ledger]).code, 0);
    let whole = verbale(&["report", "-l", &ledger, "-o", "-"]);
    assert!(whole.code == 0 && whole.out.contains("What a ledger holds"), "{}", whole.err);
    assert!(whole.out.contains("Niger (NER)") && whole.out.contains("<mark class=\"who\""));
    let few = verbale(&["report", "-l", &ledger, "-o", "-", "--events", "3"]);
    assert!(few.out.contains("3 events with their evidence") && few.out.contains("not shown here"));
    assert!(few.err.contains("--events N"), "{}", few.err);
    let asked = verbale(&["report", "AFG", "-l", &ledger, "-o", "-"]);
    assert!(asked.code == 2 && asked.err.contains("between which powers?"), "{}", asked.err);
    let ending = verbale(&["report", "-l", &ledger, "-o", "out.pdf"]);
    assert!(ending.code == 2 && ending.err.contains(".html"), "{}", ending.err);
    assert_eq!(verbale(&["add", REPORTS, "-l", &hashed, "--retain", "hash"]).code, 0);
    let wordless = verbale(&["report", "-l", &hashed, "-o", "-"]);
    assert!(wordless.out.contains("retention is hash") && !wordless.out.contains("<blockquote"));
}
