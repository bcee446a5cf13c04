"""The measures of the CoNLL 2018 shared task on gold tokens, and F1 of names."""

import torch

import data
import tree


SCRIPTS = 8  # best lemma scripts that the lexicon chooses from


@torch.no_grad()
def predict(network, sentences, labels, pieces, lexicon):
    """Predicted columns of every sentence, in order; None for one too long."""
    network.eval()
    rows = [data.encode(s, labels, pieces) for s in sentences]
    out = [None] * len(rows)
    kept = [i for i, row in enumerate(rows) if row]
    for group in data.batches([rows[i] for i in kept], 3000):
        members = [kept[i] for i in group]
        batch = data.collate([rows[i] for i in members])
        tags, arcs, parts = network(batch)
        scripts = tags[2].topk(SCRIPTS, -1).indices.tolist()
        best = [scores.argmax(-1).tolist() for scores in tags]
        scores = arcs.numpy()
        heads = torch.zeros_like(batch["firsts"])
        for b, i in enumerate(members):
            words = len(rows[i]["firsts"])
            heads[b, :words] = torch.tensor(tree.decode(scores[b, :words, : words + 1]))
        deps = network.relation_scores(parts, heads).argmax(-1).tolist()
        for b, i in enumerate(members):
            words = len(rows[i]["firsts"])
            upos, xpos = ([kind[b][w] for w in range(words)] for kind in best[:2])
            upos, xpos = [labels.upos[t] for t in upos], [labels.xpos[t] for t in xpos]
            tried = [[data.apply_script(labels.lemmas[t], form) for t in scripts[b][w]]
                     for w, form in enumerate(sentences[i].forms)]
            out[i] = {
                "upos": upos, "xpos": xpos,
                "lemmas": [lexicon.choose(*word) for word in zip(sentences[i].forms, xpos, upos, tried)],
                "heads": heads[b, :words].tolist(), "deps": [labels.deps[t] for t in deps[b][:words]],
                "spans": spans(names(tags[3][b, :words].tolist(), labels.ents)),
            }
    return out


def names(scores, labels):
    """The best sequence of BIO tags in which no I continues another kind or nothing (Viterbi 1967)."""
    sums, steps = [0.0 if i == 0 else -1e9 for i in range(len(labels))], []
    before = [[j for j, other in enumerate(labels) if tag[0] != "I" or other[2:] == tag[2:]] for tag in labels]
    for row in scores:
        step = [max(before[i], key=sums.__getitem__) for i in range(len(labels))]
        sums = [sums[step[i]] + row[i] for i in range(len(labels))]
        steps.append(step)
    at, out = max(range(len(labels)), key=sums.__getitem__), []
    for step in reversed(steps):
        out.append(labels[at])
        at = step[at]
    return out[::-1]


def spans(tags):
    """BIO tags as [(first, last, label)]."""
    out, begun, label = [], None, None
    for i, tag in enumerate([*tags, "O"]):
        if begun is not None and tag != "I-" + label:
            out.append((begun, i - 1, label))
            begun = None
        if tag != "O" and begun is None:
            begun, label = i, tag[2:]
    return out


def measure(network, sentences, labels, pieces, lexicon):
    """Percentages: UPOS, XPOS, lemma, UAS, LAS on universal relations, and F1 of names where there are any."""
    right = dict.fromkeys(("upos", "xpos", "lemma", "uas", "las"), 0)
    words = found = gold = hits = 0
    for sentence, row in zip(sentences, predict(network, sentences, labels, pieces, lexicon)):
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
