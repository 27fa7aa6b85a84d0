"""Write the outputs in `docs/` anew, as they come now, to be read in the diff: `make docs-golden`.

Names of pages may be given (`how-to/takedown.md`): only these are written; the tutorial is typed all the same.
"""

import sys
import tempfile
from pathlib import Path

from tests.docs.pages import DOCS, TUTORIAL, page_names, read_page
from tests.docs.place import type_page, type_tutorial


def main(wanted: list[str]) -> int:
    """Type every page, and say which ones read otherwise now; 1 where a command of one fails, and that page is left."""
    failed = 0
    with tempfile.TemporaryDirectory() as aside:
        first, end = type_tutorial(Path(aside) / "tutorial")
        for name in wanted or page_names():
            try:
                shown = first if name == TUTORIAL else type_page(name, end, Path(aside) / name)
            except Exception as problem:
                failed = 1
                print(f"{name}: left as it is: {problem}", flush=True)
                continue
            said = "the same" if shown == read_page(name) else "written anew"
            (DOCS / name).write_text(shown, encoding="utf-8")
            print(f"{name}: {said}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
