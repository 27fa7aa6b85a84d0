"""Errors that end a run, and the exit code of each. Imports nothing of the project.

    OnrecordError
    ├── SettingsError        a settings, authority or decisions file has a mistake (exit 3)
    ├── RawFilesError        a raw file is missing or differs from its recorded sum (exit 4)
    ├── SchemaError          a row breaks a schema or a rule across tables: a defect of the build (exit 5)
    ├── OutputError          the output cannot be written, or holds what is not ours to replace (exit 6)
    └── ReleaseError         a release that is refused, or one that does not hold what it says (exit 7)

A bad article is no error: it is a row of `dropped`. Every message says what was found, where, what was
expected and what to do.
"""


class OnrecordError(Exception):
    """Anything that stops a command with a message instead of a traceback."""

    exit_code = 1


class SettingsError(OnrecordError):
    """A mistake in a file that a person wrote to configure the build."""

    exit_code = 3


class RawFilesError(OnrecordError):
    """Raw files that are not the recorded ones."""

    exit_code = 4


class SchemaError(OnrecordError):
    """Tables that break what `schemas/` promises; nothing is published."""

    exit_code = 5


class OutputError(OnrecordError):
    """An output folder that cannot be written or replaced."""

    exit_code = 6


class ReleaseError(OnrecordError):
    """A release that may not be made, or that is not what its own files say."""

    exit_code = 7
