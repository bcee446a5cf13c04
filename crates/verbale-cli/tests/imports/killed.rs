//! An import that is killed leaves nothing, and the same command brings it in.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::binary::root;
use crate::desk::Desk;
use crate::gdelt::Row;

/// Rows of the table.
const ROWS: u32 = 20_000;
/// Times it is killed.
const KILLS: u32 = 12;

fn table() -> String {
    let states = ["AFG", "RUS", "USA", "CHN", "IND", "PAK", "IRN", ""];
    let row = |id: u32| Row {
        id,
        day: ["20240507", "20191231", "20010203"][id as usize % 3],
        from: states[(id / 3) as usize % 8],
        to: states[(id / 7) as usize % 8],
        code: ["040", "042", "190", "036"][(id / 5) as usize % 4],
        ..Row::default()
    };
    (1..=ROWS).map(|id| row(id).line(61)).collect()
}

#[test]
fn a_killed_import_leaves_nothing() {
    let rows = table();
    let untouched = Desk::new();
    let began = Instant::now();
    untouched.take("gdelt", "made.CSV", &rows);
    let whole = began.elapsed();
    let expected = untouched.events();
    let desk = Desk::new();
    let first =
        desk.take("gdelt", "first.CSV", Row { id: ROWS + 1, day: "20220101", ..Row::default() }.line(61));
    assert!(first.contains("1 stored"), "{first}");
    let file = desk.folder.file("made.CSV", &rows);
    let mut killed = 0;
    for at in 0..KILLS {
        let mut child = Command::new(env!("CARGO_BIN_EXE_verbale"))
            .args(["import", "gdelt", &file, "-l", &desk.ledger])
            .current_dir(root())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(
            whole.mul_f64(0.8 * f64::from(at) / f64::from(KILLS)).max(Duration::from_millis(1)),
        );
        child.kill().unwrap();
        if child.wait().unwrap().success() {
            break;
        }
        killed += 1;
        assert_eq!(desk.sql("PRAGMA integrity_check"), ["ok"]);
        assert_eq!(
            desk.sql("SELECT (SELECT count(*) FROM imports), (SELECT count(*) FROM foreign_events)"),
            ["1 | 1"]
        );
        let left: Vec<_> = std::fs::read_dir(desk.folder.path(""))
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.starts_with("ledger.db") && name.strip_suffix(".CSV").is_none())
            .collect();
        assert_eq!(left, Vec::<String>::new());
    }
    assert!(killed > KILLS / 2, "{killed} kills in {whole:?}");
    let ran = desk.run(&["import", "gdelt", &file]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut found = desk.events();
    found.retain(|line| !line.starts_with(&format!("gdelt:{} ", ROWS + 1)));
    assert_eq!(found, expected);
}
