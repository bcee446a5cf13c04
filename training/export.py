"""Writes a checkpoint as the weights file of the Rust program: `python export.py CHECKPOINT WEIGHTS [--golden FILE]`.

Matrices are 8-bit integers with one scale a row, laid out for four-byte dot products: [outputs/16, inputs/4, 16, 4].
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file

import conllu
import data
import evaluate
from lexicon import Lexicon
from model import Network

PLACES = 320
GOLDEN = [
    "Foreign Minister Amir Khan Muttaqi met the Russian envoy in Moscow on Tuesday .",
    "“ We did not agree to it , ” said Nana Akufo-Addo , the president of Ghana",
    "The two sides , he added , were to have signed the agreement last week .",
    "CHINA CALLS FOR TALKS",
    "Yes !",
]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--golden", type=Path, help="also write what the network says of a few sentences, as TSV")
    options = parser.parse_args()
    network, labels, vocab, lexicon = load(options.checkpoint)
    save_file(tensors(network, labels, vocab, lexicon), options.weights)
    print(f"{options.weights.stat().st_size} bytes")
    if options.golden:
        options.golden.write_text(golden(network, labels, data.Pieces(vocab), lexicon), encoding="utf-8")


def load(path):
    """The network of a checkpoint with its labels, vocabulary and lexicon."""
    kept = torch.load(path, map_location="cpu", weights_only=True)
    labels = data.Labels([])
    for name, values in json.loads(kept["labels"]).items():
        setattr(labels, name, values)
        labels.number[name] = {t: i for i, t in enumerate(values)}
    layers = 1 + max(int(k.split(".")[1]) for k in kept["network"] if k.startswith("layers."))
    network = Network(len(kept["vocab"]), layers, data.SHAPES, labels.sizes(), len(labels.deps))
    network.load_state_dict(kept["network"])
    rows = [line.split("\t") for line in kept["lexicon"].decode().split("\n")]
    whole = {piece for piece in data.Pieces(kept["vocab"]).ids if not piece.startswith(("##", "["))}
    return network.eval(), labels, kept["vocab"], Lexicon(rows, whole)


def tensors(network, labels, vocab, lexicon):
    """Every tensor of the weights file by name."""
    ids = data.Pieces(vocab).ids
    order = sorted(ids, key=lambda piece: piece.encode())
    rows = network.pieces.weight.detach().numpy()[[ids[piece] for piece in order]]
    small, scale = quantised(rows)
    text = [piece.encode() for piece in order]
    out = {
        "vocab.text": np.frombuffer(b"".join(text), np.uint8),
        "vocab.ends": np.cumsum([len(t) for t in text]).astype(np.uint32),
        "lexicon": np.frombuffer(lexicon.text(ids), np.uint8),
        "fold": np.array(data.fold_table(), np.uint32),
        "pieces.weight": small, "pieces.scale": scale,
        "places": network.places.weight.detach().numpy()[:PLACES],
        "shapes": network.shapes.weight.detach().numpy(),
        **norm("norm", network.norm),
    }
    for i, layer in enumerate(network.layers):
        for name in ("qkv", "out", "up", "down"):
            out.update(matrix(f"layers.{i}.{name}", getattr(layer, name)))
        for name in ("norm1", "norm2"):
            out.update(norm(f"layers.{i}.{name}", getattr(layer, name)))
    for name in ("tags", "split", "arc", "rel"):
        out.update(matrix(name, getattr(network, name)))
    for name in ("upos", "xpos", "deps", "ents", "lemmas"):
        text = "\n".join(getattr(labels, name)).encode()
        out[f"labels.{name}"] = np.frombuffer(text, np.uint8)
    return {name: np.ascontiguousarray(value) for name, value in out.items()}


def norm(name, module):
    return {f"{name}.weight": module.weight.detach().numpy(), f"{name}.bias": module.bias.detach().numpy()}


def quantised(rows):
    """Rows as int8 and the scale of each row, so that row = int8 * scale."""
    scale = np.abs(rows).max(1) / 127
    scale[scale == 0] = 1
    return np.rint(rows / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def matrix(name, module):
    """A linear layer, padded to whole blocks, with 128 times each row's sum (activations are stored plus 128)."""
    weight = module.weight.detach().numpy()
    outputs, inputs = weight.shape
    padded = np.zeros((-(-outputs // 16) * 16, -(-inputs // 4) * 4), np.float32)
    padded[:outputs, :inputs] = weight
    bias = np.zeros(len(padded), np.float32)
    if module.bias is not None:
        bias[:outputs] = module.bias.detach().numpy()
    small, scale = quantised(padded)
    packed = small.reshape(len(padded) // 16, 16, -1, 4).transpose(0, 2, 1, 3)
    return {
        f"{name}.weight": packed, f"{name}.scale": scale, f"{name}.bias": bias,
        f"{name}.shift": (small.astype(np.int32).sum(1) * 128).astype(np.int32),
    }


def golden(network, labels, pieces, lexicon):
    """The network's output for a few sentences: one word a line, a blank line after each sentence."""
    sentences = []
    for text in GOLDEN:
        forms = text.split(" ")
        blank = [""] * len(forms)
        sentences.append(conllu.Sentence(forms, forms[:], blank, blank, [0] * len(forms), blank))
    lines = []
    for sentence, row in zip(sentences, evaluate.predict(network, sentences, labels, pieces, lexicon)):
        names = {first: label for first, _, label in row["spans"]}
        for i, form in enumerate(sentence.forms):
            inside = next((s[2] for s in row["spans"] if s[0] <= i <= s[1]), "O")
            name = inside if inside == "O" else ("B-" if i in names else "I-") + inside
            lines.append("\t".join([form, row["lemmas"][i], row["upos"][i], row["xpos"][i],
                                    str(row["heads"][i]), row["deps"][i], name]))
        lines.append("")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
