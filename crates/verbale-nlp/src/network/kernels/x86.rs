//! Matrix products with vector instructions. Pointers stay inside the slices because rows, inputs and outputs
//! are those the caller checked, and tiles cover them without remainder.

use super::Matrix;
use std::arch::x86_64::{
    __m256i, __m512i, _mm_loadu_si128, _mm_set1_epi32, _mm256_add_epi32, _mm256_add_ps, _mm256_cvtepi8_epi16,
    _mm256_cvtepi32_ps, _mm256_cvtepu8_epi16, _mm256_hadd_epi32, _mm256_loadu_ps, _mm256_loadu_si256,
    _mm256_madd_epi16, _mm256_mul_ps, _mm256_permute4x64_epi64, _mm256_set1_ps, _mm256_setzero_si256,
    _mm256_storeu_ps, _mm256_sub_epi32, _mm512_add_ps, _mm512_cvtepi32_ps, _mm512_dpbusd_epi32,
    _mm512_loadu_ps, _mm512_loadu_si512, _mm512_mul_ps, _mm512_set1_epi32, _mm512_set1_ps,
    _mm512_setzero_si512, _mm512_storeu_ps, _mm512_sub_epi32,
};

/// Rows of one AVX-512 tile, which with four blocks of outputs leaves few of the 32 registers free.
const ROWS: usize = 6;
/// Rows of one AVX2 tile, which takes all 16 registers.
const ROWS_AVX2: usize = 3;

/// What a tile works on: the first of its rows, and its columns of weights and of what goes with them.
#[derive(Clone, Copy)]
struct Tile {
    x: *const u8,
    scales: *const f32,
    weights: *const u8,
    step: *const f32,
    shift: *const i32,
    bias: *const f32,
    out: *mut f32,
    inputs: usize,
    outputs: usize,
}

impl Tile {
    /// The tile that begins at a row and an output; both exist.
    fn new(x: &[u8], scales: &[f32], matrix: &Matrix, out: &mut [f32], (row, at): (usize, usize)) -> Self {
        Self {
            x: x[row * matrix.inputs..].as_ptr(),
            scales: scales[row..].as_ptr(),
            weights: matrix.packed[at * matrix.inputs..].as_ptr(),
            step: matrix.scale[at..].as_ptr(),
            shift: matrix.shift[at..].as_ptr(),
            bias: matrix.bias[at..].as_ptr(),
            out: out[row * matrix.outputs + at..].as_mut_ptr(),
            inputs: matrix.inputs,
            outputs: matrix.outputs,
        }
    }
}

/// Every row of `scales` times the matrix. Blocks of outputs are the outer loop, so that their weights stay
/// in the nearest cache while the rows pass.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
pub(super) unsafe fn multiply_avx512(x: &[u8], scales: &[f32], matrix: &Matrix, out: &mut [f32]) {
    let rows = scales.len();
    let mut at = 0;
    while at < matrix.outputs {
        let four = matrix.outputs - at >= 64;
        for row in (0..rows).step_by(ROWS) {
            let tile = Tile::new(x, scales, matrix, out, (row, at));
            // SAFETY: the tile covers rows and outputs that exist.
            unsafe {
                match ((rows - row).min(ROWS), four) {
                    (6, true) => tile_avx512::<6, 4>(tile),
                    (5, true) => tile_avx512::<5, 4>(tile),
                    (4, true) => tile_avx512::<4, 4>(tile),
                    (3, true) => tile_avx512::<3, 4>(tile),
                    (2, true) => tile_avx512::<2, 4>(tile),
                    (_, true) => tile_avx512::<1, 4>(tile),
                    (6, false) => tile_avx512::<6, 1>(tile),
                    (5, false) => tile_avx512::<5, 1>(tile),
                    (4, false) => tile_avx512::<4, 1>(tile),
                    (3, false) => tile_avx512::<3, 1>(tile),
                    (2, false) => tile_avx512::<2, 1>(tile),
                    (_, false) => tile_avx512::<1, 1>(tile),
                }
            }
        }
        at += if four { 64 } else { 16 };
    }
}

