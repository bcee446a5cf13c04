"""The lemma lexicon: inflected forms seen in training and the irregular verbs; it checks and overrides scripts."""

from collections import Counter, defaultdict
from pathlib import Path

INFLECTED = ("VBD", "VBN", "VBG", "VBZ", "NNS", "JJR", "JJS", "RBR", "RBS")
BASE = ("VB", "NN", "JJ")


class Lexicon:
    """Rows of form, Penn tag and lemma; a row with an empty tag only says that the form is a word."""

    def __init__(self, rows, words):
        self.lemmas = {(form, tag): lemma for form, tag, lemma in rows if tag}
        self.words = {row[0] for row in rows} | words

    @classmethod
    def read(cls, sentences, pieces):
        """From treebank sentences and the vocabulary of word pieces."""
        counts, words = defaultdict(Counter), set()
        for s in sentences:
            for form, tag, upos, lemma in zip(s.forms, s.xpos, s.upos, s.lemmas):
                if upos in ("PROPN", "AUX", "X") or "'" in form or "’" in form or not form.isalpha():
                    continue
                if tag in INFLECTED and lemma.isalpha() and lemma.islower():
                    counts[form.lower(), tag][lemma] += 1
                elif tag in BASE and form.lower() == lemma:
                    words.add(lemma)
        rows = {key: lemmas.most_common(1)[0][0] for key, lemmas in counts.items()}
        for line in Path(__file__).with_name("irregular.txt").read_text().splitlines():
            base, past, participle = line.split()
            rows.setdefault((past, "VBD"), base)
            rows.setdefault((participle, "VBN"), base)
            words.add(base)
        whole = {piece for piece in pieces if not piece.startswith(("##", "["))}
        words |= set(rows.values())
        return cls([(*key, lemma) for key, lemma in rows.items()], words | whole)

    def text(self, pieces):
        """The rows for the weights file, sorted by bytes; words among the pieces are left out."""
        rows = ["\t".join((*key, lemma)) for key, lemma in self.lemmas.items()]
        rows += [f"{word}\t\t" for word in self.words if word not in pieces]
        return "\n".join(sorted(rows, key=str.encode)).encode()

    def choose(self, form, tag, upos, candidates):
        """The lemma: that of the lexicon, else the first candidate that is a word, else the first one.
        `candidates` are the lemmas of the best scripts, best first."""
        if tag not in INFLECTED or upos in ("PROPN", "AUX", "X"):
            return candidates[0]
        form = form.lower()
        if (form, tag) in self.lemmas:
            return self.lemmas[form, tag]
        for rank, lemma in enumerate(candidates):
            same = lemma == form
            if lemma in self.words and not (same and (rank or tag[0] == "V")):
                return lemma
        return candidates[0]
