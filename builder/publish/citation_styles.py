"""The names of the formats that a citation is printed in. Imports nothing of the project."""

from enum import StrEnum


class Style(StrEnum):
    """What `onrecord cite --format` takes; `citation_formats` has a function for each."""

    BIBTEX = "bibtex"
    APA = "apa"
    RIS = "ris"
    CSL_JSON = "csl-json"
    CFF = "cff"
