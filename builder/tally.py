"""What went in, what was kept, what was dropped and why, stage by stage. Imports `builder.errors` and vocabularies."""

from dataclasses import dataclass, field

from builder.errors import SchemaError
from schemas.vocabulary import DROP_REASONS, STAGES


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that does not go on: a row of the table `dropped`.

    `raw_path` is relative to the raw folder, `place` says where in that file (“line 12”, “row 3”, “” for the whole
    file), `detail` what exactly was found.
    """

    stage: str
    collection_id: str
    raw_path: str
    place: str
    reason: str
    detail: str | None = None

    def __post_init__(self) -> None:
        if self.stage not in STAGES or self.reason not in DROP_REASONS:
            raise SchemaError(f"dropped row with stage {self.stage!r}, reason {self.reason!r}: not in the vocabulary")


@dataclass(slots=True)
class Count:
    """Rows of one stage: `into` + `split` − `joined` = `kept` + `dropped`."""

    into: int = 0
    split: int = 0
    joined: int = 0
    kept: int = 0
    dropped: int = 0


@dataclass(slots=True)
class Tally:
    """The counts of a build by stage."""

    stages: dict[str, Count] = field(default_factory=lambda: {stage: Count() for stage in STAGES})

    def check(self) -> None:
        """Raise SchemaError where a stage lost or made up rows."""
        for stage, n in self.stages.items():
            if n.into + n.split - n.joined != n.kept + n.dropped:
                raise SchemaError(
                    f"{stage}: {n.into} rows in + {n.split} split off - {n.joined} joined is not "
                    f"{n.kept} kept + {n.dropped} dropped; the stage lost or made up rows, please report this"
                )
