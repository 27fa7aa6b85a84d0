"""Actors-to-be become actors: what speaks for two being one is weighed, the strongest first. Imports `profiles`.

Single linkage with vetoes: a pair that is joined is one profile from then on, and what conflicts with any part of it
conflicts with it. Pairs are taken in the order of their support and then of what they are, never of the input.
"""

from dataclasses import dataclass, field

import polars as pl

from builder.resolve.profiles import Profile, hard_conflict, soft_conflict

# So much of common rare company, roles and country outweighs a soft conflict.
OVERRULES = 2.5
# With so little in common, a pair is not even worth a person's look.
WORTH_A_LOOK = 0.4
JOINED, APART, LIKELY_SAME, LIKELY_DIFFERENT = "joined", "apart", "likely the same", "likely different"
VERDICTS = {
    JOINED: "they are one actor",
    APART: "they are two actors, though their names are alike",
    LIKELY_SAME: "they are two actors and may well be one: a person should look",
    LIKELY_DIFFERENT: "they are one actor and may well be two: a person should look",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors-to-be that may be one: `how` their names are alike, the support that they have and that they need."""

    one: int
    other: int
    how: str
    needs: float
    support: float = 0.0
    common: str = ""
    is_one_name: bool = True


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two are one or are not: their numbers, and the names and articles that they had then."""

    verdict: str
    number: int
    name: str
    article_id: str
    other: int
    other_name: str
    other_article_id: str
    because: str


@dataclass(slots=True)
class Merger:
    """Profiles by number while they are joined."""

    profiles: dict[int, Profile]
    reasons: list[Reason] = field(default_factory=list)
    _parent: dict[int, int] = field(default_factory=dict)

    def root(self, number: int) -> int:
        """The number under which the profile is now."""
        path = []
        while (parent := self._parent.get(number, number)) != number:
            path.append(number)
            number = parent
        for step in path:
            self._parent[step] = number
        return number

    def weigh(self, pairs: pl.DataFrame) -> None:
        """Join the pairs that have the support they need and no conflict, the best supported first.

        `pairs`: number, other, how, needs, support, common, is_one_name. Of equally supported ones the order is that of
        what they are, whatever the numbers of their two.
        """
        for row in self._ordered(pairs).iter_rows():
            self._decide(Pair(*row))

    def _ordered(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """The pairs as `Pair` has them, in the order in which they are decided."""
        called = pl.DataFrame(
            [(number, profile.name, profile.article_id) for number, profile in self.profiles.items()],
            schema={"number": pl.Int64(), "name": pl.String(), "article_id": pl.String()},
            orient="row",
        )
        others = called.lazy().select(pl.all().name.prefix("other_"))
        both = (
            pairs.lazy()
            .join(called.lazy(), on="number", how="left")
            .join(others, left_on="other", right_on="other_number", how="left")
        )
        name, other_name, article, other_article = map(pl.col, ("name", "other_name", "article_id", "other_article_id"))
        is_first = (name < other_name) | ((name == other_name) & (article <= other_article))
        told = ((name, other_name), (article, other_article), (other_name, name), (other_article, article))
        sides = [pl.when(is_first).then(one).otherwise(other) for one, other in told]
        ordered = both.sort(pl.col("needs") - pl.col("support"), *sides, "number", "other", "needs", "how")
        return ordered.select("number", "other", "how", "needs", "support", "common", "is_one_name").collect()

    def _decide(self, pair: Pair) -> None:
        a, b = self.root(pair.one), self.root(pair.other)
        if a == b:
            return
        one, other = self.profiles[a], self.profiles[b]
        common = f"both with {pair.common}" if pair.common else "nothing in common"
        if hard := hard_conflict(one, other, is_one_name=pair.is_one_name):
            self._note(APART, one, other, f"{pair.how}, but {hard}")
            return
        soft = soft_conflict(one, other)
        needs = max(pair.needs, OVERRULES) if soft else pair.needs
        support = pair.support + _said_alike(one, other)
        if support >= needs:
            self._note(JOINED, one, other, f"{pair.how}; {common}" + (f", though {soft}" if soft else ""))
            self._join(a, b)
            if soft:
                self._note(LIKELY_DIFFERENT, one, other, f"{soft}, though {common}")
            return
        is_close = support >= max(WORTH_A_LOOK, pair.needs / 2)
        against = f"{soft}, and " if soft else ""
        self._note(
            LIKELY_SAME if is_close else APART, one, other, f"{pair.how}, but {against}too little in common: {common}"
        )

    def _join(self, a: int, b: int) -> None:
        low, high = min(a, b), max(a, b)
        self.profiles[low].take(self.profiles[high])
        self._parent[high] = low

    def _note(self, verdict: str, one: Profile, other: Profile, because: str) -> None:
        first, second = sorted((one, other), key=lambda p: (p.name, p.article_id, p.number))
        self.reasons.append(
            Reason(
                verdict=verdict,
                number=first.number,
                name=first.name,
                article_id=first.article_id,
                other=second.number,
                other_name=second.name,
                other_article_id=second.article_id,
                because=because,
            )
        )


def _said_alike(one: Profile, other: Profile) -> float:
    """Support by what articles say of both outright: of one country, of one walk of life."""
    return 0.5 * bool(one.countries & other.countries) + 0.5 * bool(one.fields & other.fields)
