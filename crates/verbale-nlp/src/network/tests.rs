//! The network against its own golden sentences, and the kernels against one another.

use super::kernels::{self, Isa};
use super::weights::Matrix;
use super::{ModelError, Network, TokenTags};
use crate::tags::Dep;

static WEIGHTS: &[u8] = include_bytes!("../../models/default.safetensors");
/// What `PyTorch` says of a few sentences (`training/export.py --golden`).
const GOLDEN: &str = include_str!("../../models/golden.tsv");

fn network() -> Network {
    Network::from_bytes(WEIGHTS).unwrap()
}

/// The instruction sets that this processor can run.
fn sets() -> Vec<Isa> {
    #[cfg(target_arch = "x86_64")]
    let mut sets = match Isa::detect() {
        Isa::Avx512 => vec![Isa::Avx512, Isa::Avx2],
        Isa::Avx2 => vec![Isa::Avx2],
        Isa::Portable => Vec::new(),
    };
    #[cfg(not(target_arch = "x86_64"))]
    let mut sets = Vec::new();
    sets.push(Isa::Portable);
    sets
}

/// Numbers that look random and are not.
fn noise(count: usize, seed: u32) -> Vec<f32> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / 8_388_608.0 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

fn is_tree(rows: &[TokenTags]) -> bool {
    let heads: Vec<usize> = rows.iter().map(|row| row.head as usize).collect();
    heads.iter().filter(|&&head| head == 0).count() == 1 && super::tree::is_tree(&heads)
}

#[test]
fn products_agree_on_every_instruction_set() {
    for (rows, inputs, outputs) in [(1, 4, 16), (5, 100, 80), (13, 384, 144), (7, 1536, 64)] {
        let weights: Vec<u8> = noise(inputs * outputs, 7).iter().map(|v| (v * 127.0) as i8 as u8).collect();
        let matrix = Matrix {
            packed: Box::leak(weights.into_boxed_slice()),
            scale: noise(outputs, 1),
            bias: noise(outputs, 2),
            shift: vec![3; outputs],
            inputs,
            outputs,
        };
        let x: Vec<u8> = noise(rows * inputs, 3).iter().map(|v| (v * 127.0 + 128.0) as u8).collect();
        let scales = noise(rows, 4);
        let bits = |values: &[f32]| -> Vec<u32> { values.iter().map(|v| v.to_bits()).collect() };
        let results: Vec<_> = sets()
            .into_iter()
            .map(|isa| {
                let (mut floats, mut bytes, mut steps) =
                    (vec![0.0; rows * outputs], vec![0; rows * outputs], vec![0.0; rows]);
                kernels::multiply(isa, &x, &scales, &matrix, &mut floats);
                let products = bits(&floats);
                kernels::activate(isa, &mut floats, outputs, &mut bytes, &mut steps);
                (products, bits(&floats), bytes, bits(&steps))
            })
            .collect();
        assert!(results.iter().all(|result| *result == results[0]));
        for (row, output) in [(0, 0), (rows - 1, outputs - 1), (rows / 2, outputs / 2)] {
            let weights = &matrix.packed[output / 16 * 16 * inputs..];
            let product: i32 = (0..inputs)
                .map(|k| {
                    let weight = weights[k / 4 * 64 + output % 16 * 4 + k % 4].cast_signed();
                    i32::from(x[row * inputs + k]) * i32::from(weight)
                })
                .sum();
            let value = (product - 3) as f32 * (scales[row] * matrix.scale[output]) + matrix.bias[output];
            assert_eq!(results[0].0[row * outputs + output], value.to_bits());
        }
    }
}

#[test]
fn sentences_agree_on_every_instruction_set() {
    let words = [
        "The", "envoy", "left", "Doha", "before", "the", "talks", "with", "Nguyễn", "Minh", "Vũ", "began",
        ".",
    ];
    let x = noise(13 * 3 * 384, 5);
    let mut network = network();
    let mut seen: Vec<(Vec<u32>, Vec<TokenTags>)> = Vec::new();
    for isa in sets() {
        let mut out = vec![0.0; 13 * 384];
        kernels::attend(isa, &x, 384, &mut out, &mut Vec::new());
        network.encoder.set_isa(isa);
        seen.push((out.iter().map(|v| v.to_bits()).collect(), network.tag(&words)));
    }
    assert!(seen.iter().all(|one| *one == seen[0]));
}

/// 8-bit weights may tip a close decision, so a few cells in a hundred may differ from `PyTorch`.
#[test]
fn rust_and_pytorch_agree() {
    let network = network();
    let (mut cells, mut same) = (0, 0);
    for sentence in GOLDEN.trim_end().split("\n\n") {
        let lines: Vec<Vec<&str>> = sentence.lines().map(|line| line.split('\t').collect()).collect();
        let words: Vec<&str> = lines.iter().map(|line| line[0]).collect();
        for (line, row) in lines.iter().zip(network.tag(&words)) {
            let name = row.ent.map_or_else(
                || "O".to_owned(),
                |(label, begins)| format!("{}-{label}", if begins { "B" } else { "I" }),
            );
            let ours = [
                &row.lemma,
                row.upos.as_str(),
                row.xpos.as_str(),
                &row.head.to_string(),
                row.dep.as_str(),
                &name,
            ];
            cells += ours.len();
            same += ours.iter().zip(&line[1..]).filter(|(ours, theirs)| ours == theirs).count();
        }
    }
    assert!(same * 100 >= cells * 97, "{same} of {cells} cells agree");
}

#[test]
fn a_sentence_becomes_a_tree_with_names() {
    let words = ["Wang", "Yi", "met", "his", "Indian", "counterpart", "in", "Delhi", "on", "Monday", "."];
    let rows = network().tag(&words);
    assert_eq!(rows[2].head, 0);
    assert_eq!((rows[0].head, rows[0].dep), (3, Dep::Nsubj));
    assert_eq!((rows[5].head, rows[5].dep), (3, Dep::Obj));
    assert_eq!((rows[7].head, rows[7].dep, rows[2].lemma.as_str()), (3, Dep::Obl, "meet"));
    assert!(rows[0].ent.is_some() && rows[7].ent.is_some());
}

#[test]
fn any_words_give_one_tree() {
    let network = network();
    assert!(network.tag(&[]).is_empty());
    let long = "x".repeat(100_000);
    for words in [
        vec![""],
        vec!["\u{202e}", "\0", "漢字", "🙂"],
        vec![long.as_str(); 3],
        vec!["and"; 1000],
        vec!["a.b.c.d"; 333],
    ] {
        let rows = network.tag(&words);
        assert_eq!(rows.len(), words.len());
        assert!(is_tree(&rows));
    }
}

#[test]
fn many_sentences_at_once_give_the_same_rows() {
    let network = network();
    let sentences: [&[&str]; 3] = [&["They", "agreed", "."], &[], &["Talks", "in", "Vienna", "failed"]];
    let rows = network.tag_all(&sentences);
    for (rows, words) in rows.iter().zip(sentences) {
        assert_eq!(*rows, network.tag(words));
    }
}

#[test]
fn broken_weights_are_an_error() {
    assert!(matches!(Network::from_bytes(b"not a model"), Err(ModelError::Format(_))));
    assert!(matches!(Network::from_bytes(b"\x02\0\0\0\0\0\0\0{}"), Err(ModelError::Tensor(_))));
}
