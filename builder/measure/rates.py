"""Precision, recall and F1, counted so that articles add up (micro-averages). Imports nothing of the project."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """Hits among what was predicted and among what gold has."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(self.hits + other.hits, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """In percent; 0 where nothing was predicted."""
        return 100 * self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """In percent; 0 where gold has nothing."""
        return 100 * self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in percent."""
        both = self.predicted + self.gold
        return 200 * self.hits / both if both else 0.0


@dataclass(frozen=True, slots=True)
class BCubed:
    """B-cubed (Bagga and Baldwin 1998): the sums over mentions of each one's precision and recall, in [0, 1]."""

    precise: float = 0.0
    predicted: int = 0
    recalled: float = 0.0
    gold: int = 0

    def __add__(self, other: "BCubed") -> "BCubed":
        return BCubed(
            self.precise + other.precise,
            self.predicted + other.predicted,
            self.recalled + other.recalled,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        """In percent: the mean over predicted mentions; 0 where there are none."""
        return 100 * self.precise / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """In percent: the mean over gold mentions; 0 where there are none."""
        return 100 * self.recalled / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in percent."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0