/// `R` rows by `C` blocks of 16 outputs.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")]
unsafe fn tile_avx512<const R: usize, const C: usize>(tile: Tile) {
    let mut sums: [[__m512i; C]; R] = [[_mm512_setzero_si512(); C]; R];
    for group in 0..tile.inputs / 4 {
        // SAFETY: `weights` holds C blocks of inputs * 16 bytes, `x` R rows of `inputs` bytes.
        unsafe {
            let mut block = [_mm512_setzero_si512(); C];
            for (c, block) in block.iter_mut().enumerate() {
                *block = _mm512_loadu_si512(tile.weights.add(c * tile.inputs * 16 + group * 64).cast());
            }
            for (r, sums) in sums.iter_mut().enumerate() {
                let four = tile.x.add(r * tile.inputs + group * 4).cast::<i32>().read_unaligned();
                let four = _mm512_set1_epi32(four);
                for (sum, &block) in sums.iter_mut().zip(&block) {
                    *sum = _mm512_dpbusd_epi32(*sum, four, block);
                }
            }
        }
    }
    for c in 0..C {
        // SAFETY: `step`, `shift` and `bias` hold C * 16 numbers, `scales` R, and `out` R rows of
        // `outputs` numbers, of which this tile writes C * 16.
        unsafe {
            let step = _mm512_loadu_ps(tile.step.add(c * 16));
            let shift = _mm512_loadu_si512(tile.shift.add(c * 16).cast());
            let bias = _mm512_loadu_ps(tile.bias.add(c * 16));
            for (r, sums) in sums.iter().enumerate() {
                let scale = _mm512_mul_ps(_mm512_set1_ps(*tile.scales.add(r)), step);
                let sum = _mm512_cvtepi32_ps(_mm512_sub_epi32(sums[c], shift));
                let value = _mm512_add_ps(_mm512_mul_ps(sum, scale), bias);
                _mm512_storeu_ps(tile.out.add(r * tile.outputs + c * 16), value);
            }
        }
    }
}

/// Every row of `scales` times the matrix.
#[target_feature(enable = "avx2")]
pub(super) unsafe fn multiply_avx2(x: &[u8], scales: &[f32], matrix: &Matrix, out: &mut [f32]) {
    let rows = scales.len();
    for at in (0..matrix.outputs).step_by(16) {
        for row in (0..rows).step_by(ROWS_AVX2) {
            let tile = Tile::new(x, scales, matrix, out, (row, at));
            // SAFETY: the tile covers rows and outputs that exist.
            unsafe {
                match (rows - row).min(ROWS_AVX2) {
                    3 => tile_avx2::<3>(tile),
                    2 => tile_avx2::<2>(tile),
                    _ => tile_avx2::<1>(tile),
                }
            }
        }
    }
}

/// `R` rows by 16 outputs. Bytes are widened to 16 bits first, so no product saturates.
#[target_feature(enable = "avx2")]
unsafe fn tile_avx2<const R: usize>(tile: Tile) {
    let mut sums: [[__m256i; 4]; R] = [[_mm256_setzero_si256(); 4]; R];
    for group in 0..tile.inputs / 4 {
        // SAFETY: `weights` holds inputs * 16 bytes, `x` R rows of `inputs` bytes.
        unsafe {
            let mut four = [_mm256_setzero_si256(); R];
            for (r, four) in four.iter_mut().enumerate() {
                let bytes = tile.x.add(r * tile.inputs + group * 4).cast::<i32>().read_unaligned();
                *four = _mm256_cvtepu8_epi16(_mm_set1_epi32(bytes));
            }
            for quarter in 0..4 {
                let block = _mm_loadu_si128(tile.weights.add(group * 64 + quarter * 16).cast());
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
            // SAFETY: `step`, `shift` and `bias` hold 16 numbers, `scales` R, and `out` R rows of `outputs`
            // numbers, of which this tile writes 16.
            unsafe {
                let step = _mm256_loadu_ps(tile.step.add(half * 8));
                let shift = _mm256_loadu_si256(tile.shift.add(half * 8).cast());
                let bias = _mm256_loadu_ps(tile.bias.add(half * 8));
                let scale = _mm256_mul_ps(_mm256_set1_ps(*tile.scales.add(r)), step);
                let sum = _mm256_cvtepi32_ps(_mm256_sub_epi32(eight, shift));
                let value = _mm256_add_ps(_mm256_mul_ps(sum, scale), bias);
                _mm256_storeu_ps(tile.out.add(r * tile.outputs + half * 8), value);
            }
        }
    }
}
