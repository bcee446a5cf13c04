//! A row of others' codings as it lies in the ledger, and as it waits to be written there.

use std::io::{self, Read};

use crate::foreign::{Batch, Code, Pair, Row, SourceId, Way};

/// Bit of a row's number that says that several rows may tell of it.
const MEETING: i64 = 1 << 62;

/// A row as it lies in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stored {
    pub pair: Pair,
    pub day: i32,
    /// Line, or what tells a meeting from others.
    pub n: i64,
    pub id: SourceId,
    pub last: i32,
    pub kind: i64,
    pub one: Option<i64>,
    pub two: Option<i64>,
    pub way: u8,
    pub goldstein: Option<i32>,
    pub score: Option<i32>,
    pub mentions: Option<u32>,
    pub sources: Option<u32>,
    pub articles: Option<u32>,
    pub place: Option<i64>,
    pub address: Option<i64>,
    /// Rows that told of it.
    pub rows: u32,
}

/// Numbers of a batch's kinds, actors, places and addresses in the ledger.
pub(super) struct Numbers {
    pub kinds: Vec<i64>,
    pub actors: Vec<i64>,
    pub places: Vec<i64>,
    pub addresses: Vec<i64>,
}

impl Stored {
    pub fn new(batch: &Batch, row: &Row, at: &Numbers) -> Self {
        let pair = batch.pair(row);
        let state = |at: Option<u32>| batch.actors.get(at? as usize)?.state;
        let code = match pair {
            Pair::Of(_, two) => two,
            Pair::Many => None,
        };
        // The actor stands second when its state does and the recipient's does not. Two of one state stand in an
        // order of their own where several rows may tell of them.
        let alike = state(row.actor) == state(row.recipient) && row.meeting.is_some();
        let who = |at: Option<u32>| at.and_then(|at| batch.actors.get(at as usize));
        let turned = if alike {
            who(row.actor) > who(row.recipient)
        } else {
            code.is_some() && state(row.actor) == code && state(row.recipient) != code
        };
        let number = |at: &[i64], of: Option<u32>| at.get(of? as usize).copied();
        let (actor, recipient) = (number(&at.actors, row.actor), number(&at.actors, row.recipient));
        let way = match (row.way, turned) {
            (Way::Both, _) => 3,
            (Way::Forth, false) => 1,
            (Way::Forth, true) => 2,
        };
        Self {
            pair,
            day: row.first,
            n: row.meeting.map_or(row.line as i64, |key| (key >> 2) as i64 | MEETING),
            id: row.id.clone(),
            last: row.last,
            kind: at.kinds.get(row.kind as usize).copied().unwrap_or_default(),
            one: if turned { recipient } else { actor },
            two: if turned { actor } else { recipient },
            way,
            goldstein: row.goldstein,
            score: row.score,
            mentions: row.mentions,
            sources: row.sources,
            articles: row.articles,
            place: number(&at.places, row.place),
            address: number(&at.addresses, row.address),
            rows: 1,
        }
    }

    /// Where it lies among the rows of its import.
    pub fn place_in_file(&self) -> (Pair, i32, i64) {
        (self.pair, self.day, self.n)
    }

    /// Whether another row, of the same import, tells of the same meeting.
    pub fn is_of(&self, other: &Self) -> bool {
        self.n & MEETING != 0 && self.place_in_file() == other.place_in_file()
    }

    /// Another row that tells of the same meeting and has a higher id: the first names, the lowest score
    /// (a visit counts as one, whoever tells it), the highest counts.
    pub fn join(&mut self, other: &Self) {
        let most = |a: Option<u32>, b: Option<u32>| a.max(b);
        let least = |a: Option<i32>, b: Option<i32>| a.into_iter().chain(b).min();
        self.last = self.last.max(other.last);
        self.way |= other.way;
        self.goldstein = least(self.goldstein, other.goldstein);
        self.score = least(self.score, other.score);
        self.mentions = most(self.mentions, other.mentions);
        self.sources = most(self.sources, other.sources);
        self.articles = most(self.articles, other.articles);
        self.rows += other.rows;
    }

