//! The floating-point steps of the network, each in one fixed order of operations.
//!
//! Sums run over sixteen lanes that are folded at the end, and exponentials are our own polynomial, so
//! that the compiler may use vectors of any width and the result stays the same to the last bit.
#![allow(clippy::inline_always, reason = "`kernels` compiles each of these bodies once per instruction set")]

use super::weights::Norm;

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
        let (groups, rest) = row.as_chunks::<LANES>();
        let mut most = [0f32; LANES];
        for group in groups {
            rise(&mut most, group);
        }
        let top = rest.iter().map(|v| v.abs()).fold(fold(most, greater), greater);
        let (used, unused) = out.split_at_mut(width);
        *scale = store(row, top, used);
        unused.fill(128);
    }
}

/// A row as bytes, given its greatest magnitude; returns its scale.
#[inline(always)]
fn store(row: &[f32], top: f32, bytes: &mut [u8]) -> f32 {
    let top = top + 1e-20;
    let inverse = 127.0 / top;
    for (byte, &v) in bytes.iter_mut().zip(row) {
        // The sum's low byte is the rounded value plus 128.
        *byte = (v * inverse + (ROUND + 128.0)).to_bits() as u8;
    }
    top / 127.0
}

/// Raises each lane to a number's magnitude.
#[inline(always)]
fn rise(most: &mut [f32; LANES], group: &[f32; LANES]) {
    for (most, v) in most.iter_mut().zip(group) {
        *most = greater(*most, v.abs());
    }
}

/// The Gaussian error linear unit in its tanh form (Hendrycks & Gimpel 2016), in place, and the results as
/// bytes and scales like those of [`quantise`]. Rows hold a multiple of sixteen numbers.
#[inline(always)]
pub(super) fn activate(x: &mut [f32], width: usize, bytes: &mut [u8], scales: &mut [f32]) {
    for ((row, out), scale) in x.chunks_exact_mut(width).zip(bytes.chunks_exact_mut(width)).zip(scales) {
        let mut most = [0f32; LANES];
        for group in row.as_chunks_mut::<LANES>().0 {
            for v in group.iter_mut() {
                *v = gelu(*v);
            }
            rise(&mut most, group);
        }
        *scale = store(row, fold(most, greater), out);
    }
}

/// `x / (1 + exp(-2u))` for `u = sqrt(2 / pi) * (x + 0.044715 * x^3)`, with the factors in powers of two.
#[inline(always)]
fn gelu(x: f32) -> f32 {
    let power = x * (-2.302_208_2 - 0.102_943_24 * x * x);
    let power = if power > 126.0 { 126.0 } else { power };
    x / (1.0 + exp2(power))
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
    // Scores are powers of two.
    let scale = std::f32::consts::LOG2_E / (HEAD as f32).sqrt();
    for at in (0..width).step_by(HEAD) {
        for (piece, row) in qkv.chunks_exact(3 * width).enumerate() {
            for (column, &key) in keys.chunks_exact_mut(padded).zip(&row[width + at..][..HEAD]) {
                column[piece] = key;
            }
        }
        for (rows, out) in qkv.chunks(QUERIES * 3 * width).zip(out.chunks_mut(QUERIES * width)) {
            let mut queries = [[0f32; HEAD]; QUERIES];
            for (query, row) in queries.iter_mut().zip(rows.chunks_exact(3 * width)) {
                let Some((row, _)) = row[at..].split_first_chunk::<HEAD>() else { continue };
                for (query, &v) in query.iter_mut().zip(row) {
                    *query = v * scale;
                }
            }
            score(&queries, keys, padded, scores);
            let mut shares = [0f32; QUERIES];
            for (share, scores) in shares.iter_mut().zip(scores.chunks_exact_mut(padded)) {
                scores[pieces..].fill(f32::MIN);
                *share = 1.0 / soften(scores);
            }
            let mixed = mix(scores, padded, qkv, 3 * width, 2 * width + at);
            for ((out, mixed), share) in out.chunks_exact_mut(width).zip(&mixed).zip(shares) {
                let Some((out, _)) = out[at..].split_first_chunk_mut::<HEAD>() else { continue };
                for (out, mixed) in out.iter_mut().zip(mixed) {
                    *out = mixed * share;
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

/// Two to the power of each score less their greatest, in place; returns their sum. Scores fill their lanes.
#[inline(always)]
fn soften(scores: &mut [f32]) -> f32 {
    let mut most = [f32::MIN; LANES];
    for group in scores.as_chunks::<LANES>().0 {
        for (most, &v) in most.iter_mut().zip(group) {
            *most = greater(*most, v);
        }
    }
    let top = fold(most, greater);
    let mut sums = [0f32; LANES];
    for group in scores.as_chunks_mut::<LANES>().0 {
        for (sum, v) in sums.iter_mut().zip(group) {
            *v = exp2(*v - top);
            *sum += *v;
        }
    }
    fold(sums, |a, b| a + b)
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

/// How well one vector fits each of some rows, which have one number more: the row's last number is added.
#[inline(always)]
pub(super) fn relate(rows: &[f32], x: &[f32], scores: &mut [f32]) {
    for (row, score) in rows.chunks_exact(x.len() + 1).zip(scores) {
        *score = dot(&row[..x.len()], x) + row[x.len()];
    }
}

/// The dot product of two slices of one length.
#[inline(always)]
fn dot(x: &[f32], y: &[f32]) -> f32 {
    let mut lanes = [0f32; LANES];
    let ((x, x_rest), (y, y_rest)) = (x.as_chunks::<LANES>(), y.as_chunks::<LANES>());
    for (x, y) in x.iter().zip(y) {
        for ((lane, &x), &y) in lanes.iter_mut().zip(x).zip(y) {
            *lane += x * y;
        }
    }
    let mut total = fold(lanes, |a, b| a + b);
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
    let mut total = fold(lanes, |a, b| a + b);
    for &v in rest {
        total += v;
    }
    total
}

/// One number of sixteen lanes: halves are put together until one lane is left.
#[inline(always)]
fn fold(lanes: [f32; LANES], join: impl Fn(f32, f32) -> f32) -> f32 {
    let eight: [f32; 8] = std::array::from_fn(|i| join(lanes[i], lanes[i + 8]));
    let four: [f32; 4] = std::array::from_fn(|i| join(eight[i], eight[i + 4]));
    join(join(four[0], four[2]), join(four[1], four[3]))
}

/// The greater of two numbers, in the one form that is a single instruction everywhere.
#[inline(always)]
fn greater(a: f32, b: f32) -> f32 {
    if b > a { b } else { a }
}

/// Two to the power of `x` up to 126, to three parts in a million, from a polynomial and the exponent's bits.
#[inline(always)]
fn exp2(x: f32) -> f32 {
    let x = if x < -125.0 { -125.0 } else { x };
    let shifted = x + ROUND;
    let rest = x - (shifted - ROUND);
    let mut power = 9.582_85e-3;
    for step in [5.590_643e-2, 0.240_240_99, 0.693_124_2, 1.0] {
        power = power * rest + step;
    }
    f32::from_bits(power.to_bits().wrapping_add(shifted.to_bits() << 23))
}
