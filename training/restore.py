"""Makes a checkpoint of a weights file: `python restore.py WEIGHTS CHECKPOINT [--keep 0,1,3,5]`.

The network is that of the Rust program, so its numbers are those of 8 bits. `--keep` takes only some of the layers,
as a smaller network to train on (Sanh et al. 2019).
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file

import data
from model import Network
from train import encoder_folder


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--keep", help="numbers of the layers to keep, from 0; all if not given")
    options = parser.parse_args()
    tensors = load_file(options.weights)
    layers = 1 + max(int(name.split(".")[1]) for name in tensors if name.startswith("layers."))
    keep = [int(number) for number in options.keep.split(",")] if options.keep else list(range(layers))
    vocab = (encoder_folder() / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    names = {name: text(tensors[f"labels.{name}"]).split("\n") for name in ("upos", "xpos", "deps", "ents", "lemmas")}
    sizes = [len(names[name]) for name in ("upos", "xpos", "lemmas", "ents")]
    network = Network(len(vocab), len(keep), data.SHAPES, sizes, len(names["deps"]))
    fill(network, tensors, keep, data.Pieces(vocab).ids)
    torch.save({"network": network.state_dict(), "labels": json.dumps(names), "vocab": vocab,
                "lexicon": tensors["lexicon"].tobytes(), "settings": {"restored": keep}, "epoch": -1},
               options.checkpoint)


def text(tensor):
    return tensor.tobytes().decode()


def fill(network, tensors, keep, ids):
    """Copies every tensor into the network; what the file leaves out stays as it is made."""
    order = sorted(ids, key=lambda piece: piece.encode())
    rows = [ids[piece] for piece in order]
    network.pieces.weight.data[rows] = number(tensors["pieces.weight"] * tensors["pieces.scale"][:, None])
    network.places.weight.data[: len(tensors["places"])] = number(tensors["places"])
    network.shapes.weight.data.copy_(number(tensors["shapes"]))
    for at, name in [("norm", "norm")] + [(f"layers.{i}.{part}", f"layers.{layer}.{part}")
                                          for i, layer in enumerate(keep) for part in ("norm1", "norm2")]:
        module = network.get_submodule(at)
        module.weight.data.copy_(number(tensors[f"{name}.weight"]))
        module.bias.data.copy_(number(tensors[f"{name}.bias"]))
    matrices = [(name, name) for name in ("tags", "split", "arc", "rel")]
    for i, layer in enumerate(keep):
        matrices += [(f"layers.{i}.{part}", f"layers.{layer}.{part}") for part in ("qkv", "out", "up", "down")]
    for at, name in matrices:
        module = network.get_submodule(at)
        outputs, inputs = module.weight.shape
        packed = tensors[f"{name}.weight"]
        small = packed.transpose(0, 2, 1, 3).reshape(packed.shape[0] * 16, -1)
        weight = small * tensors[f"{name}.scale"][:, None]
        module.weight.data.copy_(number(weight[:outputs, :inputs]))
        if module.bias is not None:
            module.bias.data.copy_(number(tensors[f"{name}.bias"][:outputs]))


def number(array):
    return torch.from_numpy(np.array(array, np.float32))


if __name__ == "__main__":
    main()
