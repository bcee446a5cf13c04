"""Turns sentences into tensors: word pieces, shapes, label numbers and lemma scripts."""

import unicodedata
from collections import Counter

import torch

MAX_PIECES = 4  # of one word; the tail of a longer word is dropped
SHAPES = 24  # 12 shapes, each for the first word of a sentence and for the others; row 0 is "no word"
QUOTES = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"', "″": '"', "‘": "'", "’": "'", "‚": "'",
          "‛": "'", "′": "'", "`": "'", "´": "'", "–": "-", "—": "-", "―": "-", "−": "-", "‐": "-", "‑": "-",
          "‒": "-", "…": ".", "\u00a0": " "}


def fold_char(c):
    """One character as the uncased encoder sees it: lower case, no accent, plain quotes; '' deletes it."""
    if c in QUOTES:
        return QUOTES[c]
    text = unicodedata.normalize("NFD", c.lower())
    text = "".join(x for x in text if unicodedata.category(x) not in ("Mn", "Cf", "Cc"))
    return text if len(text) <= 1 else c


def fold_table():
    """Every character of the Basic Multilingual Plane above ASCII that folding changes: [(code, new or 0)]."""
    rows = []
    for code in range(0x80, 0x10000):
        if 0xD800 <= code < 0xE000:
            continue
        new = fold_char(chr(code))
        if new != chr(code):
            rows.append((code, ord(new) if new else 0))
    return rows


FOLD = dict(fold_table())


def fold(word):
    """A word as the encoder sees it; the Rust side does the same with the exported table."""
    out = []
    for c in word:
        code = ord(c)
        if code < 0x80:
            code = QUOTES.get(c, c.lower())
            out.append(code)
        else:
            new = FOLD.get(code, code)
            if new:
                out.append(chr(new))
    return "".join(out)


class Pieces:
    """WordPiece over folded words, greedy longest match first, cut at punctuation (Devlin et al. 2019)."""

    def __init__(self, vocab):
        self.ids = {piece: i for i, piece in enumerate(vocab) if kept(piece)}
        self.unknown = self.ids["[UNK]"]
        self.cls, self.sep = self.ids["[CLS]"], self.ids["[SEP]"]
        self.cache = {}

    def word(self, word):
        if word not in self.cache:
            ids = []
            for chunk in chunks(fold(word)):
                ids.extend(self.chunk(chunk))
                if len(ids) >= MAX_PIECES:
                    break
            self.cache[word] = ids[:MAX_PIECES] or [self.unknown]
        return self.cache[word]

    def chunk(self, text):
        ids, start = [], 0
        while start < len(text) and len(ids) < MAX_PIECES:
            end = len(text)
            while end > start:
                piece = ("##" if start else "") + text[start:end]
                if piece in self.ids:
                    break
                end -= 1
            if end == start:
                return [self.unknown]
            ids.append(self.ids[piece])
            start = end
        return ids


def kept(piece):
    """Whether a piece can occur in English text; the others are left out of the weights file."""
    return piece.isascii() and not piece.startswith("[unused")


def chunks(text):
    """Runs of letters and digits, and every other character alone; spaces only separate."""
    run = ""
    for c in text:
        if c.isalnum():
            run += c
            continue
        if run:
            yield run
            run = ""
        if not c.isspace():
            yield c
    if run:
        yield run


def shape(word, first):
    """The casing class of a word, 1..=23; the encoder itself sees no case."""
    letters = [c for c in word if c.isalpha()]
    digits = any(c.isdecimal() for c in word)
    upper = sum(c.isupper() for c in letters)
    if not letters:
        kind = 1 if digits else 2
    elif digits:
        kind = 3
    elif upper == 0:
        kind = 4 if word[0].isalpha() else 5
    elif upper == len(letters):
        kind = 6 if upper == 1 else (7 if "." in word else 8)
    elif upper == 1 and letters[0].isupper():
        kind = 9 if "-" not in word else 10
    else:
        kind = 11
    return kind + (12 if first else 0)


def lemma_script(form, lemma):
    """The rule that makes `lemma` of `form`: `keep|lower` and `-N+suffix`, or `=lemma` where they share no stem."""
    for case, base in (("keep", form), ("lower", form.lower())):
        if base == lemma:
            return case + ":"
    for case, base in (("lower", form.lower()), ("keep", form)):
        common = 0
        while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
            common += 1
        if common and (common >= 2 or len(base) <= 3) and len(base) - common <= 5:
            return f"{case}:-{len(base) - common}+{lemma[common:]}"
    return "=" + lemma


