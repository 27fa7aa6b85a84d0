"""How well actors are told apart inside an article: their names, and which mentions are one actor.

Imports `gold`, `rates`, `words` and `builder.resolve.actor`. Only gold entities of COUNTED kinds that the article names
count, with all their mentions. A found mention meets a gold one that holds it and whose head's last word it covers, or
with which it shares at least half of its words (Jaccard): one to one, closest first. Found mentions of entities that do
not count are left out; those that meet nothing are wrong.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from builder.measure.gold import GoldArticle, GoldMention
from builder.measure.rates import BCubed, Rate
from builder.measure.words import ALIKE, words_in, words_of
from builder.resolve.actor import Mention

COUNTED = frozenset({"person", "organization", "place"})


@dataclass(frozen=True, slots=True)
class ActorRates:
    """`names`: mentions whose head is a proper noun; `b3`: B-cubed over all mentions, a missed one counts 0.

    A name that was found as something else ("the President") is a hit without being a predicted name: the precision
    of `names` may pass 100.
    """

    names: Rate
    b3: BCubed

    def __add__(self, other: "ActorRates") -> "ActorRates":
        return ActorRates(self.names + other.names, self.b3 + other.b3)


def rate_actors(gold: GoldArticle, found: Sequence[Mention]) -> ActorRates:
    """The rates of one article; a found mention without an actor is an entity of its own."""
    counted = {mention.entity for mention in gold.mentions if mention.kind in COUNTED and mention.is_named}
    pairs = pair_mentions(gold, found)
    truth = [mention for mention in gold.mentions if mention.entity in counted]
    met = {j: gold.mentions[i] for i, j in pairs}
    guess = [j for j in range(len(found)) if j not in met or met[j].entity in counted]
    hits = [(gold.mentions[i], j) for i, j in pairs if gold.mentions[i].entity in counted]
    names = Rate(
        hits=sum(mention.is_named for mention, _ in hits),
        predicted=sum(found[j].mention_type == "name" and (j not in met or met[j].is_named) for j in guess),
        gold=sum(mention.is_named for mention in truth),
    )
    both = Counter((mention.entity, _entity(found, j)) for mention, j in hits)
    gold_sizes = Counter(mention.entity for mention in truth)
    found_sizes = Counter(_entity(found, j) for j in guess)
    b3 = BCubed(
        precise=sum(shared**2 / found_sizes[theirs] for (_, theirs), shared in both.items()),
        predicted=len(guess),
        recalled=sum(shared**2 / gold_sizes[ours] for (ours, _), shared in both.items()),
        gold=len(truth),
    )
    return ActorRates(names, b3)


def pair_mentions(gold: GoldArticle, found: Sequence[Mention]) -> list[tuple[int, int]]:
    """(number of a gold mention, number of the found one that meets it), one to one."""
    words = words_of(gold.text)
    found_words = [words_in([(mention.start, mention.end)], words) for mention in found]
    close = []
    for i, mention in enumerate(gold.mentions):
        start, end = mention.spans[0]
        near = [j for j, other in enumerate(found) if start < other.end and other.start < end]
        its_words = words_in([(start, end)], words) if near else frozenset()
        close += [(-_closeness(mention, found[j], its_words, found_words[j]), i, j) for j in near]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for distance, i, j in sorted(close):
        if distance < 0 and i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return sorted(pairs.items())


def add_actor_rates(rates: Iterable[ActorRates]) -> ActorRates:
    """The sums of several articles' rates."""
    return sum(rates, start=ActorRates(Rate(), BCubed()))


def _entity(found: Sequence[Mention], number: int) -> int:
    """The actor of a found mention; below 0, another for each, where it has none."""
    actor = found[number].actor
    return actor if actor is not None else -1 - number


def _closeness(gold: GoldMention, found: Mention, gold_words: frozenset[int], found_words: frozenset[int]) -> float:
    """How much of their words the two share; 0 where they do not meet."""
    start, end = gold.spans[0]
    head_start, head_end = gold.head[-1]
    shared = len(gold_words & found_words) / max(1, len(gold_words | found_words))
    is_inside = start <= found.start and found.end <= end
    covers_head = found.start < head_end and head_start < found.end
    return shared if shared >= ALIKE or (is_inside and covers_head) else 0.0
