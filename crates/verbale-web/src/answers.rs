//! Answers that were worked out, kept as long as what they rest on is as it was; of several who ask the same at once,
//! one works and the others wait.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::problem::Problem;

/// Answers that are kept; those that were asked for last.
const KEPT: usize = 512;

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
    pub fn of<T: Send + Sync + 'static>(
        &self,
        question: String,
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
        Ok(is)
    }

    fn place(&self, question: String) -> Arc<Place> {
        let now = self.clock.fetch_add(1, Ordering::Relaxed);
        let mut kept = held(&self.kept);
        if kept.len() >= KEPT && !kept.contains_key(&question) {
            let oldest = kept.iter().min_by_key(|(_, place)| place.asked.load(Ordering::Relaxed));
            if let Some(oldest) = oldest.map(|(question, _)| question.clone()) {
                kept.remove(&oldest);
            }
        }
        let place = kept.entry(question).or_default();
        place.asked.store(now, Ordering::Relaxed);
        Arc::clone(place)
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
        let ask = |edition: u64, is: u32| {
            let found = answers.of("how many".to_owned(), Some(vec![edition]), || Ok(is));
            *found.unwrap_or_else(|_| panic!("nothing refuses"))
        };
        assert_eq!([ask(1, 10), ask(1, 11), ask(2, 12), ask(1, 13)], [10, 10, 12, 13]);
        let refused = || Err::<u32, _>(Problem::failed());
        assert!(answers.of("how many".to_owned(), Some(vec![3]), refused).is_err());
        assert_eq!(ask(3, 14), 14);
        for _ in 0..2 {
            assert!(answers.of("what".to_owned(), None, refused).is_err());
        }
    }

    #[test]
    fn so_many_are_kept_and_no_more() {
        let answers = Answers::default();
        for number in 0..KEPT + 10 {
            let asked = answers.of(number.to_string(), Some(vec![0]), || Ok(number));
            assert_eq!(asked.ok().as_deref(), Some(&number));
        }
        assert_eq!(held(&answers.kept).len(), KEPT);
        assert!(!held(&answers.kept).contains_key("9"));
    }
}
