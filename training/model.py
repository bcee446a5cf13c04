"""The joint network: a shallow pretrained encoder and heads for tags, lemmas, names and the tree."""

import torch
import torch.nn.functional as F
from torch import nn

WIDTH, HEADS, INNER, ARC, REL = 384, 12, 1536, 192, 96


class Layer(nn.Module):
    """One encoder layer (Vaswani et al. 2017), normalised after each half as in BERT."""

    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x, mask, drop):
        rows, length, _ = x.shape
        q, k, v = self.qkv(x).view(rows, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=drop if self.training else 0.0)
        mixed = self.out(mixed.transpose(1, 2).reshape(rows, length, WIDTH))
        x = self.norm1(x + F.dropout(mixed, drop, self.training))
        inner = self.down(F.gelu(self.up(x), approximate="tanh"))
        return self.norm2(x + F.dropout(inner, drop, self.training))


class Network(nn.Module):
    """Word pieces in; scores of tags, lemma scripts, names, heads and relations out.

    The tree scores are the deep biaffine ones of Dozat & Manning (2017); [CLS] stands for the root.
    """

    def __init__(self, vocab, layers, shapes, sizes, relations):
        super().__init__()
        self.pieces = nn.Embedding(vocab, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.shapes = nn.Embedding(shapes, WIDTH)
        nn.init.normal_(self.shapes.weight, std=0.002)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.sizes = sizes
        self.tags = nn.Linear(WIDTH, sum(sizes))
        self.split = nn.Linear(WIDTH, 2 * ARC + 2 * REL)
        self.arc = nn.Linear(ARC, ARC)
        self.rel = nn.Linear(REL + 1, relations * (REL + 1), bias=False)
        nn.init.normal_(self.rel.weight, std=0.02)
        self.relations = relations

    def forward(self, batch, drop=0.1, head_drop=0.3):
        """Tag scores (one tensor per kind), arc scores (rows, words, words + 1) and the relation scorer."""
        ids, firsts = batch["ids"], batch["firsts"]
        length = ids.shape[1]
        x = self.pieces(ids) + self.places(torch.arange(length)) + self.shapes(batch["shapes"])
        x = F.dropout(self.norm(x), drop, self.training)
        keep = torch.arange(length)[None, :] < batch["pieces"][:, None]
        for layer in self.layers:
            x = layer(x, keep[:, None, None, :], drop)
        root = torch.cat([torch.zeros_like(firsts[:, :1]), firsts], 1)
        words = torch.gather(x, 1, root[:, :, None].expand(-1, -1, WIDTH))
        words = F.dropout(words, drop, self.training)
        tags = self.tags(words[:, 1:]).float().split(self.sizes, -1)
        parts = F.dropout(F.leaky_relu(self.split(words), 0.1), head_drop, self.training)
        arc_dep, arc_head, rel_dep, rel_head = parts.split([ARC, ARC, REL, REL], -1)
        arcs = torch.matmul(self.arc(arc_dep[:, 1:]), arc_head.transpose(1, 2)).float()
        arcs = arcs / ARC**0.5
        real = torch.arange(firsts.shape[1] + 1)[None, :] <= batch["words"][:, None]
        arcs = arcs.masked_fill(~real[:, None, :], -1e4)
        return tags, arcs, (rel_dep[:, 1:], rel_head)

    def relation_scores(self, parts, heads):
        """Relation scores (rows, words, relations) of every word for its given head."""
        dep, head = parts
        head = torch.gather(head, 1, heads.clamp(min=0)[:, :, None].expand(-1, -1, REL))
        dep = torch.cat([dep, torch.ones_like(dep[..., :1])], -1)
        head = torch.cat([head, torch.ones_like(head[..., :1])], -1)
        mixed = self.rel(dep).view(*dep.shape[:2], self.relations, REL + 1)
        return (torch.einsum("bwrk,bwk->bwr", mixed, head)).float()

    def loss(self, batch, teacher=None):
        """Cross-entropy to the gold labels, and where there is a teacher as much again to its scores (Hinton et al. 2015)."""
        tags, arcs, parts = self(batch)
        relations = self.relation_scores(parts, batch["heads"])
        total = cross(arcs, batch["heads"]) + cross(relations, batch["deps"])
        kinds = list(zip(tags, ("upos", "xpos", "lemmas", "ents"), (0.5, 0.5, 0.5, 1.0)))
        for scores, name, weight in kinds:
            gold = batch[name]
            if (gold >= 0).any():
                total = total + weight * cross(scores, gold)
        if teacher is None:
            return total
        with torch.no_grad():
            wanted, wanted_arcs, parts = teacher(batch)
            wanted_relations = teacher.relation_scores(parts, batch["heads"])
        real = torch.arange(arcs.shape[1])[None, :] < batch["words"][:, None]
        total = total + apart(arcs, wanted_arcs, real) + apart(relations, wanted_relations, real)
        return total + sum(weight * apart(scores, w, real) for (scores, _, weight), w in zip(kinds, wanted))


def cross(scores, gold):
    return F.cross_entropy(scores.reshape(-1, scores.shape[-1]), gold.reshape(-1), ignore_index=-100)


def apart(scores, wanted, real):
    """How far the scores' distribution is from a teacher's (Kullback & Leibler 1951), over real words."""
    scores, wanted = scores[real].log_softmax(-1), wanted[real].log_softmax(-1)
    return F.kl_div(scores, wanted, log_target=True, reduction="batchmean")


def take_pretrained(network, tensors):
    """Copies the first layers of a BERT-like encoder (a dict of its tensors) into the network."""
    get = lambda name: tensors[name].float()
    network.pieces.weight.data.copy_(get("embeddings.word_embeddings.weight"))
    places = get("embeddings.position_embeddings.weight") + get("embeddings.token_type_embeddings.weight")[0]
    network.places.weight.data.copy_(places)
    copy(network.norm, get, "embeddings.LayerNorm")
    for i, layer in enumerate(network.layers):
        at = f"encoder.layer.{i}."
        for part in ("weight", "bias"):
            qkv = [get(f"{at}attention.self.{name}.{part}") for name in ("query", "key", "value")]
            getattr(layer.qkv, part).data.copy_(torch.cat(qkv))
        copy(layer.out, get, at + "attention.output.dense")
        copy(layer.norm1, get, at + "attention.output.LayerNorm")
        copy(layer.up, get, at + "intermediate.dense")
        copy(layer.down, get, at + "output.dense")
        copy(layer.norm2, get, at + "output.LayerNorm")


def copy(module, get, name):
    module.weight.data.copy_(get(name + ".weight"))
    module.bias.data.copy_(get(name + ".bias"))
