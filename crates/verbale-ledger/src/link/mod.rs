//! Linking: which tellings are of one happening, and the entry they make.
