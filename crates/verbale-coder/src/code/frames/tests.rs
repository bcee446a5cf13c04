//! Frames read off sentences written for these tests.
