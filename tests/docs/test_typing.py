"""What the tests of the pages rest on: a page is typed in its order, and one that says something else is found out."""

from pathlib import Path

import pytest

from tests.docs.pages import blocks, typed

PAGE = """# A page

```toml title="place/name.toml"
name = "Skerrow"
```

```console
$ cd place
$ cat name.toml
name = "Skerrow"
$ echo written \\
>   > there.txt
$ onrecord check nowhere || echo "exit code: $?"
error: nowhere is not there; give the folder that holds the raw articles
exit code: 4
```

```pycon
>>> from pathlib import Path
>>> text = Path("name.toml").read_text()
>>> for word in text.split():
...     print(word)
name
=
"Skerrow"
>>> len(text)
17
```

```sh
rm -rf place
```
"""


def test_a_page_that_says_what_comes_stays_as_it_is_and_leaves_its_files(tmp_path: Path) -> None:
    assert typed(PAGE, tmp_path) == PAGE
    assert (tmp_path / "place" / "there.txt").read_text(encoding="utf-8") == "written\n"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("exit code: 4", "exit code: 3"),
        ("17\n", "18\n"),
        ('=\n"Skerrow"', '"Skerrow"'),
        ("there; give", "it; give"),
    ],
)
def test_an_output_that_is_another_now_is_written_anew(right: str, wrong: str, tmp_path: Path) -> None:
    former = PAGE.replace(right, wrong)
    assert former != PAGE
    assert typed(former, tmp_path) == PAGE


def test_how_long_something_took_is_no_difference(tmp_path: Path) -> None:
    page = "```console\n$ echo done in 3.2 s\ndone in … s\n```\n"
    assert typed(page, tmp_path) == page


def test_a_command_that_fails_unexpectedly_stops(tmp_path: Path) -> None:
    for command in ("onrecord check nowhere", "false", "cat nowhere"):
        with pytest.raises(RuntimeError, match="ended with"):
            typed(f"```console\n$ {command}\n```\n", tmp_path)
    with pytest.raises(ZeroDivisionError):
        typed("```pycon\n>>> 1 / 0\n```\n", tmp_path)


@pytest.mark.parametrize("page", ["- one\n\n    ```console\n    $ ls\n    ```\n", "```console hl_lines=1\n$ ls\n```\n"])
def test_a_block_that_would_not_be_seen_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match="indented"):
        blocks(page)
