//! Attributions in sentences of our own.
