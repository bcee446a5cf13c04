//! Numbers drawn from a seed, the same on every machine, for what is made to be measured on.

/// `SplitMix64` (Steele, Lea and Flood 2014).
pub struct Draw(u64);

impl Draw {
    /// Numbers of their own for a purpose.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5bd1_e995)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    /// Whether something happens that does so in `n` of a hundred cases.
    pub fn percent(&mut self, n: u64) -> bool {
        self.below(100) < n
    }

    pub fn one<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        let at = self.below(of.len() as u64) as usize;
        &of[at]
    }
}

/// Things of which some are drawn more often than others.
pub struct Weighted<T> {
    things: Vec<T>,
    /// Sums of the weights up to each.
    sums: Vec<u64>,
}

impl<T> Weighted<T> {
    /// Each with its weight.
    pub fn new(things: impl IntoIterator<Item = (T, u64)>) -> Self {
        let mut whole = 0;
        let (things, sums) = things
            .into_iter()
            .map(|(thing, weight)| {
                whole += weight;
                (thing, whole)
            })
            .unzip();
        Self { things, sums }
    }

    /// Place of the one that a draw hits.
    pub fn at(&self, draw: &mut Draw) -> usize {
        let hit = draw.below(self.sums.last().copied().unwrap_or_default());
        self.sums.partition_point(|sum| *sum <= hit).min(self.things.len().saturating_sub(1))
    }

    /// The one that a draw hits.
    pub fn one(&self, draw: &mut Draw) -> &T {
        &self.things[self.at(draw)]
    }

    /// All of them.
    pub fn all(&self) -> &[T] {
        &self.things
    }
}
