//! The network's inner loops, chosen at run time for the processor. Every choice gives the same bits.
#![allow(unsafe_code, reason = "vector instructions; each block says why it is sound")]

use super::math;
use super::weights::{Matrix, Norm};

#[cfg(target_arch = "x86_64")]
mod x86;

/// The instruction set in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Isa {
    /// AVX-512 with VNNI: 64 byte products an instruction.
    #[cfg(target_arch = "x86_64")]
    Avx512,
    /// AVX2: 16 byte products an instruction.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// Whatever the compiler makes of plain loops.
    Portable,
}

impl Isa {
    /// The best one this processor has.
    pub(super) fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            let wide = is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vnni");
            if wide {
                return Self::Avx512;
            }
            if is_x86_feature_detected!("avx2") {
                return Self::Avx2;
            }
        }
        Self::Portable
    }
}

/// Compiles a body of [`math`] once for each instruction set.
macro_rules! versions {
    ($($name:ident($($arg:ident: $kind:ty),*);)*) => {$(
        /// See [`math`].
        pub(super) fn $name(isa: Isa, $($arg: $kind),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq")]
                fn wide($($arg: $kind),*) { math::$name($($arg),*); }
                #[target_feature(enable = "avx2")]
                fn middle($($arg: $kind),*) { math::$name($($arg),*); }
                match isa {
                    // SAFETY: `Isa::detect` saw these features on this processor.
                    Isa::Avx512 => return unsafe { wide($($arg),*) },
                    // SAFETY: as above.
                    Isa::Avx2 => return unsafe { middle($($arg),*) },
                    Isa::Portable => {}
                }
            }
            #[cfg(not(target_arch = "x86_64"))]
            let _ = isa;
            math::$name($($arg),*);
        }
    )*};
}

versions! {
    quantise(x: &[f32], width: usize, padded: usize, bytes: &mut [u8], scales: &mut [f32]);
    activate(x: &mut [f32], width: usize, bytes: &mut [u8], scales: &mut [f32]);
    add_norm(x: &mut [f32], y: &[f32], norm: &Norm);
    attend(qkv: &[f32], width: usize, out: &mut [f32], scratch: &mut Vec<f32>);
    products(x: &[f32], y: &[f32], width: usize, out: &mut [f32], scratch: &mut Vec<f32>);
    relate(rows: &[f32], x: &[f32], scores: &mut [f32]);
}

/// `out[row][output] = (sum over inputs of x[row][input] * weight[output][input] - shift) * scales[row] *
/// scale[output] + bias[output]`, for unsigned bytes `x` and signed bytes of weight; the sums are exact.
/// Rows of `x` are `matrix.inputs` wide, rows of `out` `matrix.outputs`; as many rows are done as all slices
/// hold.
pub(super) fn multiply(isa: Isa, x: &[u8], scales: &[f32], matrix: &Matrix, out: &mut [f32]) {
    let (inputs, outputs) = (matrix.inputs, matrix.outputs);
    let rows = (x.len() / inputs).min(out.len() / outputs).min(scales.len());
    let columns = [matrix.scale.len(), matrix.bias.len(), matrix.shift.len()];
    if matrix.packed.len() != inputs * outputs || outputs % 16 != 0 || columns != [outputs; 3] {
        return;
    }
    match isa {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the processor has the features, and the lengths were checked above.
        Isa::Avx512 => unsafe { x86::multiply_avx512(x, &scales[..rows], matrix, out) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        Isa::Avx2 => unsafe { x86::multiply_avx2(x, &scales[..rows], matrix, out) },
        Isa::Portable => multiply_portable(x, scales, matrix, out),
    }
}

fn multiply_portable(x: &[u8], scales: &[f32], matrix: &Matrix, out: &mut [f32]) {
    let rows = x.chunks_exact(matrix.inputs).zip(scales);
    for ((row, &scale), out) in rows.zip(out.chunks_exact_mut(matrix.outputs)) {
        let blocks = matrix.packed.chunks_exact(matrix.inputs * 16);
        for ((number, block), out) in blocks.enumerate().zip(out.as_chunks_mut::<16>().0) {
            let mut sums = [0i32; 16];
            for (four, weights) in row.as_chunks::<4>().0.iter().zip(block.as_chunks::<64>().0) {
                for (sum, weights) in sums.iter_mut().zip(weights.as_chunks::<4>().0) {
                    for (&x, &weight) in four.iter().zip(weights) {
                        *sum += i32::from(x) * i32::from(weight.cast_signed());
                    }
                }
            }
            let columns = number * 16..number * 16 + 16;
            let steps = matrix.scale[columns.clone()].iter().zip(&matrix.bias[columns.clone()]);
            let sums = sums.iter().zip(&matrix.shift[columns]);
            for ((out, (sum, shift)), (step, bias)) in out.iter_mut().zip(sums).zip(steps) {
                *out = (sum - shift) as f32 * (scale * step) + bias;
            }
        }
    }
}