def apply_script(script, form):
    if script.startswith("="):
        return script[1:]
    case, edit = script.split(":", 1)
    base = form.lower() if case == "lower" else form
    if not edit:
        return base
    cut, suffix = edit[1:].split("+", 1)
    return base[: len(base) - int(cut)] + suffix if int(cut) < len(base) else base


class Labels:
    """The label sets, in the order of their numbers."""

    def __init__(self, sentences):
        self.upos = sorted({t for s in sentences for t in s.upos})
        self.xpos = sorted({t for s in sentences for t in s.xpos})
        self.deps = sorted({t for s in sentences for t in s.deps})
        self.ents = ["O"] + [f"{bi}-{e}" for e in ("PERSON", "ORG", "PLACE", "OTHER") for bi in "BI"]
        counts = Counter(lemma_script(f, l) for s in sentences for f, l in zip(s.forms, s.lemmas))
        kept = [script for script, n in counts.most_common() if n >= 4]
        self.lemmas = ["keep:", "lower:"] + [k for k in kept if k not in ("keep:", "lower:")]
        self.number = {name: {t: i for i, t in enumerate(getattr(self, name))}
                       for name in ("upos", "xpos", "deps", "ents", "lemmas")}

    def sizes(self):
        return [len(self.upos), len(self.xpos), len(self.lemmas), len(self.ents)]


def encode(sentence, labels, pieces):
    """One sentence as lists of numbers, or None if it is too long to train on."""
    ids, shapes, firsts = [pieces.cls], [0], []
    seen = False
    for form in sentence.forms:
        word = pieces.word(form)
        firsts.append(len(ids))
        ids.extend(word)
        starts = not seen and any(c.isalnum() for c in form)
        shapes.extend([shape(form, starts)] + [0] * (len(word) - 1))
        seen = seen or starts
    ids.append(pieces.sep)
    shapes.append(0)
    if len(sentence.forms) > 120 or len(ids) > 300:
        return None
    number = labels.number
    ents = [-100] * len(sentence.forms)
    for i, tag in (sentence.hints or {}).items():
        ents[i] = number["ents"][tag]
    if sentence.spans is not None:
        ents = [0] * len(sentence.forms)
        for first, last, label in sentence.spans:
            for i in range(first, last + 1):
                ents[i] = number["ents"][("B-" if i == first else "I-") + label]
    return {
        "ids": ids, "shapes": shapes, "firsts": firsts, "ents": ents,
        "upos": [number["upos"].get(t, -100) for t in sentence.upos],
        "xpos": [number["xpos"].get(t, -100) for t in sentence.xpos],
        "lemmas": [number["lemmas"].get(lemma_script(f, l), -100) for f, l in zip(sentence.forms, sentence.lemmas)],
        "heads": sentence.heads,
        "deps": [number["deps"].get(t, -100) for t in sentence.deps],
    }


def batches(rows, pieces_each, rng=None):
    """Rows of like length grouped so that a padded batch holds at most `pieces_each` pieces."""
    order = sorted(range(len(rows)), key=lambda i: (len(rows[i]["ids"]), rng.random() if rng else i))
    groups, group = [], []
    for i in order:
        if group and len(rows[i]["ids"]) * (len(group) + 1) > pieces_each:
            groups.append(group)
            group = []
        group.append(i)
    groups.append(group)
    if rng:
        rng.shuffle(groups)
    return groups


def collate(rows):
    """Padded tensors of a batch; labels are padded with -100."""
    def pad(name, value):
        longest = max(len(r[name]) for r in rows)
        return torch.tensor([list(r[name]) + [value] * (longest - len(r[name])) for r in rows])

    batch = {name: pad(name, 0) for name in ("ids", "shapes", "firsts")}
    for name in ("upos", "xpos", "lemmas", "heads", "deps", "ents"):
        batch[name] = pad(name, -100)
    batch["pieces"] = torch.tensor([len(r["ids"]) for r in rows])
    batch["words"] = torch.tensor([len(r["firsts"]) for r in rows])
    return batch
