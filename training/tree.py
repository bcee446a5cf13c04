"""The best tree with one root: each word's best head, and Chu-Liu/Edmonds where that is no tree."""

import numpy as np


def decode(scores):
    """Heads (0 = root) from arc scores of shape (words, words + 1)."""
    words = len(scores)
    scores = np.array(scores, dtype=np.float64)
    scores[np.arange(words), np.arange(words) + 1] = -np.inf
    heads = scores.argmax(1)
    if (heads == 0).sum() == 1 and is_tree(heads):
        return heads.tolist()
    square = np.full((words + 1, words + 1), -np.inf)
    square[1:, :] = scores
    square[1:, 0] -= 1e6  # one root only: the second costs more than it can bring
    return chu_liu(square)[1:].tolist()


def is_tree(heads):
    for start in range(len(heads)):
        node, steps = start + 1, 0
        while node:
            node, steps = heads[node - 1], steps + 1
            if steps > len(heads):
                return False
    return True


def chu_liu(scores):
    """Best arborescence from node 0 by scores[dependent, head]."""
    n = len(scores)
    heads = scores.argmax(1)
    heads[0] = -1
    cycle = find_cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(n, bool)
    inside[cycle] = True
    outside = [i for i in range(n) if not inside[i]]
    base = {c: scores[c, heads[c]] for c in cycle}
    m = len(outside)
    small = np.full((m + 1, m + 1), -np.inf)
    enter, leave = {}, {}
    for a, i in enumerate(outside):
        for b, j in enumerate(outside):
            small[a, b] = scores[i, j]
        best = max(cycle, key=lambda c: scores[i, c])
        small[a, m], leave[a] = scores[i, best], best
        best = max(cycle, key=lambda c: scores[c, i] - base[c])
        small[m, a], enter[a] = scores[best, i] - base[best], best
    small[0, :] = -np.inf
    np.fill_diagonal(small, -np.inf)
    inner = chu_liu(small)
    for a, i in enumerate(outside):
        if i:
            heads[i] = leave[a] if inner[a] == m else outside[inner[a]]
    a = inner[m]
    heads[enter[a]] = outside[a]
    return heads


def find_cycle(heads):
    state = [0] * len(heads)
    for start in range(len(heads)):
        path, node = [], start
        while node >= 0 and state[node] == 0:
            state[node] = 1
            path.append(node)
            node = heads[node]
        if node >= 0 and state[node] == 1:
            return path[path.index(node):]
        for seen in path:
            state[seen] = 2
    return None
