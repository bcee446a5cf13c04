//! The weights file: safetensors, whose matrices are borrowed in place and whose small vectors are copied.

use safetensors::{Dtype, SafeTensors};
use std::fmt;

/// Why a weights file could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelError {
    /// The bytes are no safetensors file.
    Format(String),
    /// A tensor is missing, or has another type or shape than this network needs.
    Tensor(String),
    /// A label of the file is none of this version's labels.
    Label(String),
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Format(why) => write!(f, "the language model is no safetensors file: {why}"),
            Self::Tensor(name) => write!(f, "the language model has no fitting tensor `{name}`"),
            Self::Label(label) => write!(f, "the language model has an unknown label `{label}`"),
        }
    }
}

impl std::error::Error for ModelError {}

/// An opened weights file.
pub(super) struct Store {
    file: SafeTensors<'static>,
}

impl Store {
    pub(super) fn new(bytes: &'static [u8]) -> Result<Self, ModelError> {
        let file = SafeTensors::deserialize(bytes).map_err(|why| ModelError::Format(why.to_string()))?;
        Ok(Self { file })
    }

    fn bytes(&self, name: &str, dtype: Dtype) -> Result<(&'static [u8], Vec<usize>), ModelError> {
        let view = self.file.tensor(name).map_err(|_| ModelError::Tensor(name.to_owned()))?;
        if view.dtype() != dtype {
            return Err(ModelError::Tensor(name.to_owned()));
        }
        Ok((view.data(), view.shape().to_vec()))
    }

    /// Text stored as bytes.
    pub(super) fn text(&self, name: &str) -> Result<&'static str, ModelError> {
        let (bytes, _) = self.bytes(name, Dtype::U8)?;
        std::str::from_utf8(bytes).map_err(|_| ModelError::Tensor(name.to_owned()))
    }

    /// A table of 32-bit floats, row by row.
    pub(super) fn floats(&self, name: &str) -> Result<Vec<f32>, ModelError> {
        let (bytes, _) = self.bytes(name, Dtype::F32)?;
        let (words, _) = bytes.as_chunks::<4>();
        Ok(words.iter().map(|&word| f32::from_le_bytes(word)).collect())
    }

    /// A table of unsigned 32-bit numbers, row by row.
    pub(super) fn numbers(&self, name: &str) -> Result<Vec<u32>, ModelError> {
        let (bytes, _) = self.bytes(name, Dtype::U32)?;
        let (words, _) = bytes.as_chunks::<4>();
        Ok(words.iter().map(|&word| u32::from_le_bytes(word)).collect())
    }

    /// A table of 8-bit integers (as raw bytes), with its shape.
    pub(super) fn small(&self, name: &str) -> Result<(&'static [u8], Vec<usize>), ModelError> {
        self.bytes(name, Dtype::I8)
    }

    /// Whether the file has a tensor of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.file.tensor(name).is_ok()
    }

    /// A linear layer by its name.
    pub(super) fn matrix(&self, name: &str) -> Result<Matrix, ModelError> {
        let wrong = || ModelError::Tensor(format!("{name}.weight"));
        let (packed, shape) = self.small(&format!("{name}.weight"))?;
        let &[blocks, groups, 16, 4] = shape.as_slice() else { return Err(wrong()) };
        let (shift, _) = self.bytes(&format!("{name}.shift"), Dtype::I32)?;
        let (shift, _) = shift.as_chunks::<4>();
        let matrix = Matrix {
            packed,
            scale: self.floats(&format!("{name}.scale"))?,
            bias: self.floats(&format!("{name}.bias"))?,
            shift: shift.iter().map(|&word| i32::from_le_bytes(word)).collect(),
            inputs: groups * 4,
            outputs: blocks * 16,
        };
        let outputs = matrix.outputs;
        let fits =
            [matrix.scale.len(), matrix.bias.len(), matrix.shift.len()].iter().all(|&len| len == outputs);
        if fits && groups > 0 && blocks > 0 { Ok(matrix) } else { Err(wrong()) }
    }

    /// A layer normalisation's weight and bias by its name, each of `width` numbers.
    pub(super) fn norm(&self, name: &str, width: usize) -> Result<Norm, ModelError> {
        let norm = Norm {
            weight: self.floats(&format!("{name}.weight"))?,
            bias: self.floats(&format!("{name}.bias"))?,
        };
        if norm.weight.len() == width && norm.bias.len() == width {
            Ok(norm)
        } else {
            Err(ModelError::Tensor(name.to_owned()))
        }
    }

    /// The labels of one kind, each read by `parse`.
    pub(super) fn labels<T>(
        &self,
        name: &str,
        parse: impl Fn(&'static str) -> Option<T>,
    ) -> Result<Vec<T>, ModelError> {
        self.text(&format!("labels.{name}"))?
            .split('\n')
            .map(|label| parse(label).ok_or_else(|| ModelError::Label(label.to_owned())))
            .collect()
    }
}

/// A linear layer with 8-bit weights: `y = scale * (weight · x) + bias`, one scale for each output.
pub(super) struct Matrix {
    /// Weights as `[outputs / 16][inputs / 4][16][4]` signed bytes.
    pub(super) packed: &'static [u8],
    /// What one step of an output's weights is worth.
    pub(super) scale: Vec<f32>,
    pub(super) bias: Vec<f32>,
    /// 128 times the sum of each output's weights: what activations stored plus 128 add to a product.
    pub(super) shift: Vec<i32>,
    /// Inputs, padded to a multiple of 4.
    pub(super) inputs: usize,
    /// Outputs, padded to a multiple of 16.
    pub(super) outputs: usize,
}

/// Weight and bias of a layer normalisation.
pub(super) struct Norm {
    pub(super) weight: Vec<f32>,
    pub(super) bias: Vec<f32>,
}
