"""What each head is fitted to: CRF over roles, cross entropy over labels, pointers over links. Needs the extra `train`.

The CRF after Lafferty et al. 2001; antecedents as in Lee et al. 2017, the probability of all of a mention's
antecedents together. Imports `builder.extract.labels`, `network`, `batches`.
"""

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from builder.extract.labels import CLAIM_KINDS, LINK, LINKS, MENTION, MENTIONS, distance_bucket
from builder.training.batches import Window, pad, pad_labels
from builder.training.gold import UNKNOWN
from builder.training.network import ILLEGAL, Encoder, Outputs


def batch_losses(model: Encoder, windows: list[Window]) -> dict[str, Tensor]:
    """The loss of every head on a batch, each a mean over what the batch has to teach it; 0 where that is nothing."""
    ids, shapes, layouts = (pad([window.inputs[part] for window in windows]) for part in range(3))
    live = ids.ne(0)
    mask = None if bool(live.all()) else torch.where(live, 0.0, ILLEGAL)[:, None, None, :]
    with torch.autocast("cpu", torch.bfloat16):
        outputs = model(ids, shapes, layouts, mask)
    first = pad([window.first for window in windows])
    spoken = torch.arange(first.shape[1])[None, :] < torch.tensor([len(window.first) for window in windows])[:, None]
    none = outputs.links.float()[:, :1].unflatten(2, (len(LINKS), LINK))
    outputs = Outputs(*(values.float().gather(1, _at(first, values)) for values in outputs))
    vectors = outputs.links.unflatten(2, (len(LINKS), LINK))
    return {
        "roles": _role_loss(model, outputs.roles, windows),
        "sources": _link_loss(model, vectors, none, spoken, windows, "cue_to_source"),
        "cues": _link_loss(model, vectors, none, spoken, windows, "content_to_cue"),
        "names": _label_loss(outputs.names, pad_labels([window.names for window in windows])),
        "sentences": _sentence_loss(outputs.sentences.squeeze(2), pad_labels([w.sentences for w in windows])),
        "mentions": _antecedent_loss(model, outputs.mentions.unflatten(2, (len(MENTIONS), MENTION)), windows),
        "kinds": _kind_loss(outputs.kinds, windows),
        "worth": _worth_loss(outputs.worth.squeeze(2), windows),
    }


def _at(first: Tensor, values: Tensor) -> Tensor:
    return first[..., None].expand(-1, -1, values.shape[2])


def _role_loss(model: Encoder, roles: Tensor, windows: list[Window]) -> Tensor:
    marked = [number for number, window in enumerate(windows) if window.roles[0] != UNKNOWN]
    if not marked:
        return roles.sum() * 0.0
    lengths = torch.tensor([len(windows[number].first) for number in marked])
    tags = pad([windows[number].roles for number in marked])
    return crf_loss(roles[marked, : tags.shape[1]], tags, lengths, model.legal_scores(whole=False))


def crf_loss(emissions: Tensor, tags: Tensor, lengths: Tensor, scores: Tensor) -> Tensor:
    """Negative log-likelihood of `tags` per word.

    emissions: float32[batch, words, tags]; tags: int64[batch, words]; lengths: int64[batch]; scores: as legal_scores.
    """
    words = emissions.shape[1]
    inner, begin = scores[:-1], scores[-1]
    live = torch.arange(words)[None, :] < lengths[:, None]
    picked = emissions.gather(2, tags[..., None]).squeeze(2)
    steps = inner[tags[:, :-1], tags[:, 1:]]
    gold = (picked * live).sum() + (steps * live[:, 1:]).sum() + begin[tags[:, 0]].sum()
    alpha = begin + emissions[:, 0]
    for at in range(1, words):
        following = torch.logsumexp(alpha[:, :, None] + inner, dim=1) + emissions[:, at]
        alpha = torch.where(live[:, at, None], following, alpha)
    return (torch.logsumexp(alpha, dim=1).sum() - gold) / live.sum()


def _link_loss(
    model: Encoder, vectors: Tensor, none: Tensor, spoken: Tensor, windows: list[Window], field: str
) -> Tensor:
    """Pointers of one kind. vectors: float32[windows, words, 5, 128]; none: the same at [CLS], one word."""
    rows = [(number, *link) for number, window in enumerate(windows) for link in getattr(window, field)]
    if not rows:
        return vectors.sum() * 0.0
    window, first, last, targets = torch.tensor(rows).unbind(1)
    keys = torch.cat([vectors, none], dim=1)

    def points(query: str, key: str, at: Tensor) -> Tensor:
        """Every word at every word, then the rows asked for: gathering keys a row costs five times the whole step."""
        each = vectors[:, :, LINKS.index(query)] @ keys[:, :, LINKS.index(key)].transpose(1, 2)
        return each[window, at]

    if field == "cue_to_source":
        scores, near = points("cue_to_source", "source", first), model.near_source
    else:
        scores = points("content_first", "cue", first) + points("content_last", "cue", last)
        near = model.near_cue
    words = torch.arange(vectors.shape[1])[None, :]
    distance = torch.where(words > last[:, None], words - last[:, None], (words - first[:, None]).clamp(max=0))
    buckets = torch.from_numpy(distance_bucket(distance.numpy()))
    return pointer_loss(scores, near[buckets], spoken[window], targets)


