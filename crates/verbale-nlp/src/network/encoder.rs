//! The encoder: word pieces to one vector of context for the root and for each word.

use super::kernels::{self, Isa};
use super::weights::{Matrix, ModelError, Norm, Store};
use super::wordpiece::Pieces;

/// Numbers in a vector of the encoder.
pub(super) const WIDTH: usize = 384;
/// Rows that go through the wide half of a layer at once, so that what they make stays in the cache.
const ROWS: usize = 48;

/// Embeddings and layers of a BERT-like encoder.
pub(super) struct Encoder {
    isa: Isa,
    /// 8-bit embeddings of the pieces, `WIDTH` bytes each, and the scale of each.
    pieces: &'static [u8],
    scales: Vec<f32>,
    places: Vec<f32>,
    shapes: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

struct Layer {
    qkv: Matrix,
    out: Matrix,
    norm1: Norm,
    up: Matrix,
    down: Matrix,
    norm2: Norm,
}

/// Buffers that are used again from batch to batch; they hold what the last batch left in them.
#[derive(Default)]
pub(super) struct Scratch {
    /// The vectors of all pieces, and after the last layer of the roots and words.
    x: Vec<f32>,
    qkv: Vec<f32>,
    mixed: Vec<f32>,
    y: Vec<f32>,
    inner: Vec<f32>,
    attention: Vec<f32>,
    bytes: Bytes,
}

/// Rows of 8-bit numbers with a scale each, as they go into a matrix.
#[derive(Default)]
pub(super) struct Bytes {
    bytes: Vec<u8>,
    scales: Vec<f32>,
}

impl Encoder {
    pub(super) fn new(store: &Store) -> Result<Self, ModelError> {
        let wrong = |name: &str| ModelError::Tensor(name.to_owned());
        let (pieces, shape) = store.small("pieces.weight")?;
        let scales = store.floats("pieces.scale")?;
        if shape != [scales.len(), WIDTH] || scales.len() != store.numbers("vocab.ends")?.len() {
            return Err(wrong("pieces.weight"));
        }
        let places = store.floats("places")?;
        let most = super::WINDOW_PIECES + super::WINDOW_WORDS.min(4) + 2;
        if places.len() < most * WIDTH {
            return Err(wrong("places"));
        }
        let shapes = store.floats("shapes")?;
        if shapes.len() != 24 * WIDTH {
            return Err(wrong("shapes"));
        }
        let mut layers = Vec::new();
        while store.has(&format!("layers.{}.qkv.weight", layers.len())) {
            layers.push(Layer::new(store, layers.len())?);
        }
        let norm = store.norm("norm", WIDTH)?;
        Ok(Self { isa: Isa::detect(), pieces, scales, places, shapes, norm, layers })
    }

    pub(super) fn isa(&self) -> Isa {
        self.isa
    }

    #[cfg(test)]
    pub(super) fn set_isa(&mut self, isa: Isa) {
        self.isa = isa;
    }

