//! Version.
/// v
pub const VERSION: &str = "2026.11";
/// s
pub const SOURCES_SHA256: &str = "";
