"""The network: encoder, token heads and linker, in PyTorch. The encoder is BERT's, plainly written.

Written for training on CPUs with bfloat16: attention by two matrix products is twice as fast there as the fused
kernel's backward pass, and dropout draws one mask a sequence, as a random number an element costs an eighth of a step.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.extract.labels import KINDS, LAYERS, LINKS, ORGANISATION_KINDS, RELATIONS, SHARES, STATUSES, TYPES
from pipeline.extract.pairs import PAIR_NUMBERS

WIDTH = 384
HEADS = 12
DEPTH = 12
INNER = 1536
POSITIONS = 512
EPSILON = 1e-12
SPAN = 256
PAIR = 160
RELATION = 64
MIXER_HEADS = 4
POINT = 64
REACH = 60  # words: as far as the distance of trigger and word is told apart


def drop(x: Tensor, rate: float, *, training: bool) -> Tensor:
    """Dropout with one mask for all positions of a sequence."""
    if not training or not rate:
        return x
    kept = torch.rand(x.shape[0], 1, x.shape[-1], device=x.device) >= rate
    return x * (kept.to(x.dtype) / (1 - rate))


class Block(nn.Module):
    """One layer of the encoder."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.output_norm = nn.LayerNorm(WIDTH, eps=EPSILON)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`mask` is added to the scores: 0 for pieces, a large negative number for padding."""
        count, length = x.shape[0], x.shape[1]
        query, key, value = self.qkv(x).reshape(count, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        if self.training:
            scores = (query * (WIDTH // HEADS) ** -0.5) @ key.transpose(-1, -2) + mask
            mixed = torch.softmax(scores, -1, dtype=scores.dtype) @ value
        else:
            mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(count, length, WIDTH)
        x = self.attention_norm(x + drop(self.out(mixed), self.rate, training=self.training))
        inner = functional.gelu(self.up(x))
        return self.output_norm(x + drop(self.down(inner), self.rate, training=self.training))


class Encoder(nn.Module):
    """multilingual-e5-small; word vectors stay as they came (4 bits a weight), all else learns."""

    def __init__(self, vocabulary: int, rate: float = 0.1) -> None:
        super().__init__()
        self.rate = rate
        self.word = nn.Embedding(vocabulary, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.blocks = nn.ModuleList(Block(rate) for _ in range(DEPTH))
        self.word.weight.requires_grad_(requires_grad=False)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """`ids` [windows, pieces], `mask` true for pieces; returns [windows, pieces, WIDTH]."""
        return self.contextualise(self.word(ids), mask)

    def contextualise(self, vectors: Tensor, mask: Tensor) -> Tensor:
        """Return the last layer's vectors, given those of the pieces."""
        length = vectors.shape[1]
        x = self.norm(vectors + self.position.weight[:length])
        x = drop(x, self.rate, training=self.training)
        dtype = torch.bfloat16 if torch.is_autocast_enabled("cpu") and x.device.type == "cpu" else x.dtype
        added = (~mask).to(dtype)[:, None, None, :] * -10000.0
        for block in self.blocks:
            x = block(x, added)
        return x


class TokenHeads(nn.Module):
    """One BIO layer each for entities, roles, parties and triggers, over word vectors."""

    def __init__(self, rate: float = 0.2) -> None:
        super().__init__()
        self.rate = rate
        self.heads = nn.ModuleDict({layer: nn.Linear(WIDTH, len(tags)) for layer, tags in LAYERS.items()})

    def forward(self, words: Tensor) -> dict[str, Tensor]:
        """`words` [words, WIDTH]; returns logits [words, tags] by layer."""
        words = functional.dropout(words, self.rate, self.training)
        return {layer: head(words) for layer, head in self.heads.items()}


class PairBias(nn.Linear):
    """What the outside of a pair says: a learned vector for each of its numbers, as a product with their one-hot rows.

    Looking the vectors up would cost more: the backward pass of an embedding runs on one core.
    """

    def __init__(self, width: int) -> None:
        super().__init__(PAIR_NUMBERS, width, bias=False)
        nn.init.normal_(self.weight, std=0.02)


class PairHead(nn.Module):
    """Scores every pair of two lists of span vectors: both, their product, and the outside of the pair."""

    def __init__(self, outputs: int, rate: float) -> None:
        super().__init__()
        self.rate = rate
        self.left, self.right = nn.Linear(SPAN, PAIR), nn.Linear(SPAN, PAIR)
        self.left_product, self.right_product = nn.Linear(SPAN, PAIR), nn.Linear(SPAN, PAIR)
        self.product = nn.Linear(PAIR, PAIR, bias=False)
        self.bias = PairBias(PAIR)
        self.hidden = nn.Linear(PAIR, PAIR)
        self.output = nn.Linear(PAIR, outputs)
        nn.init.constant_(self.output.bias, -3.0)

    def forward(self, left: Tensor, right: Tensor, features: Tensor) -> Tensor:
        """`left` [n, SPAN], `right` [m, SPAN]; returns logits [n, m, outputs]."""
        product = self.left_product(left)[:, None] * self.right_product(right)[None]
        hidden = self.left(left)[:, None] + self.right(right)[None] + self.product(product) + self.bias(features)
        hidden = functional.gelu(self.hidden(functional.gelu(hidden)))
        return self.output(functional.dropout(hidden, self.rate, self.training))


class RelationHead(nn.Module):
    """Scores every ordered pair of candidates for each relation: a product of two short vectors, and biases."""

    def __init__(self) -> None:
        super().__init__()
        self.left, self.right = nn.Linear(SPAN, len(RELATIONS) * RELATION), nn.Linear(SPAN, len(RELATIONS) * RELATION)
        self.left_bias, self.right_bias = nn.Linear(SPAN, len(RELATIONS)), nn.Linear(SPAN, len(RELATIONS))
        self.bias = PairBias(len(RELATIONS))
        nn.init.constant_(self.left_bias.bias, -3.0)

    def forward(self, candidates: Tensor, features: Tensor) -> Tensor:
        """`candidates` [n, SPAN]; returns logits [n, n, relations], row: from, column: to."""
        left = self.left(candidates).reshape(-1, len(RELATIONS), RELATION).transpose(0, 1)
        right = self.right(candidates).reshape(-1, len(RELATIONS), RELATION).transpose(0, 1)
        scores = (left @ right.transpose(1, 2)).permute(1, 2, 0) * RELATION**-0.5
        biases = self.left_bias(candidates)[:, None] + self.right_bias(candidates)[None]
        return scores + biases + self.bias(features)


class Mixer(nn.Module):
    """One layer of attention among an article's triggers and candidates: what one of them is depends on the others.

    That a client is a public body makes its order a tender, that a seller is named makes another the buyer. It begins
    as the identity, so that a linker trained without it can go on with it.
    """

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate
        self.before, self.between = nn.LayerNorm(SPAN), nn.LayerNorm(SPAN)
        self.qkv, self.out = nn.Linear(SPAN, 3 * SPAN), nn.Linear(SPAN, SPAN)
        self.up, self.down = nn.Linear(SPAN, 2 * SPAN), nn.Linear(2 * SPAN, SPAN)
        self.deal, self.link, self.back, self.relation = (PairBias(MIXER_HEADS) for _ in range(4))
        for layer in (self.out, self.down):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(
        self, trigger: Tensor, candidate: Tensor, link: Tensor, deal: Tensor, relation: Tensor
    ) -> tuple[Tensor, Tensor]:
        """`trigger` [t, SPAN], `candidate` [c, SPAN], pair features as the linker's; returns the two lists anew."""
        x = torch.cat([trigger, candidate])
        above = torch.cat([self.deal(deal), self.link(link)], 1)
        below = torch.cat([self.back(link.transpose(0, 1)), self.relation(relation)], 1)
        width = SPAN // MIXER_HEADS
        query, key, value = self.qkv(self.before(x)).reshape(-1, 3, MIXER_HEADS, width).permute(1, 2, 0, 3)
        scores = query @ key.transpose(1, 2) * width**-0.5 + torch.cat([above, below]).permute(2, 0, 1)
        mixed = (torch.softmax(scores, -1) @ value).transpose(0, 1).reshape(-1, SPAN)
        x = x + functional.dropout(self.out(mixed), self.rate, self.training)
        inner = functional.gelu(self.up(self.between(x)))
        x = x + functional.dropout(self.down(inner), self.rate, self.training)
        return x[: len(trigger)], x[len(trigger) :]


class SubjectHead(nn.Module):
    """Points from a trigger to the first and the last word of what its deal is about; no subject at all scores 0."""

    def __init__(self) -> None:
        super().__init__()
        self.left, self.right = nn.Linear(SPAN, 2 * POINT), nn.Linear(WIDTH, 2 * POINT)
        self.bias = nn.Linear(SPAN, 2)
        self.near = nn.Embedding(2 * REACH + 1, 2)
        nn.init.normal_(self.near.weight, std=0.02)

    def forward(self, trigger: Tensor, words: Tensor, starts: Tensor) -> Tensor:
        """`trigger` [t, SPAN] whose first words are `starts`, `words` [w, WIDTH]; returns [t, w, 2]."""
        left = self.left(trigger).reshape(-1, 2, POINT).transpose(0, 1)
        right = self.right(words).reshape(-1, 2, POINT).permute(1, 2, 0)
        scores = (left @ right).permute(1, 2, 0) * POINT**-0.5
        away = (torch.arange(len(words), device=words.device)[None] - starts[:, None]).clamp(-REACH, REACH) + REACH
        return scores + self.bias(trigger)[:, None] + self.near(away)


class Linker(nn.Module):
    """From word vectors and spans to types, statuses, links and relations; the encoder is not asked again."""

    def __init__(self, rate: float = 0.2) -> None:
        super().__init__()
        self.rate = rate
        self.trigger_span = nn.Sequential(nn.Linear(3 * WIDTH, SPAN), nn.GELU(), nn.LayerNorm(SPAN))
        self.candidate_span = nn.Sequential(nn.Linear(3 * WIDTH, SPAN), nn.GELU(), nn.LayerNorm(SPAN))
        self.kind = nn.Embedding(len(KINDS), SPAN)
        nn.init.normal_(self.kind.weight, std=0.1)
        self.mixer = Mixer(rate)
        self.deal_type = nn.Linear(SPAN, len(TYPES) + 1)  # the last is no deal at all
        self.status = nn.Linear(SPAN, len(STATUSES))
        self.denied = nn.Linear(SPAN, 1)
        self.share = nn.Linear(SPAN, len(SHARES))
        self.organisation = nn.Linear(SPAN, len(ORGANISATION_KINDS))
        self.parts = nn.Linear(SPAN, len(LINKS))  # what a candidate is in any deal
        self.needs = nn.Linear(SPAN, len(LINKS))  # what a trigger's deal has at all
        nn.init.constant_(self.parts.bias, -2.0)
        self.links = PairHead(len(LINKS), rate)
        self.deals = PairHead(1, rate)
        self.relations = RelationHead()
        self.subject = SubjectHead()

    def forward(
        self,
        words: Tensor,
        triggers: Tensor,
        candidates: Tensor,
        kinds: Tensor,
        link: Tensor,
        deal: Tensor,
        relation: Tensor,
    ) -> tuple[Tensor, ...]:
        """Return logits as in `OUTPUTS`; inputs are as in `INPUTS`: words [w, WIDTH], spans [n, 2] end exclusive."""
        sums = functional.pad(words.cumsum(0), (0, 0, 1, 0))
        trigger = self.trigger_span(self._pool(words, sums, triggers))
        candidate = self.candidate_span(self._pool(words, sums, candidates)) + self.kind(kinds)
        trigger, candidate = self.mixer(trigger, candidate, link, deal, relation)
        candidate = functional.dropout(candidate, self.rate, self.training)
        trigger = functional.dropout(trigger, self.rate, self.training)
        deals = self.deals(trigger, trigger, deal).squeeze(-1)
        parts, needs = self.parts(candidate), self.needs(trigger)
        return (
            self.deal_type(trigger),
            self.status(trigger),
            self.denied(trigger).squeeze(-1),
            self.links(trigger, candidate, link) + parts[None] + needs[:, None],
            (deals + deals.transpose(0, 1)) / 2,
            self.relations(candidate, relation),
            self.share(candidate),
            self.organisation(candidate),
            self.subject(trigger, functional.dropout(words, self.rate, self.training), triggers[:, 0]),
            parts,
            needs,
        )

    @staticmethod
    def _pool(words: Tensor, sums: Tensor, spans: Tensor) -> Tensor:
        start, end = spans[:, 0], spans[:, 1]
        mean = (sums[end] - sums[start]) / (end - start)[:, None].to(words.dtype)
        return torch.cat([words[start], words[end - 1], mean], dim=-1)


INPUTS = ("words", "triggers", "candidates", "kinds", "link_features", "deal_features", "relation_features")
OUTPUTS = ("type", "status", "denied", "links", "deals", "relations", "share", "organisation", "subject")
HINTS = ("parts", "needs")  # what links are made of; asked for in training only
