//! The encoder: word pieces to one vector of context for the root and for each word.

use super::kernels::{self, Isa};
use super::weights::{Matrix, ModelError, Norm, Store};
use super::wordpiece::Pieces;

/// Numbers in a vector of the encoder.
pub(super) const WIDTH: usize = 384;
/// Rows that go through a matrix at once, so that what they make stays in the cache.
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

/// Buffers that are used again from batch to batch.
#[derive(Default)]
pub(super) struct Scratch {
    bytes: Vec<u8>,
    scales: Vec<f32>,
    sums: Vec<i32>,
    floats: Vec<f32>,
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
    pub(super) fn encode(&self, windows: &[&Pieces], scratch: &mut Scratch) -> Vec<f32> {
        let mut x = Vec::new();
        for window in windows {
            self.embed(window, &mut x);
        }
        kernels::add_norm(self.isa, &mut x, &[], &self.norm);
        let mut mixed = vec![0.0; x.len()];
        let mut y = vec![0.0; x.len()];
        let mut qkv = vec![0.0; 3 * x.len()];
        let mut inner = vec![0.0; ROWS.min(x.len() / WIDTH) * 4 * WIDTH];
        for layer in &self.layers {
            linear(self.isa, &layer.qkv, &x, WIDTH, &mut qkv, scratch);
            let mut start = 0;
            for window in windows {
                let end = start + window.ids.len() * WIDTH;
                let out = &mut mixed[start..end];
                kernels::attend(self.isa, &qkv[3 * start..3 * end], WIDTH, out, &mut scratch.floats);
                start = end;
            }
            linear(self.isa, &layer.out, &mixed, WIDTH, &mut y, scratch);
            kernels::add_norm(self.isa, &mut x, &y, &layer.norm1);
            self.feed(layer, &x, &mut y, &mut inner, scratch);
            kernels::add_norm(self.isa, &mut x, &y, &layer.norm2);
        }
        let mut words = Vec::new();
        let mut start = 0;
        for window in windows {
            for &first in std::iter::once(&0).chain(&window.firsts) {
                words.extend_from_slice(&x[(start + first) * WIDTH..][..WIDTH]);
            }
            start += window.ids.len();
        }
        words
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

    /// The feed-forward half of a layer, some rows at a time; `inner` is scratch.
    fn feed(&self, layer: &Layer, x: &[f32], y: &mut [f32], inner: &mut [f32], scratch: &mut Scratch) {
        let width = layer.up.outputs;
        for (x, y) in x.chunks(ROWS * WIDTH).zip(y.chunks_mut(ROWS * WIDTH)) {
            let inner = &mut inner[..x.len() / WIDTH * width];
            linear(self.isa, &layer.up, x, WIDTH, inner, scratch);
            kernels::gelu(self.isa, inner);
            linear(self.isa, &layer.down, inner, width, y, scratch);
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

/// Rows of `width` numbers through a linear layer; `out` has `matrix.outputs` numbers for each row.
pub(super) fn linear(
    isa: Isa,
    matrix: &Matrix,
    x: &[f32],
    width: usize,
    out: &mut [f32],
    scratch: &mut Scratch,
) {
    scratch.bytes.resize(ROWS * matrix.inputs.max(scratch.bytes.len() / ROWS), 0);
    scratch.scales.resize(ROWS, 0.0);
    scratch.sums.resize(ROWS * matrix.outputs.max(scratch.sums.len() / ROWS), 0);
    for (x, out) in x.chunks(ROWS * width).zip(out.chunks_mut(ROWS * matrix.outputs)) {
        let rows = x.len() / width;
        let bytes = &mut scratch.bytes[..rows * matrix.inputs];
        let sums = &mut scratch.sums[..rows * matrix.outputs];
        let scales = &mut scratch.scales[..rows];
        kernels::quantise(isa, x, width, matrix.inputs, bytes, scales);
        kernels::multiply(isa, bytes, matrix, sums);
        kernels::dequantise(isa, sums, scales, matrix, out);
    }
}
