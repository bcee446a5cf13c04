//! `add` killed at any moment: nothing is lost, doubled or half there, and the same command goes on.

use std::process::Child;
use std::time::{Duration, Instant};

use crate::book::{Book, same};
use crate::made;

/// Reports that are added.
const REPORTS: usize = 130;
/// Times it is killed at least.
const KILLS: usize = 52;
/// Of these, while a part of the reports is stored.
const AMIDST: usize = 25;

/// Numbers that look like chance and are the same in every run of the test.
struct Chance(u64);

impl Chance {
    /// A number from 0 to 1.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from((self.0 >> 33) as u32) / f64::from(1_u32 << 31)
    }
}

#[test]
fn killed_at_any_moment_nothing_is_lost_or_doubled() {
    let lines = made::lines(&made::reports(REPORTS));
    let untouched = Book::new();
    let input = untouched.folder.file("reports.jsonl", &lines);
    let begun = Instant::now();
    let ended = untouched.start(&input).wait_with_output().unwrap();
    let whole = begun.elapsed();
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(untouched.check(), REPORTS);
    let expected = untouched.exports();

    let mut chance = Chance(7);
    let (mut killed, mut amidst, mut finished) = (0, 0, 0);
    while killed < KILLS || amidst < AMIDST || finished == 0 {
        assert!(finished < 200, "{killed} kills, {amidst} of them amid the work, and {finished} ledgers");
        let book = Book::new();
        let mut stored = 0;
        for start in 0.. {
            // Short spells more often than long ones: each goes on where the one before it was cut off, so
            // that kills lie all over the work. The first ones come while the ledger is made.
            let most = if start < 4 { 0.06 } else { 0.2 };
            let mut child = book.start(&input);
            let spell = whole.mul_f64(most * chance.next().powi(2));
            if !kill_after(&mut child, spell) {
                let ended = child.wait_with_output().unwrap();
                assert!(ended.status.success(), "{ended:?}");
                break;
            }
            killed += 1;
            let there = book.check_copy();
            assert!(there >= stored, "{there} documents after a kill, {stored} before");
            stored = there;
            amidst += usize::from(0 < stored && stored < REPORTS);
        }
        finished += 1;
        assert_eq!(book.check(), REPORTS);
        same(&book.exports(), &expected);
    }
    println!("{killed} kills, {amidst} amid the work, {finished} ledgers; undisturbed in {whole:?}");
}

/// Kills a child with SIGKILL after a time, unless it ends before; says whether it was killed.
fn kill_after(child: &mut Child, time: Duration) -> bool {
    let begun = Instant::now();
    while let Some(rest) = time.checked_sub(begun.elapsed()) {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        std::thread::sleep(rest.min(Duration::from_millis(2)));
    }
    child.kill().unwrap();
    !child.wait().unwrap().success()
}
