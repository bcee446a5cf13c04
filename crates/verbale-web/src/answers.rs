//! Answers that were worked out, kept as long as what they rest on is as it was and there is room; of several who ask the
//! same at once, one works and the others wait.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use verbale::measure::{BalanceAnswer, Network, Specification, Subjects, Trend};
use verbale_page::chart::Happening;

use crate::problem::Problem;

/// Answers that are kept; those that were asked for last.
const KEPT: usize = 4096;

/// Bytes that they take in all, about.
const ROOM: usize = 256 << 20;

/// What the id of an event takes, and what all else does of which an answer has little.
const ID: usize = 48;
const REST: usize = 4096;

/// An answer that knows about how many bytes it takes.
pub trait Weighed: Send + Sync + 'static {
    /// About so many.
    fn weight(&self) -> usize;
}

impl Weighed for String {
    fn weight(&self) -> usize {
        self.capacity()
    }
}

impl Weighed for BalanceAnswer {
    fn weight(&self) -> usize {
        let apart: usize = self.apart.values().map(Vec::len).sum();
        REST + ID * (self.events.len() + apart) + 512 * self.curve.as_ref().map_or(0, Vec::len)
    }
}

impl Weighed for Vec<Specification> {
    fn weight(&self) -> usize {
        self.len() * 512
    }
}

impl Weighed for Vec<BalanceAnswer> {
    fn weight(&self) -> usize {
        self.iter().map(Weighed::weight).sum()
    }
}

impl Weighed for Trend {
    fn weight(&self) -> usize {
        self.periods.iter().map(|period| REST + ID * period.events.len()).sum::<usize>() + REST
    }
}

impl Weighed for Subjects {
    fn weight(&self) -> usize {
        self.topics.iter().map(|topic| 512 + ID * topic.events.len()).sum::<usize>() + REST
    }
}

impl Weighed for Network {
    fn weight(&self) -> usize {
        self.partners.iter().map(|partner| 512 + ID * partner.events.len()).sum::<usize>() + REST
    }
}

impl Weighed for Vec<Happening> {
    fn weight(&self) -> usize {
        self.len() * (2 * ID + size_of::<Happening>())
    }
}

/// The answers.
#[derive(Default)]
pub struct Answers {
    kept: Mutex<BTreeMap<String, Arc<Place>>>,
    /// Counts questions.
    clock: AtomicU64,
}

/// The place of the answer to one question.
#[derive(Default)]
struct Place {
    asked: AtomicU64,
    /// What its answer takes; nothing until it is there.
    weight: AtomicUsize,
    answer: Mutex<Option<Answer>>,
}

/// An answer, and the editions of what it rests on.
struct Answer {
    editions: Vec<u64>,
    is: Arc<dyn Any + Send + Sync>,
}

impl Answers {
    /// The answer to a question, from the last time where these are still the editions that it rests on; without
    /// editions it is worked out each time.
    ///
    /// # Errors
    /// What `work` gives; that is not kept.
    pub fn of<T: Weighed>(
        &self,
        question: &str,
        editions: Option<Vec<u64>>,
        work: impl FnOnce() -> Result<T, Problem>,
    ) -> Result<Arc<T>, Problem> {
        let Some(editions) = editions else { return work().map(Arc::new) };
        let place = self.place(question);
        let mut answer = held(&place.answer);
        let known = answer.as_ref().filter(|known| known.editions == editions);
        if let Some(known) = known.and_then(|known| Arc::clone(&known.is).downcast().ok()) {
            return Ok(known);
        }
        // What is out of date goes before what takes its place is there: large answers do not stand twice.
        *answer = None;
        let is = Arc::new(work()?);
        *answer = Some(Answer { editions, is: is.clone() });
        drop(answer);
        place.weight.store(is.weight(), Ordering::Relaxed);
        self.make_room(question);
        Ok(is)
    }

    fn place(&self, question: &str) -> Arc<Place> {
        let now = self.clock.fetch_add(1, Ordering::Relaxed);
        let mut kept = held(&self.kept);
        if !kept.contains_key(question) {
            kept.insert(question.to_owned(), Arc::default());
        }
        let place = kept.get(question).map(Arc::clone).unwrap_or_default();
        place.asked.store(now, Ordering::Relaxed);
        place
    }

    /// Lets go of the answers that were not asked for longest, but never of this one.
    fn make_room(&self, question: &str) {
        let mut kept = held(&self.kept);
        let weight = |place: &Place| place.weight.load(Ordering::Relaxed);
        let mut all: usize = kept.values().map(|place| weight(place)).sum();
        if all <= ROOM && kept.len() <= KEPT {
            return;
        }
        let others = kept.iter().filter(|(other, _)| *other != question);
        let mut others: Vec<(u64, String)> =
            others.map(|(other, place)| (place.asked.load(Ordering::Relaxed), other.clone())).collect();
        others.sort_unstable();
        for (_, oldest) in others {
            if all <= ROOM && kept.len() <= KEPT {
                return;
            }
            all -= kept.remove(&oldest).map_or(0, |place| weight(&place)).min(all);
        }
    }
}

/// What a lock guards; whoever failed while he worked left no answer.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_stays_until_what_it_rests_on_is_another() {
        let answers = Answers::default();
        let ask = |edition: u64, is: &str| {
            let found = answers.of("how many", Some(vec![edition]), || Ok(is.to_owned()));
            found.unwrap_or_else(|_| panic!("nothing refuses")).as_str().to_owned()
        };
        assert_eq!([ask(1, "10"), ask(1, "11"), ask(2, "12"), ask(1, "13")], ["10", "10", "12", "13"]);
        let refused = || Err::<String, _>(Problem::failed());
        assert!(answers.of("how many", Some(vec![3]), refused).is_err());
        assert_eq!(ask(3, "14"), "14");
        for _ in 0..2 {
            assert!(answers.of("what", None, refused).is_err());
        }
    }

    #[test]
    fn so_many_are_kept_and_no_more() {
        let answers = Answers::default();
        for number in 0..KEPT + 10 {
            let asked = answers.of(&number.to_string(), Some(vec![0]), || Ok(number.to_string()));
            assert_eq!(asked.ok().map(|is| is.as_str().to_owned()), Some(number.to_string()));
        }
        assert_eq!(held(&answers.kept).len(), KEPT);
        assert!(!held(&answers.kept).contains_key("9"));
    }

    #[test]
    fn large_answers_make_room_for_each_other() {
        let answers = Answers::default();
        for number in 0..5 {
            let large = || Ok(String::with_capacity(ROOM / 4));
            assert!(answers.of(&number.to_string(), Some(vec![0]), large).is_ok());
        }
        assert_eq!(held(&answers.kept).keys().collect::<Vec<_>>(), ["1", "2", "3", "4"]);
        let whole = answers.of("whole", Some(vec![0]), || Ok(String::with_capacity(2 * ROOM)));
        assert!(whole.is_ok() && held(&answers.kept).len() == 1);
    }
}
