"""Changes training sentences so that the network survives news prose: names of the whole world, captions without
a full stop, headlines, capitals, dashes. Seeded."""

import csv
import gzip
import re

COMPOUND = {"North", "South", "East", "West", "Marshall", "Solomon", "Cook", "Faroe"}
ADJECTIVES = {"United", "Saudi", "New", "Equatorial", "Northern", "Western"}
FLAT = {
    "Sri", "Burkina", "Sierra", "Costa", "El", "Cabo", "Cape", "San", "Hong", "Kuala", "Addis", "Phnom", "Abu",
    "Buenos", "Port", "Santo", "Tel", "Los", "La", "Puerto", "Côte", "Timor", "Guinea", "Saint", "São", "Viet",
    "Ulan", "Bandar", "Ivory", "Panama",
}
SMALL = {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "by", "with", "as", "from"}
CAPITAL = re.compile(r"^[^\W\d_][\w’'.]*$")


class Augment:
    """Called with a sentence, gives a changed copy; without the name files only the typography changes."""

    def __init__(self, names, places, rng):
        self.rng = rng
        self.people = {}
        if names:
            with opened(names) as rows:
                for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
                    words = row["person"].split()
                    latin = all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c == "’" for c in row["person"])
                    if latin and 2 <= len(words) <= 4 and all(w[0].isalpha() and "(" not in w and "," not in w for w in words):
                        self.people.setdefault(row["country_folder"], set()).add(tuple(words))
        self.people = [sorted(group) for _, group in sorted(self.people.items())]
        self.given = {person[0] for group in self.people for person in group}
        self.places, self.adjectives = [], set()
        if places:
            with opened(places) as rows:
                for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
                    self.add_place(row["kind"], row["name"].split())
        self.known = {place[0] for place in self.places if len(place) == 1}
        self.adjectives = sorted(self.adjectives)
        self.known_adjectives = set(self.adjectives)

    def add_place(self, kind, words):
        if not all(CAPITAL.match(w) and w[0].isupper() for w in words):
            return
        if kind == "adjective" and len(words) == 1:
            self.adjectives.add(words[0])
        if kind in ("name", "capital"):
            easy = len(words) == 1 or (len(words) == 2 and words[0] in COMPOUND | ADJECTIVES | FLAT)
            if easy and words[-1] not in ("States", "Kingdom", "Islands", "Philippines", "Netherlands", "Nations"):
                self.places.append(tuple(words))

    def __call__(self, sentence):
        sentence = sentence.copy()
        sentence.hints = {} if sentence.spans is None else None
        if self.people:
            self.people_of_the_world(sentence)
        if self.places:
            self.places_of_the_world(sentence)
        if sentence.spans is None:
            hint(sentence)
        self.print_differently(sentence)
        return sentence

    def person(self):
        """A name as (forms, deps): that of a person, or put together from two."""
        group = self.rng.choice(self.people)
        words = self.rng.choice(group)
        if self.rng.random() < 0.4:
            words = words[:-1] + self.rng.choice(group)[-1:]
        if self.rng.random() < 0.1:
            words = words[:1] + words[-1:] * 2 if self.rng.random() < 0.3 else words + self.rng.choice(group)[-1:]
        if self.rng.random() < 0.05:
            words = (words[0][0] + ".",) + words[-1:]
        return words

    def people_of_the_world(self, sentence):
        """Swaps names of people for others, the parts flat under the first."""
        for first, last in reversed(people(sentence, self.given)):
            if self.rng.random() < 0.55:
                words = self.person()
                if first == last and self.rng.random() < 0.7:
                    words = words[-1:] if self.rng.random() < 0.8 else words[:1]
                forms, links = [], []
                for word in words:
                    for part in re.split("(-)", word) if "-" in word[1:-1] else [word]:
                        links.append((len(forms) + 1, "punct") if part == "-" else (0, "flat"))
                        forms.append(part)
                replace(sentence, first, last, forms, links, 0, "PERSON")

    def places_of_the_world(self, sentence):
        """Swaps countries, cities and demonyms of one word."""
        spans = set() if sentence.spans is None else {s[0] for s in sentence.spans if s[0] == s[1] and s[2] == "PLACE"}
        for i in reversed(range(len(sentence.forms))):
            form, upos = sentence.forms[i], sentence.upos[i]
            if upos == "ADJ" and form in self.known_adjectives and self.rng.random() < 0.4:
                sentence.forms[i] = sentence.lemmas[i] = self.rng.choice(self.adjectives)
            is_place = upos == "PROPN" and (i in spans or (sentence.spans is None and form in self.known))
            if not is_place or sentence.deps[i] in ("flat", "compound") or self.rng.random() < 0.4:
                continue
            children = [d for h, d in zip(sentence.heads, sentence.deps) if h == i + 1]
            if {"det", "flat", "compound", "amod"} & set(children):
                continue
            words = self.rng.choice(self.places)
            if len(words) == 1 or words[0] in FLAT:
                replace(sentence, i, i, list(words), [(0, "flat")] * len(words), 0, "PLACE")
            else:
                link = (1, "amod" if words[0] in ADJECTIVES else "compound")
                replace(sentence, i, i, list(words), [link, (1, "")], 1, "PLACE")
                if words[0] in ADJECTIVES:
                    sentence.upos[i] = "ADJ"

    def print_differently(self, sentence):
        """Now and then no final stop, a headline, capitals, other dashes."""
        draw = self.rng.random()
        headline = draw < 0.045
        if len(sentence.forms) > 3 and (headline or draw > 0.9) and sentence.forms[-1] == ".":
            cut_last(sentence)
        if draw < 0.015:
            sentence.forms = [form.upper() for form in sentence.forms]
        elif headline:
            sentence.forms = [
                form[:1].upper() + form[1:] if i == 0 or form not in SMALL and "'" not in form[:2] else form
                for i, form in enumerate(sentence.forms)
            ]
        if self.rng.random() < 0.3:
            sentence.forms = ["—" if form == "--" else form for form in sentence.forms]


