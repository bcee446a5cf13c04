//! The floating-point steps of the network, each in one fixed order of operations.
//!
//! Sums run over sixteen lanes that are folded at the end, and exponentials are our own polynomial, so
//! that the compiler may use vectors of any width and the result stays the same to the last bit.
#![allow(clippy::inline_always, reason = "`kernels` compiles each of these bodies once per instruction set")]

use super::weights::{Matrix, Norm};

/// Numbers summed side by side.
const LANES: usize = 16;
/// Numbers in one attention head.
pub(super) const HEAD: usize = 32;

/// Rows of `width` floats as unsigned bytes (value / scale + 128), each row padded to `padded` bytes with
/// zeros' code 128, and each row's scale.
#[inline(always)]
pub(super) fn quantise(x: &[f32], width: usize, padded: usize, bytes: &mut [u8], scales: &mut [f32]) {
    for ((row, out), scale) in x.chunks_exact(width).zip(bytes.chunks_exact_mut(padded)).zip(scales) {
        let mut most = [0f32; LANES];
        let (groups, rest) = row.as_chunks::<LANES>();
        for group in groups {
            for (most, &v) in most.iter_mut().zip(group) {
                *most = if v.abs() > *most { v.abs() } else { *most };
            }
        }
        let mut top = 1e-20f32;
        for &v in most.iter().chain(rest) {
            top = if v.abs() > top { v.abs() } else { top };
        }
        *scale = top / 127.0;
        let inverse = 127.0 / top;
        let (used, unused) = out.split_at_mut(width);
        for (out, &v) in used.iter_mut().zip(row) {
            *out = (v * inverse + 128.5) as i32 as u8;
        }
        unused.fill(128);
    }
}

/// Integer products back to floats: `(product - shift) * row scale * output scale + bias`.
#[inline(always)]
pub(super) fn dequantise(products: &[i32], scales: &[f32], matrix: &Matrix, out: &mut [f32]) {
    let width = matrix.outputs;
    for ((row, out), &scale) in products.chunks_exact(width).zip(out.chunks_exact_mut(width)).zip(scales) {
        let columns = matrix.scale.iter().zip(&matrix.shift).zip(&matrix.bias);
        for ((out, &product), ((&step, &shift), &bias)) in out.iter_mut().zip(row).zip(columns) {
            *out = (product - shift) as f32 * (scale * step) + bias;
        }
    }
}

/// The Gaussian error linear unit in its tanh form (Hendrycks & Gimpel 2016), in place.
#[inline(always)]
pub(super) fn gelu(x: &mut [f32]) {
    for v in x {
        let inner = 0.797_884_6 * (*v + 0.044_715 * *v * *v * *v);
        *v /= 1.0 + exp(-2.0 * inner);
    }
}

/// `x = norm(x + y)` for rows as wide as the norm; an empty `y` adds nothing.
#[inline(always)]
pub(super) fn add_norm(x: &mut [f32], y: &[f32], norm: &Norm) {
    let width = norm.weight.len();
    for (x, y) in x.iter_mut().zip(y) {
        *x += *y;
    }
    for row in x.chunks_exact_mut(width) {
        let mean = sum(row) / width as f32;
        for v in row.iter_mut() {
            *v -= mean;
        }
        let inverse = 1.0 / (dot(row, row) / width as f32 + 1e-12).sqrt();
        for ((v, &weight), &bias) in row.iter_mut().zip(&norm.weight).zip(&norm.bias) {
            *v = *v * inverse * weight + bias;
        }
    }
}

