//! The floating-point steps of the network, each in one fixed order of operations.
//!
//! Sums run over sixteen lanes that are folded at the end, and exponentials are our own polynomial, so
//! that the compiler may use vectors of any width and the result stays the same to the last bit.
#![allow(clippy::inline_always, reason = "`kernels` compiles each of these bodies once per instruction set")]

use super::weights::{Matrix, Norm};

/// Numbers summed side by side.
const LANES: usize = 16;
/// 1.5 * 2^23: adding it rounds a float to an integer that is kept in the low bits.
const ROUND: f32 = 12_582_912.0;
/// Queries that attention handles side by side.
const QUERIES: usize = 4;
/// Numbers in one attention head.
pub(super) const HEAD: usize = 32;

/// Rows of `width` floats as unsigned bytes (value / scale + 128), each row padded to `padded` bytes with
/// zeros' code 128, and each row's scale.
#[inline(always)]
pub(super) fn quantise(x: &[f32], width: usize, padded: usize, bytes: &mut [u8], scales: &mut [f32]) {
    for ((row, out), scale) in x.chunks_exact(width).zip(bytes.chunks_exact_mut(padded)).zip(scales) {
        // Magnitudes compare like their bits, which is quicker than comparing floats.
        let mut most = [0u32; LANES];
        let (groups, rest) = row.as_chunks::<LANES>();
        for group in groups {
            for (most, v) in most.iter_mut().zip(group) {
                *most = (*most).max(v.abs().to_bits());
            }
        }
        let bits = rest.iter().map(|v| v.abs().to_bits()).chain(most).fold(0, u32::max);
        let top = f32::from_bits(bits) + 1e-20;
        *scale = top / 127.0;
        let inverse = 127.0 / top;
        let (used, unused) = out.split_at_mut(width);
        for (out, &v) in used.iter_mut().zip(row) {
            // The sum's low byte is the rounded value plus 128.
            *out = (v * inverse + (ROUND + 128.0)).to_bits() as u8;
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
    scratch.resize((HEAD + QUERIES) * padded, 0.0);
    let (keys, scores) = scratch.split_at_mut(HEAD * padded);
    let scale = 1.0 / (HEAD as f32).sqrt();
    for at in (0..width).step_by(HEAD) {
        for (piece, row) in qkv.chunks_exact(3 * width).enumerate() {
            for (d, &key) in row[width + at..][..HEAD].iter().enumerate() {
                keys[d * padded + piece] = key;
            }
        }
        for (rows, out) in qkv.chunks(QUERIES * 3 * width).zip(out.chunks_mut(QUERIES * width)) {
            let mut queries = [[0f32; HEAD]; QUERIES];
            for (query, row) in queries.iter_mut().zip(rows.chunks_exact(3 * width)) {
                for (query, &v) in query.iter_mut().zip(&row[at..][..HEAD]) {
                    *query = v * scale;
                }
            }
            score(&queries, keys, padded, scores);
            let mut totals = [0f32; QUERIES];
            for (total, scores) in totals.iter_mut().zip(scores.chunks_exact_mut(padded)) {
                scores[pieces..].fill(f32::MIN);
                *total = soften(scores);
            }
            let mixed = mix(scores, padded, qkv, 3 * width, 2 * width + at);
            for ((out, mixed), total) in out.chunks_exact_mut(width).zip(&mixed).zip(totals) {
                for (out, mixed) in out[at..][..HEAD].iter_mut().zip(mixed) {
                    *out = mixed / total;
                }
            }
        }
    }
}

/// Scores of a few queries for every piece, from keys stored number by number.
#[inline(always)]
fn score(queries: &[[f32; HEAD]; QUERIES], keys: &[f32], padded: usize, scores: &mut [f32]) {
    for from in (0..padded).step_by(LANES) {
        let [mut a, mut b, mut c, mut d] = [[0f32; LANES]; QUERIES];
        for (i, keys) in keys.chunks_exact(padded).enumerate() {
            let Some((keys, _)) = keys[from..].split_first_chunk::<LANES>() else { continue };
            add(&mut a, queries[0][i], keys);
            add(&mut b, queries[1][i], keys);
            add(&mut c, queries[2][i], keys);
            add(&mut d, queries[3][i], keys);
        }
        for (scores, sums) in scores.chunks_exact_mut(padded).zip([a, b, c, d]) {
            scores[from..from + LANES].copy_from_slice(&sums);
        }
    }
}

/// Sums of the pieces' values (from number `at` of each row of `stride` numbers), weighted by the scores.
#[inline(always)]
fn mix(scores: &[f32], padded: usize, qkv: &[f32], stride: usize, at: usize) -> [[f32; HEAD]; QUERIES] {
    let [mut a, mut b, mut c, mut d] = [[0f32; HEAD]; QUERIES];
    for (piece, row) in qkv.chunks_exact(stride).enumerate() {
        let Some((values, _)) = row[at..].split_first_chunk::<HEAD>() else { continue };
        add(&mut a, scores[piece], values);
        add(&mut b, scores[padded + piece], values);
        add(&mut c, scores[2 * padded + piece], values);
        add(&mut d, scores[3 * padded + piece], values);
    }
    [a, b, c, d]
}

/// `sums += weight * values`.
#[inline(always)]
fn add<const N: usize>(sums: &mut [f32; N], weight: f32, values: &[f32; N]) {
    for (sum, &value) in sums.iter_mut().zip(values) {
        *sum += weight * value;
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