    /// Adds its bytes: numbers of as many bytes as they need, most of them one or two.
    pub fn write(&self, out: &mut Vec<u8>) {
        let (one, two) = match self.pair {
            Pair::Of(one, two) => (packed(one), packed(two)),
            Pair::Many => (-1, -1),
        };
        let some = |value: Option<i64>| value.map_or(0, |value| if value < 0 { value } else { value + 1 });
        let id = match &self.id {
            SourceId::Number(number) => *number,
            SourceId::Text(text) => text.len() as i64,
        };
        let text = matches!(self.id, SourceId::Text(_));
        let all = [
            one,
            two,
            i64::from(self.day),
            self.n,
            i64::from(text),
            id,
            i64::from(self.last) - i64::from(self.day),
            self.kind,
            some(self.one),
            some(self.two),
            i64::from(self.way),
            some(self.goldstein.map(i64::from)),
            some(self.score.map(i64::from)),
            some(self.mentions.map(i64::from)),
            some(self.sources.map(i64::from)),
            some(self.articles.map(i64::from)),
            some(self.place),
            some(self.address),
            i64::from(self.rows),
        ];
        for number in all {
            push(out, number);
        }
        if let SourceId::Text(text) = &self.id {
            out.extend_from_slice(text.as_bytes());
        }
    }

    /// Reads what [`Stored::write`] wrote.
    pub fn read(from: &mut impl Read) -> io::Result<Self> {
        let mut next = || pull(from);
        let pair = match (next()?, next()?) {
            (-1, _) => Pair::Many,
            (one, two) => Pair::Of(unpacked(one), unpacked(two)),
        };
        let some = |value: i64| match value {
            0 => None,
            ..0 => Some(value),
            _ => Some(value - 1),
        };
        let day = next()? as i32;
        let (n, text, id) = (next()?, next()? != 0, next()?);
        let mut row = Self {
            pair,
            day,
            n,
            id: SourceId::Number(id),
            last: day + next()? as i32,
            kind: next()?,
            one: some(next()?),
            two: some(next()?),
            way: next()? as u8,
            goldstein: some(next()?).map(|value| value as i32),
            score: some(next()?).map(|value| value as i32),
            mentions: some(next()?).map(|value| value as u32),
            sources: some(next()?).map(|value| value as u32),
            articles: some(next()?).map(|value| value as u32),
            place: some(next()?),
            address: some(next()?),
            rows: next()? as u32,
        };
        if text {
            let mut bytes = vec![0; id as usize];
            from.read_exact(&mut bytes)?;
            let text = String::from_utf8(bytes).map_err(io::Error::other)?;
            row.id = SourceId::Text(text.into());
        }
        Ok(row)
    }
}

/// A code as a number; none is 0.
fn packed(code: Option<Code>) -> i64 {
    code.map_or(0, |[a, b, c]| i64::from(u32::from_be_bytes([0, a, b, c])))
}

fn unpacked(number: i64) -> Option<Code> {
    let [_, a, b, c] = (number as u32).to_be_bytes();
    (number != 0).then_some([a, b, c])
}

/// Seven bits to a byte, the lowest first (LEB128); the sign stands in the lowest bit.
fn push(out: &mut Vec<u8>, number: i64) {
    let mut rest = ((number << 1) ^ (number >> 63)) as u64;
    while rest >= 0x80 {
        out.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

fn pull(from: &mut impl Read) -> io::Result<i64> {
    let (mut number, mut shift) = (0_u64, 0);
    loop {
        let mut byte = [0];
        from.read_exact(&mut byte)?;
        number |= u64::from(byte[0] & 0x7f) << shift;
        if byte[0] < 0x80 {
            return Ok((number >> 1) as i64 ^ -((number & 1) as i64));
        }
        shift += 7;
        if shift > 63 {
            return Err(io::Error::other("a number has too many bytes"));
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A row of a pair and a day.
    pub fn sample(one: Option<&[u8; 3]>, two: Option<&[u8; 3]>, day: i32, n: i64) -> Stored {
        Stored {
            pair: Pair::Of(one.copied(), two.copied()),
            day,
            n,
            id: SourceId::Number(n),
            last: day,
            kind: 1,
            one: Some(1),
            two: None,
            way: 1,
            goldstein: Some(-1000),
            score: None,
            mentions: Some(0),
            sources: Some(u32::MAX),
            articles: None,
            place: Some(i64::MAX - 1),
            address: None,
            rows: 1,
        }
    }

    #[test]
    fn a_row_reads_back_as_it_was() {
        let many =
            Stored { pair: Pair::Many, id: SourceId::Text("é-1".into()), ..sample(None, None, -1, 1) };
        let rows = [
            sample(None, Some(b"AFG"), -23_059, i64::MAX),
            sample(Some(b"AFG"), Some(b"USA"), 20_000, 7),
            many,
            Stored { last: 3, id: SourceId::Number(i64::MIN), ..sample(None, None, i32::MIN, -5) },
        ];
        let mut bytes = Vec::new();
        for row in &rows {
            row.write(&mut bytes);
        }
        let mut from = bytes.as_slice();
        for row in rows.iter().take(3) {
            assert_eq!(&Stored::read(&mut from).unwrap(), row);
        }
        assert!(Stored::read(&mut &bytes[..5]).is_err());
    }
}