def pointer_loss(scores: Tensor, near: Tensor, live: Tensor, targets: Tensor) -> Tensor:
    """Cross entropy of the pointed-at word, the last column for none.

    scores: float32[n, words + 1], dot products; near: float32[n, words], a bias by distance; live: bool[n, words];
    targets: int64[n], -1 for none.
    """
    scores = scores / LINK**0.5
    words = (scores[:, :-1] + near).masked_fill(~live, ILLEGAL)
    scores = torch.cat([words, scores[:, -1:]], dim=1)
    return cross_entropy(scores, torch.where(targets < 0, scores.shape[1] - 1, targets))


def _label_loss(scores: Tensor, labels: Tensor) -> Tensor:
    if not bool(labels.ne(UNKNOWN).any()):
        return scores.sum() * 0.0
    return cross_entropy(scores.flatten(0, 1), labels.flatten(), ignore_index=UNKNOWN)


def _sentence_loss(scores: Tensor, labels: Tensor) -> Tensor:
    known = labels.ne(UNKNOWN)
    if not bool(known.any()):
        return scores.sum() * 0.0
    return binary_cross_entropy_with_logits(scores[known], labels[known].float())


def _antecedent_loss(model: Encoder, vectors: Tensor, windows: list[Window]) -> Tensor:
    """vectors: float32[windows, words, 4, 64]; a mention without an antecedent in its window points at nothing."""
    losses = []
    for number, window in enumerate(windows):
        if len(window.mentions) < 2:
            continue
        scores = mention_scores(model, vectors[number], [(first, last) for first, last, _ in window.mentions])
        entities = [entity for _, _, entity in window.mentions]
        same = torch.tensor([[a == b for b in entities] for a in entities]).tril(-1)
        none = ~same.any(dim=1, keepdim=True)
        right = torch.cat([same, none], dim=1)
        losses.append(torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~right, ILLEGAL), 1))
    return torch.cat(losses).mean() if losses else vectors.sum() * 0.0


def mention_scores(model: Encoder, vectors: Tensor, mentions: list[tuple[int, int]]) -> Tensor:
    """How well each mention's antecedent is each one before it, the last column for none (0): float32[n, n + 1]."""
    first, last = torch.tensor(mentions).unbind(1)
    query = vectors[first, MENTIONS.index("mention_first")] + vectors[last, MENTIONS.index("mention_last")]
    key = vectors[first, MENTIONS.index("antecedent_first")] + vectors[last, MENTIONS.index("antecedent_last")]
    buckets = torch.from_numpy(distance_bucket((first[None, :] - first[:, None]).numpy()))
    scores = query @ key.T / MENTION**0.5 + model.near_mention[buckets]
    before = torch.ones(len(mentions), len(mentions), dtype=torch.bool).tril(-1)
    return torch.cat([scores.masked_fill(~before, ILLEGAL), scores.new_zeros(len(mentions), 1)], dim=1)


def _kind_loss(scores: Tensor, windows: list[Window]) -> Tensor:
    """Claim kinds: the mean of the cue's words in the first columns and of the content's in the others."""
    rows, kinds = [], []
    for number, window in enumerate(windows):
        for label in window.kinds:
            cue = scores[number, label.cue[0] : label.cue[1] + 1, : len(CLAIM_KINDS)].mean(dim=0)
            words = torch.cat([torch.arange(first, last + 1) for first, last in label.content])
            rows.append(cue + scores[number, words, len(CLAIM_KINDS) :].mean(dim=0))
            kinds.append(label.kind)
    return cross_entropy(torch.stack(rows), torch.tensor(kinds)) if rows else scores.sum() * 0.0


def _worth_loss(scores: Tensor, windows: list[Window]) -> Tensor:
    rows, values = [], []
    for number, window in enumerate(windows):
        for first, last, value in window.worth:
            rows.append(scores[number, first : last + 1].mean())
            values.append(float(value))
    return binary_cross_entropy_with_logits(torch.stack(rows), torch.tensor(values)) if rows else scores.sum() * 0.0