/// Scaled dot-product attention of one sentence (Vaswani et al. 2017). `qkv` holds for each piece its
/// queries, keys and values, `width` numbers each; `out` takes `width` numbers for each piece.
#[inline(always)]
pub(super) fn attend(qkv: &[f32], width: usize, out: &mut [f32], scratch: &mut Vec<f32>) {
    let pieces = qkv.len() / (3 * width);
    let padded = pieces.next_multiple_of(LANES);
    scratch.clear();
    scratch.resize((HEAD + 1) * padded, 0.0);
    let (keys, scores) = scratch.split_at_mut(HEAD * padded);
    let scale = 1.0 / (HEAD as f32).sqrt();
    for at in (0..width).step_by(HEAD) {
        for (piece, row) in qkv.chunks_exact(3 * width).enumerate() {
            for (d, &key) in row[width + at..][..HEAD].iter().enumerate() {
                keys[d * padded + piece] = key;
            }
        }
        for (row, out) in qkv.chunks_exact(3 * width).zip(out.chunks_exact_mut(width)) {
            scores.fill(0.0);
            for (&query, keys) in row[at..][..HEAD].iter().zip(keys.chunks_exact(padded)) {
                let query = query * scale;
                for (score, &key) in scores.iter_mut().zip(keys) {
                    *score += query * key;
                }
            }
            scores[pieces..].fill(f32::MIN);
            let total = soften(scores);
            let mut mixed = [0f32; HEAD];
            for (&weight, row) in scores.iter().zip(qkv.chunks_exact(3 * width)) {
                for (mixed, &value) in mixed.iter_mut().zip(&row[2 * width + at..][..HEAD]) {
                    *mixed += weight * value;
                }
            }
            for (out, mixed) in out[at..][..HEAD].iter_mut().zip(mixed) {
                *out = mixed / total;
            }
        }
    }
}

/// Exponentials of the scores, less their greatest, in place; returns their sum.
#[inline(always)]
fn soften(scores: &mut [f32]) -> f32 {
    let mut most = [f32::MIN; LANES];
    for group in scores.as_chunks::<LANES>().0 {
        for (most, &v) in most.iter_mut().zip(group) {
            *most = if v > *most { v } else { *most };
        }
    }
    let mut top = f32::MIN;
    for v in most {
        top = if v > top { v } else { top };
    }
    for v in scores.iter_mut() {
        *v = exp(*v - top);
    }
    sum(scores)
}

/// `out[i][j] = x[i] · y[j]` for rows of `width` numbers; `out` has as many columns as `y` has rows.
#[inline(always)]
pub(super) fn products(x: &[f32], y: &[f32], width: usize, out: &mut [f32], scratch: &mut Vec<f32>) {
    let columns = y.len() / width;
    scratch.clear();
    scratch.resize(width * columns, 0.0);
    for (j, row) in y.chunks_exact(width).enumerate() {
        for (d, &v) in row.iter().enumerate() {
            scratch[d * columns + j] = v;
        }
    }
    out.fill(0.0);
    for (row, out) in x.chunks_exact(width).zip(out.chunks_exact_mut(columns)) {
        for (&v, column) in row.iter().zip(scratch.chunks_exact(columns)) {
            for (out, &w) in out.iter_mut().zip(column) {
                *out += v * w;
            }
        }
    }
}

/// The dot product of two slices of one length.
#[inline(always)]
pub(super) fn dot(x: &[f32], y: &[f32]) -> f32 {
    let mut lanes = [0f32; LANES];
    let ((x, x_rest), (y, y_rest)) = (x.as_chunks::<LANES>(), y.as_chunks::<LANES>());
    for (x, y) in x.iter().zip(y) {
        for ((lane, &x), &y) in lanes.iter_mut().zip(x).zip(y) {
            *lane += x * y;
        }
    }
    let mut total = fold(lanes);
    for (&x, &y) in x_rest.iter().zip(y_rest) {
        total += x * y;
    }
    total
}

#[inline(always)]
fn sum(x: &[f32]) -> f32 {
    let mut lanes = [0f32; LANES];
    let (groups, rest) = x.as_chunks::<LANES>();
    for group in groups {
        for (lane, &v) in lanes.iter_mut().zip(group) {
            *lane += v;
        }
    }
    let mut total = fold(lanes);
    for &v in rest {
        total += v;
    }
    total
}

#[inline(always)]
fn fold(lanes: [f32; LANES]) -> f32 {
    let mut total = 0.0;
    for lane in lanes {
        total += lane;
    }
    total
}

/// The exponential, to about one part in ten million, from a polynomial and powers of two.
#[inline(always)]
fn exp(x: f32) -> f32 {
    const ROUND: f32 = 12_582_912.0; // 1.5 * 2^23: adding it rounds to an integer kept in the low bits
    let x = if x < -87.0 { -87.0 } else { x };
    let x = if x > 88.0 { 88.0 } else { x };
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let whole = shifted - ROUND;
    let rest = x - whole * 0.693_359_4 + whole * 2.121_944_4e-4;
    let mut power = 1.987_569_1e-4;
    for step in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_65, 0.5] {
        power = power * rest + step;
    }
    let power = power * rest * rest + rest + 1.0;
    let exponent = shifted.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127) << 23;
    power * f32::from_bits(exponent)
}
