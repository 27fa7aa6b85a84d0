"""README.md: the dataset card, whose front matter makes `load_dataset` work. Imports leaves of publish, schemas.

`datasets` keys its cache of a local folder by the front matter alone: files that changed under the same front matter
would give the former rows, even in a new process. So each table's fingerprint stands in its front matter.
"""

from collections.abc import Mapping

import yaml

from builder.publish.citation import Citation
from builder.publish.citation_formats import render_apa, render_bibtex
from builder.publish.datasheet import context
from builder.publish.facts import BuildFacts
from builder.publish.figures import Figures
from builder.publish.licence import is_listed
from builder.publish.parquet import PART_ROWS, ROW_GROUP_ROWS
from builder.publish.render import render
from builder.publish.summary import summarize
from builder.publish.written import WrittenTable
from schemas.derive import features

# The table that a reader gets who names none.
DEFAULT = "quotes"
SPLIT = "train"
_SIZES = ((10**3, "n<1K"), (10**4, "1K<n<10K"), (10**5, "10K<n<100K"), (10**6, "100K<n<1M"), (10**7, "1M<n<10M"))


def render_card(facts: BuildFacts, figures: Figures, written: Mapping[str, WrittenTable], citation: Citation) -> str:
    """The dataset card."""
    return render(
        "README.md.j2",
        summary=summarize(facts, figures.rows),
        front_matter=_dump(_front_matter(facts, figures, written)),
        written=written,
        empty=[name for name, table in written.items() if not table.rows],
        fingerprint=citation.fingerprint,
        apa=render_apa(citation).splitlines(),
        bibtex=render_bibtex(citation).split("\n\n")[0].strip(),
        part_rows=PART_ROWS,
        row_group_rows=ROW_GROUP_ROWS,
        **context(facts, figures),
    )


def _front_matter(facts: BuildFacts, figures: Figures, written: Mapping[str, WrittenTable]) -> dict[str, object]:
    return {
        "pretty_name": facts.title,
        **_licenses(figures),
        "language": sorted({language.split("-")[0].lower() for language in figures.languages} - {"und"}),
        "tags": ["news", "quotations", "attribution", "claims", "onrecord"],
        "annotations_creators": ["machine-generated"],
        "size_categories": [size_category(written[DEFAULT].rows)],
        "configs": [_config(name, facts) for name in written],
        "dataset_info": [_info(name, table) for name, table in written.items()],
    }


def _config(name: str, facts: BuildFacts) -> dict[str, object]:
    config: dict[str, object] = {
        "config_name": name,
        "version": facts.data_version,
        "data_files": [{"split": SPLIT, "path": f"data/{name}/part-*.parquet"}],
    }
    return config | ({"default": True} if name == DEFAULT else {})


def _info(name: str, table: WrittenTable) -> dict[str, object]:
    return {
        "config_name": name,
        "description": f"Fingerprint of the rows: {table.fingerprint}",
        "features": features(name)._to_yaml_list(),
        "splits": [{"name": SPLIT, "num_bytes": table.n_page_bytes, "num_examples": table.rows}],
        "download_size": table.n_bytes,
        "dataset_size": table.n_page_bytes,
    }


def _licenses(figures: Figures) -> dict[str, object]:
    """The Hub knows licences by lower-case SPDX ids and `other`, which wants a name and a link."""
    names = sorted({name.lower() if is_listed(name) else "other" for name in figures.licenses}) or ["other"]
    if "other" not in names:
        return {"license": names[0] if len(names) == 1 else names}
    own = [name for name in figures.licenses if not is_listed(name)]
    return {
        "license": "other" if names == ["other"] else names,
        "license_name": ", ".join(own).lower() or "none",
        "license_link": "LICENSE",
    }


def size_category(rows: int) -> str:
    """The Hub's name for a number of rows.

    >>> size_category(999), size_category(1000), size_category(20_000_000)
    ('n<1K', '1K<n<10K', '10M<n<100M')
    """
    return next((name for limit, name in _SIZES if rows < limit), "10M<n<100M" if rows < 10**8 else "100M<n<1B")


def _dump(front_matter: Mapping[str, object]) -> str:
    return yaml.safe_dump(dict(front_matter), sort_keys=False, allow_unicode=True, width=10_000)
