//! Reviews: append-only rulings of people on entries, keyed to the words that entries rest on.