    /// Vectors of `WIDTH` numbers: for each window first that of `[CLS]`, which stands for the root, and
    /// then one for each word.
    pub(super) fn encode<'a>(&self, windows: &[&Pieces], scratch: &'a mut Scratch) -> &'a [f32] {
        scratch.x.clear();
        for window in windows {
            self.embed(window, &mut scratch.x);
        }
        kernels::add_norm(self.isa, &mut scratch.x, &[], &self.norm);
        for (number, layer) in self.layers.iter().enumerate() {
            self.attend(layer, windows, scratch);
            if number + 1 == self.layers.len() {
                // Nobody reads what the last layer makes of the other pieces.
                keep_firsts(windows, &mut scratch.x);
                keep_firsts(windows, &mut scratch.mixed);
            }
            let Scratch { x, mixed, y, inner, bytes, .. } = &mut *scratch;
            let y = sized(y, x.len());
            linear(self.isa, &layer.out, &mixed[..x.len()], WIDTH, y, bytes);
            kernels::add_norm(self.isa, x, y, &layer.norm1);
            self.feed(layer, x, y, inner, bytes);
            kernels::add_norm(self.isa, x, y, &layer.norm2);
        }
        &scratch.x
    }

    /// Appends the sums of piece, place and shape embeddings.
    fn embed(&self, window: &Pieces, x: &mut Vec<f32>) {
        let places = self.places.chunks_exact(WIDTH);
        for ((&id, &shape), place) in window.ids.iter().zip(&window.shapes).zip(places) {
            let scale = self.scales[id as usize];
            let piece = &self.pieces[id as usize * WIDTH..][..WIDTH];
            let shape = &self.shapes[shape as usize * WIDTH..][..WIDTH];
            let sums = piece.iter().zip(place).zip(shape);
            x.extend(sums.map(|((&p, &place), &shape)| f32::from(p.cast_signed()) * scale + place + shape));
        }
    }

    /// Lets the pieces of each window look at one another: from `x` to `mixed`.
    fn attend(&self, layer: &Layer, windows: &[&Pieces], scratch: &mut Scratch) {
        let Scratch { x, qkv, mixed, attention, bytes, .. } = scratch;
        let (qkv, mixed) = (sized(qkv, 3 * x.len()), sized(mixed, x.len()));
        linear(self.isa, &layer.qkv, x, WIDTH, qkv, bytes);
        let mut start = 0;
        for window in windows {
            let end = start + window.ids.len() * WIDTH;
            kernels::attend(self.isa, &qkv[3 * start..3 * end], WIDTH, &mut mixed[start..end], attention);
            start = end;
        }
    }

    /// The feed-forward half of a layer, some rows at a time; `inner` and `bytes` are scratch.
    fn feed(&self, layer: &Layer, x: &[f32], y: &mut [f32], inner: &mut Vec<f32>, bytes: &mut Bytes) {
        let width = layer.up.outputs;
        for (x, y) in x.chunks(ROWS * WIDTH).zip(y.chunks_mut(ROWS * WIDTH)) {
            let rows = x.len() / WIDTH;
            let inner = sized(inner, rows * width);
            linear(self.isa, &layer.up, x, WIDTH, inner, bytes);
            let (small, scales) = bytes.sized(rows, width);
            kernels::activate(self.isa, inner, width, small, scales);
            kernels::multiply(self.isa, small, scales, &layer.down, y);
        }
    }
}

impl Layer {
    fn new(store: &Store, number: usize) -> Result<Self, ModelError> {
        let name = |part: &str| format!("layers.{number}.{part}");
        let matrix = |part: &str, inputs: usize, outputs: usize| {
            let matrix = store.matrix(&name(part))?;
            let fits = matrix.inputs == inputs && matrix.outputs == outputs;
            if fits { Ok(matrix) } else { Err(ModelError::Tensor(name(part))) }
        };
        Ok(Self {
            qkv: matrix("qkv", WIDTH, 3 * WIDTH)?,
            out: matrix("out", WIDTH, WIDTH)?,
            norm1: store.norm(&name("norm1"), WIDTH)?,
            up: matrix("up", WIDTH, 4 * WIDTH)?,
            down: matrix("down", 4 * WIDTH, WIDTH)?,
            norm2: store.norm(&name("norm2"), WIDTH)?,
        })
    }
}

impl Bytes {
    /// Room for some rows.
    fn sized(&mut self, rows: usize, width: usize) -> (&mut [u8], &mut [f32]) {
        if self.bytes.len() < rows * width {
            self.bytes.resize(rows * width, 0);
        }
        (&mut self.bytes[..rows * width], sized(&mut self.scales, rows))
    }
}

/// The first numbers of a buffer, which grows where it is too short.
pub(super) fn sized(buffer: &mut Vec<f32>, len: usize) -> &mut [f32] {
    if buffer.len() < len {
        buffer.resize(len, 0.0);
    }
    &mut buffer[..len]
}

/// Keeps of each window's vectors that of `[CLS]` and of each word's first piece.
fn keep_firsts(windows: &[&Pieces], x: &mut Vec<f32>) {
    let (mut start, mut kept) = (0, 0);
    for window in windows {
        for &first in std::iter::once(&0).chain(&window.firsts) {
            let from = (start + first) * WIDTH;
            x.copy_within(from..from + WIDTH, kept);
            kept += WIDTH;
        }
        start += window.ids.len();
    }
    x.truncate(kept);
}

/// Rows of `width` numbers through a linear layer; `out` takes `matrix.outputs` numbers for each row.
pub(super) fn linear(
    isa: Isa,
    matrix: &Matrix,
    x: &[f32],
    width: usize,
    out: &mut [f32],
    scratch: &mut Bytes,
) {
    let (bytes, scales) = scratch.sized(x.len() / width, matrix.inputs);
    kernels::quantise(isa, x, width, matrix.inputs, bytes, scales);
    kernels::multiply(isa, bytes, scales, matrix, out);
}
