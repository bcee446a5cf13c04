//! The network's inner loops, chosen at run time for the processor. Every choice gives the same bits.
#![allow(unsafe_code, reason = "vector instructions; each block says why it is sound")]

use super::math;
use super::weights::{Matrix, Norm};

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
    dequantise(products: &[i32], scales: &[f32], matrix: &Matrix, out: &mut [f32]);
    gelu(x: &mut [f32]);
    add_norm(x: &mut [f32], y: &[f32], norm: &Norm);
    attend(qkv: &[f32], width: usize, out: &mut [f32], scratch: &mut Vec<f32>);
    products(x: &[f32], y: &[f32], width: usize, out: &mut [f32], scratch: &mut Vec<f32>);
}

/// `out[row][output] = sum over inputs of x[row][input] * weight[output][input]`, for unsigned bytes `x`
/// and signed bytes of weight, exactly. Rows of `x` are `matrix.inputs` wide, rows of `out`
/// `matrix.outputs`; as many rows are done as both slices hold.
pub(super) fn multiply(isa: Isa, x: &[u8], matrix: &Matrix, out: &mut [i32]) {
    let rows = (x.len() / matrix.inputs).min(out.len() / matrix.outputs);
    if matrix.packed.len() != matrix.inputs * matrix.outputs {
        return;
    }
    match isa {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the processor has the features, and the lengths were checked above.
        Isa::Avx512 => unsafe { x86::multiply_avx512(x, rows, matrix, out) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: as above.
        Isa::Avx2 => unsafe { x86::multiply_avx2(x, rows, matrix, out) },
        Isa::Portable => multiply_portable(x, matrix, out),
    }
}

fn multiply_portable(x: &[u8], matrix: &Matrix, out: &mut [i32]) {
    for (row, out) in x.chunks_exact(matrix.inputs).zip(out.chunks_exact_mut(matrix.outputs)) {
        let blocks = matrix.packed.chunks_exact(matrix.inputs * 16);
        for (block, out) in blocks.zip(out.as_chunks_mut::<16>().0) {
            let mut sums = [0i32; 16];
            for (four, weights) in row.as_chunks::<4>().0.iter().zip(block.as_chunks::<64>().0) {
                for (sum, weights) in sums.iter_mut().zip(weights.as_chunks::<4>().0) {
                    for (&x, &weight) in four.iter().zip(weights) {
                        *sum += i32::from(x) * i32::from(weight.cast_signed());
                    }
                }
            }
            *out = sums;
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    //! Products with vector instructions. Pointers stay inside the slices because rows, inputs and
    //! outputs are those the caller checked, and tiles cover them without remainder.
    use super::Matrix;
    use std::arch::x86_64::{
        __m256i, __m512i, _mm_loadu_si128, _mm_set1_epi32, _mm256_add_epi32, _mm256_cvtepi8_epi16,
        _mm256_cvtepu8_epi16, _mm256_hadd_epi32, _mm256_madd_epi16, _mm256_permute4x64_epi64,
        _mm256_setzero_si256, _mm256_storeu_si256, _mm512_dpbusd_epi32, _mm512_loadu_si512,
        _mm512_set1_epi32, _mm512_setzero_si512, _mm512_storeu_si512,
    };

    /// Rows of one AVX-512 tile.
    const ROWS: usize = 6;

    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
    pub(super) unsafe fn multiply_avx512(x: &[u8], rows: usize, matrix: &Matrix, out: &mut [i32]) {
        let (inputs, outputs) = (matrix.inputs, matrix.outputs);
        let mut at = 0;
        while at < outputs {
            let four = outputs - at >= 64;
            let weights = matrix.packed[at * inputs..].as_ptr();
            for row in (0..rows).step_by(ROWS) {
                let from = x[row * inputs..].as_ptr();
                let to = out[row * outputs + at..].as_mut_ptr();
                let size = (inputs, outputs);
                // SAFETY: the tile covers rows and outputs that exist.
                unsafe {
                    match ((rows - row).min(ROWS), four) {
                        (6, true) => tile_avx512::<6, 4>(from, weights, to, size),
                        (5, true) => tile_avx512::<5, 4>(from, weights, to, size),
                        (4, true) => tile_avx512::<4, 4>(from, weights, to, size),
                        (3, true) => tile_avx512::<3, 4>(from, weights, to, size),
                        (2, true) => tile_avx512::<2, 4>(from, weights, to, size),
                        (_, true) => tile_avx512::<1, 4>(from, weights, to, size),
                        (6, false) => tile_avx512::<6, 1>(from, weights, to, size),
                        (5, false) => tile_avx512::<5, 1>(from, weights, to, size),
                        (4, false) => tile_avx512::<4, 1>(from, weights, to, size),
                        (3, false) => tile_avx512::<3, 1>(from, weights, to, size),
                        (2, false) => tile_avx512::<2, 1>(from, weights, to, size),
                        (_, false) => tile_avx512::<1, 1>(from, weights, to, size),
                    }
                }
            }
            at += if four { 64 } else { 16 };
        }
    }

    /// `R` rows by `C` blocks of 16 outputs.
    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
    unsafe fn tile_avx512<const R: usize, const C: usize>(
        x: *const u8,
        weights: *const u8,
        out: *mut i32,
        (inputs, outputs): (usize, usize),
    ) {
        let mut sums: [[__m512i; C]; R] = [[_mm512_setzero_si512(); C]; R];
        for group in 0..inputs / 4 {
            // SAFETY: `weights` holds C blocks of inputs * 16 bytes, `x` R rows of `inputs` bytes.
            unsafe {
                let mut block = [_mm512_setzero_si512(); C];
                for (c, block) in block.iter_mut().enumerate() {
                    *block = _mm512_loadu_si512(weights.add(c * inputs * 16 + group * 64).cast());
                }
                for (r, sums) in sums.iter_mut().enumerate() {
                    let four = x.add(r * inputs + group * 4).cast::<i32>().read_unaligned();
                    let four = _mm512_set1_epi32(four);
                    for (sum, &block) in sums.iter_mut().zip(&block) {
                        *sum = _mm512_dpbusd_epi32(*sum, four, block);
                    }
                }
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            for (c, &sum) in sums.iter().enumerate() {
                // SAFETY: `out` holds R rows of `outputs` numbers, of which this tile writes C * 16.
                unsafe { _mm512_storeu_si512(out.add(r * outputs + c * 16).cast(), sum) };
            }
        }
    }

    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn multiply_avx2(x: &[u8], rows: usize, matrix: &Matrix, out: &mut [i32]) {
        let (inputs, outputs) = (matrix.inputs, matrix.outputs);
        for at in (0..outputs).step_by(16) {
            let weights = matrix.packed[at * inputs..].as_ptr();
            for row in (0..rows).step_by(2) {
                let from = x[row * inputs..].as_ptr();
                let to = out[row * outputs + at..].as_mut_ptr();
                // SAFETY: the tile covers rows and outputs that exist.
                unsafe {
                    if rows - row >= 2 {
                        tile_avx2::<2>(from, weights, to, (inputs, outputs));
                    } else {
                        tile_avx2::<1>(from, weights, to, (inputs, outputs));
                    }
                }
            }
        }
    }

    /// `R` rows by 16 outputs. Bytes are widened to 16 bits first, so no product saturates.
    #[target_feature(enable = "avx2")]
    unsafe fn tile_avx2<const R: usize>(
        x: *const u8,
        weights: *const u8,
        out: *mut i32,
        (inputs, outputs): (usize, usize),
    ) {
        let mut sums: [[__m256i; 4]; R] = [[_mm256_setzero_si256(); 4]; R];
        for group in 0..inputs / 4 {
            // SAFETY: `weights` holds inputs * 16 bytes, `x` R rows of `inputs` bytes.
            unsafe {
                let mut four = [_mm256_setzero_si256(); R];
                for (r, four) in four.iter_mut().enumerate() {
                    let bytes = x.add(r * inputs + group * 4).cast::<i32>().read_unaligned();
                    *four = _mm256_cvtepu8_epi16(_mm_set1_epi32(bytes));
                }
                for quarter in 0..4 {
                    let block = _mm_loadu_si128(weights.add(group * 64 + quarter * 16).cast());
                    let block = _mm256_cvtepi8_epi16(block);
                    for (sums, &four) in sums.iter_mut().zip(&four) {
                        sums[quarter] = _mm256_add_epi32(sums[quarter], _mm256_madd_epi16(four, block));
                    }
                }
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            for half in 0..2 {
                let pairs = _mm256_hadd_epi32(sums[half * 2], sums[half * 2 + 1]);
                let eight = _mm256_permute4x64_epi64::<0b11_01_10_00>(pairs);
                // SAFETY: `out` holds R rows of `outputs` numbers, of which this tile writes 16.
                unsafe { _mm256_storeu_si256(out.add(r * outputs + half * 8).cast(), eight) };
            }
        }
    }
}
