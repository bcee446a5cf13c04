//! How much one input may unpack to, so that a small file cannot fill the memory or the day.

use std::cell::{Cell, RefCell};
use std::io::{Error, Read, Result};
use std::rc::Rc;

/// Caps on what one input may hold; beyond them it is refused by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes that all unpacking of one input may give.
    pub total: u64,
    /// Bytes of one report, page or other file that is held as a whole.
    pub whole: u64,
    /// How many times longer than packed, once `ratio_from` bytes came out.
    pub ratio: u64,
    /// Bytes from which on the ratio counts: short files of spaces are no bombs.
    pub ratio_from: u64,
    /// Members of all archives in one input.
    pub members: u64,
    /// Archives in archives.
    pub depth: u8,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            total: 16 << 30,
            whole: 256 << 20,
            ratio: 200,
            ratio_from: 32 << 20,
            members: 1_000_000,
            depth: 3,
        }
    }
}

/// What one input has used up of its limits.
#[derive(Debug, Default)]
pub struct Used {
    unpacked: Cell<u64>,
    members: Cell<u64>,
    reason: RefCell<Option<String>>,
}

impl Used {
    /// Why the input is refused as a whole, once it is.
    pub fn reason(&self) -> Option<String> {
        self.reason.borrow().clone()
    }

    /// Counts a member.
    ///
    /// # Errors
    /// When there are too many.
    pub fn member(&self, limits: &Limits) -> Result<()> {
        self.members.set(self.members.get() + 1);
        if self.members.get() > limits.members {
            return Err(self.stop(format!("it holds more than {} files; split it", limits.members)));
        }
        Ok(())
    }

    fn stop(&self, reason: String) -> Error {
        *self.reason.borrow_mut() = Some(reason.clone());
        Error::other(reason)
    }
}

/// Counts what is read through it, for the ratio.
pub struct Packed<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R> Packed<R> {
    /// The reader and its count.
    pub fn new(inner: R) -> (Self, Rc<Cell<u64>>) {
        let count = Rc::new(Cell::new(0));
        (Self { inner, count: count.clone() }, count)
    }
}

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

/// What comes out of unpacking, within the limits.
pub struct Unpacked<R> {
    inner: R,
    packed: Rc<Cell<u64>>,
    used: Rc<Used>,
    limits: Limits,
    out: u64,
}

impl<R> Unpacked<R> {
    /// Watches `inner`, whose packed bytes are counted in `packed`.
    pub fn new(inner: R, packed: Rc<Cell<u64>>, used: Rc<Used>, limits: Limits) -> Self {
        Self { inner, packed, used, limits, out: 0 }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if let Some(reason) = self.used.reason() {
            return Err(Error::other(reason));
        }
        let read = self.inner.read(buffer)?;
        self.out += read as u64;
        self.used.unpacked.set(self.used.unpacked.get() + read as u64);
        let Limits { total, ratio, ratio_from, .. } = self.limits;
        if self.used.unpacked.get() > total {
            let most = total >> 20;
            return Err(self.used.stop(format!("it unpacks to more than {most} MB; unpack and split it")));
        }
        if self.out > ratio_from && self.out / ratio > self.packed.get().max(1) {
            return Err(self.used.stop(format!(
                "it unpacks to more than {ratio} times its size, as archives made to do harm do; unpack it yourself if you trust it"
            )));
        }
        Ok(read)
    }
}
