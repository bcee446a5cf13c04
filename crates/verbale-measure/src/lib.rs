//! Pure measures over counts of events; no I/O, no clock, no randomness without a seed.
