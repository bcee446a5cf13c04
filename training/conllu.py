"""Reads CoNLL-U treebanks and GUM's entity brackets into plain sentences."""

import gzip
import re
from dataclasses import dataclass, field
from pathlib import Path

ENTITIES = ["PERSON", "ORG", "PLACE", "OTHER"]
KINDS = {
    "person": "PERSON", "organization": "ORG", "place": "PLACE", "object": "OTHER",
    "event": "OTHER", "abstract": "OTHER", "animal": "OTHER", "substance": "OTHER", "plant": "OTHER",
}
TITLES = {
    "mr.", "mr", "mrs.", "mrs", "ms.", "ms", "dr.", "dr", "prof.", "professor", "president", "minister", "king",
    "queen", "prince", "princess", "sir", "lord", "lady", "general", "gen.", "colonel", "col.", "captain", "capt.",
    "senator", "sen.", "judge", "justice", "premier", "chancellor", "pope", "saint", "secretary", "governor",
    "mayor", "chair", "chairman", "spokesperson", "spokesman", "gov.", "rep.", "ambassador", "emperor", "bishop", "father", "uncle", "aunt", "major", "lieutenant", "sheikh",
}


@dataclass
class Sentence:
    """One sentence of a treebank: parallel columns, heads 1-based with 0 for the root."""

    forms: list = field(default_factory=list)
    lemmas: list = field(default_factory=list)
    upos: list = field(default_factory=list)
    xpos: list = field(default_factory=list)
    heads: list = field(default_factory=list)
    deps: list = field(default_factory=list)
    spans: list = None  # [(first, last, label)], inclusive; None where the treebank has no entities
    hints: dict = None  # without spans: word -> BIO tag, where it is known all the same

    def copy(self):
        spans = None if self.spans is None else list(self.spans)
        return Sentence(self.forms[:], self.lemmas[:], self.upos[:], self.xpos[:], self.heads[:], self.deps[:], spans)


def read(path, entities=False, own=False):
    """Every sentence of one .conllu or .conllu.gz file; with `entities`, GUM's named spans too (or, in a file of
    our `own`, the spans that `Name=B-LABEL` and `Name=I-LABEL` mark)."""
    opener = gzip.open if str(path).endswith(".gz") else open
    sentences, open_spans = [], {}
    sentence, raw = Sentence(), []
    with opener(Path(path), "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc"):
                open_spans = {}
            if line.startswith("#"):
                continue
            if line:
                row = line.split("\t")
                if not row[0].isdigit():
                    continue
                form = row[1]
                sentence.forms.append(form)
                sentence.lemmas.append(row[2] if row[2] != "_" or form == "_" else form)
                sentence.upos.append(row[3])
                sentence.xpos.append(row[4])
                sentence.heads.append(int(row[6]))
                sentence.deps.append(row[7])
                raw.append(row[9])
            elif sentence.forms:
                if entities:
                    sentence.spans = plain_spans(raw) if own else named_spans(sentence, brackets(raw))
                sentences.append(sentence)
                sentence, raw = Sentence(), []
    return sentences


def plain_spans(misc):
    """`Name=` BIO tags as [(first, last, label)]."""
    spans = []
    for i, text in enumerate(misc):
        if text.startswith("Name=B-"):
            spans.append((i, i, text[7:]))
        elif text.startswith("Name=I-"):
            spans[-1] = (spans[-1][0], i, text[7:])
    return spans


BRACKET = re.compile(r"\(([^-()]+)-([a-z]+)-[^()]*(\))?|([^-()]+)\)")


def brackets(misc):
    """GUM's `Entity=` brackets inside one sentence: [(first, last, kind)]."""
    spans, stack = [], {}
    for i, text in enumerate(misc):
        for item in text.split("|"):
            if not item.startswith("Entity="):
                continue
            for match in BRACKET.finditer(item[7:]):
                opened, kind, closed, closing = match.groups()
                if opened:
                    if closed:
                        spans.append((i, i, kind))
                    else:
                        stack.setdefault(opened, []).append((i, kind))
                elif stack.get(closing):
                    first, kind = stack[closing].pop()
                    spans.append((first, i, kind))
    return spans


def named_spans(sentence, spans):
    """Those spans that are proper names, cut down to the name, outermost first and not overlapping."""
    names = set()
    for first, last, kind in spans:
        if kind not in KINDS:
            continue
        heads = [i for i in range(first, last + 1) if not first <= sentence.heads[i] - 1 <= last]
        if len(heads) != 1 or sentence.upos[heads[0]] != "PROPN":
            continue
        if kind == "person" and sentence.xpos[heads[0]] == "NNPS":
            continue  # peoples ("Americans") are no persons
        name = name_around(sentence, first, last, heads[0], KINDS[kind])
        if name:
            names.add((*name, KINDS[kind]))
    taken, chosen = set(), []
    for first, last, label in sorted(names, key=lambda s: (s[0] - s[1], s[0], s[2])):
        if taken.isdisjoint(range(first, last + 1)):
            taken.update(range(first, last + 1))
            chosen.append((first, last, label))
    return sorted(chosen)


def name_around(sentence, first, last, head, label):
    """The contiguous run of name words that hangs on `head` inside first..=last."""
    inside = {head}
    grown = True
    while grown:
        grown = False
        for i in range(first, last + 1):
            if i in inside or sentence.heads[i] - 1 not in inside:
                continue
            if part_of_name(sentence, i, label):
                inside.add(i)
                grown = True
    left = right = head
    while left - 1 in inside:
        left -= 1
    while right + 1 in inside:
        right += 1
    soft = {"PUNCT", "ADP", "DET", "CCONJ", "PART"}
    while left < head and (sentence.upos[left] in soft or (label == "PERSON" and is_title(sentence.forms[left]))):
        left += 1
    while right > head and sentence.upos[right] in soft:
        right -= 1
    if label == "PERSON" and left == right and is_title(sentence.forms[left]):
        return None
    return (left, right) if sentence.forms[left][:1].isalnum() else None


def is_title(form):
    return form.lower() in TITLES


def part_of_name(sentence, i, label):
    """Whether word i, whose head is in the name, belongs to the name."""
    dep, upos, form = sentence.deps[i], sentence.upos[i], sentence.forms[i]
    capital = form[:1].isupper() or form[:1].isdigit()
    if dep in ("flat", "goeswith"):
        return True
    if label == "PERSON":
        return dep == "punct" and form in ("-", "'", ".")
    if dep in ("amod", "nummod", "nmod:desc", "compound") and capital:
        return True
    if dep in ("nmod", "conj", "nmod:poss") and upos == "PROPN" and capital:
        below = [j for j in range(len(sentence.forms)) if sentence.heads[j] - 1 == i and sentence.deps[j] == "case"]
        if dep == "nmod":
            return any(sentence.forms[j] == "of" for j in below)
        if dep == "conj":
            return label == "ORG" and sentence.deps[sentence.heads[i] - 1] == "nmod"
        return True
    if dep == "punct" and form in ("-", "–", ".", "&"):
        return True
    return dep == "case" or (dep in ("det", "cc") and sentence.deps[sentence.heads[i] - 1] in ("nmod", "conj"))
