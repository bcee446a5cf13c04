//! Listings of entries, claims, quotes and documents, and the formats they are written in.