def opened(path):
    text = gzip.open if str(path).endswith(".gz") else open
    return text(path, "rt", encoding="utf-8", newline="")


def people(sentence, given):
    """The (first, last) of names of people whose parts are flat under the first."""
    if sentence.spans is not None:
        runs = [(a, b) for a, b, label in sentence.spans if label == "PERSON"]
    else:
        runs, i = [], 0
        while i < len(sentence.forms):
            end = i
            while end + 1 < len(sentence.forms) and sentence.heads[end + 1] == i + 1 and sentence.deps[end + 1] == "flat":
                end += 1
            if end > i and sentence.forms[i] in given:
                runs.append((i, end))
            i = end + 1
    good = []
    for first, last in runs:
        parts = range(first, last + 1)
        flat = all(sentence.heads[i] == first + 1 and sentence.deps[i] == "flat" for i in parts[1:])
        words = all(sentence.upos[i] == "PROPN" and CAPITAL.match(sentence.forms[i]) for i in parts)
        if flat and words and sentence.xpos[first] == "NNP":
            good.append((first, last))
    return good


def replace(sentence, first, last, forms, links, top, label):
    """Puts a name of other words in place of first..=last. `links` gives each word's (head, relation) inside the
    name; word `top` takes over the old name's place in the tree."""
    old_head = next(i for i in range(first, last + 1) if not first <= sentence.heads[i] - 1 <= last)
    outer, dep = sentence.heads[old_head], sentence.deps[old_head]
    shift = len(forms) - (last - first + 1)

    def moved(head):
        if head - 1 < first:
            return head
        return first + top + 1 if head - 1 <= last else head + shift

    heads = [moved(head) for head in sentence.heads]
    inner = [moved(outer) if i == top else first + links[i][0] + 1 for i in range(len(forms))]
    sentence.heads = heads[:first] + inner + heads[last + 1:]
    inner = [dep if i == top else links[i][1] for i in range(len(forms))]
    sentence.deps[first:last + 1] = inner
    marks = [form == "-" for form in forms]
    sentence.forms[first:last + 1] = forms
    sentence.lemmas[first:last + 1] = forms
    sentence.upos[first:last + 1] = ["PUNCT" if mark else "PROPN" for mark in marks]
    sentence.xpos[first:last + 1] = ["HYPH" if mark else "NNP" for mark in marks]
    end = first + len(forms) - 1
    if sentence.spans is None:
        moved_hints = {(i if i < first else i + shift): v for i, v in sentence.hints.items() if not first <= i <= last}
        for i in range(first, end + 1):
            moved_hints[i] = ("B-" if i == first else "I-") + label
        sentence.hints = moved_hints
        return
    spans = []
    for a, b, kind in sentence.spans:
        if b < first:
            spans.append((a, b, kind))
        elif a > last:
            spans.append((a + shift, b + shift, kind))
        elif (a, b) == (first, last):
            spans.append((first, end, kind))
        else:
            spans.append((a, b + shift, kind))
    sentence.spans = spans


def hint(sentence):
    """In a treebank without entities: what surely is no name."""
    for i, (form, upos) in enumerate(zip(sentence.forms, sentence.upos)):
        if upos not in ("PROPN", "X", "NUM", "ADP", "DET", "PUNCT", "CCONJ", "SYM") and form.islower():
            sentence.hints.setdefault(i, "O")


def cut_last(sentence):
    """Takes the last word away if nothing hangs on it."""
    last = len(sentence.forms)
    if last in sentence.heads or (sentence.spans and any(b == last - 1 for _, b, _ in sentence.spans)):
        return
    for column in (sentence.forms, sentence.lemmas, sentence.upos, sentence.xpos, sentence.heads, sentence.deps):
        column.pop()
    if sentence.spans is None:
        sentence.hints.pop(last - 1, None)
