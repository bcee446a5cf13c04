"""The measures of the CoNLL 2018 shared task on gold tokens, and F1 of names."""

import torch

import data
import tree


@torch.no_grad()
def predict(network, sentences, labels, pieces):
    """Predicted columns of every sentence, in order; None for one too long."""
    network.eval()
    rows = [data.encode(s, labels, pieces) for s in sentences]
    out = [None] * len(rows)
    kept = [i for i, row in enumerate(rows) if row]
    for group in data.batches([rows[i] for i in kept], 3000):
        members = [kept[i] for i in group]
        batch = data.collate([rows[i] for i in members])
        tags, arcs, parts = network(batch)
        best = [scores.argmax(-1).tolist() for scores in tags]
        scores = arcs.numpy()
        heads = torch.zeros_like(batch["firsts"])
        for b, i in enumerate(members):
            words = len(rows[i]["firsts"])
            heads[b, :words] = torch.tensor(tree.decode(scores[b, :words, : words + 1]))
        deps = network.relation_scores(parts, heads).argmax(-1).tolist()
        for b, i in enumerate(members):
            words = len(rows[i]["firsts"])
            upos, xpos, lemmas, ents = ([kind[b][w] for w in range(words)] for kind in best)
            out[i] = {
                "upos": [labels.upos[t] for t in upos], "xpos": [labels.xpos[t] for t in xpos],
                "lemmas": [data.apply_script(labels.lemmas[t], f) for t, f in zip(lemmas, sentences[i].forms)],
                "heads": heads[b, :words].tolist(), "deps": [labels.deps[t] for t in deps[b][:words]],
                "spans": spans([labels.ents[t] for t in ents]),
            }
    return out


def spans(tags):
    """BIO tags as [(first, last, label)]; an I that continues nothing begins a span."""
    out, begun, label = [], None, None
    for i, tag in enumerate([*tags, "O"]):
        if begun is not None and tag != "I-" + label:
            out.append((begun, i - 1, label))
            begun = None
        if tag != "O" and begun is None:
            begun, label = i, tag[2:]
    return out


def measure(network, sentences, labels, pieces):
    """Percentages: UPOS, XPOS, lemma, UAS, LAS on universal relations, and F1 of names where there are any."""
    right = dict.fromkeys(("upos", "xpos", "lemma", "uas", "las"), 0)
    words = found = gold = hits = 0
    for sentence, row in zip(sentences, predict(network, sentences, labels, pieces)):
        words += len(sentence.forms)
        if row is None:
            continue
        for i in range(len(sentence.forms)):
            right["upos"] += row["upos"][i] == sentence.upos[i]
            right["xpos"] += row["xpos"][i] == sentence.xpos[i]
            right["lemma"] += row["lemmas"][i] == sentence.lemmas[i]
            head = row["heads"][i] == sentence.heads[i]
            right["uas"] += head
            right["las"] += head and row["deps"][i].split(":")[0] == sentence.deps[i].split(":")[0]
        if sentence.spans is not None:
            found += len(row["spans"])
            gold += len(sentence.spans)
            hits += len(set(row["spans"]) & set(sentence.spans))
    scores = {name: round(100 * n / words, 2) for name, n in right.items()}
    if gold:
        scores["names"] = round(100 * 2 * hits / (found + gold), 2)
    return scores
