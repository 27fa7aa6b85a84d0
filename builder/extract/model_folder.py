"""The folder of an encoder: which files are in it, their sum, and where the shipped one lies. Imports `builder.errors`.

Without the libraries that run it, so that a command can name it before it needs them.
"""

import hashlib
from pathlib import Path

from builder.errors import SettingsError

SHIPPED = Path(__file__).parent / "model"
FILES = ("config.json", "encoder.onnx", "tokenizer.json")


def model_sha256(folder: Path = SHIPPED) -> str:
    """One hash over the model's files, in the order of FILES; SettingsError where one of them is missing."""
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise SettingsError(
            f"{folder}: not a model folder, {', '.join(missing) if folder.is_dir() else 'it is'} missing; expected a "
            f"folder with {', '.join(FILES)} "
            "(`onrecord train` writes them; leave out --model to use the shipped one)"
        )
    total = hashlib.sha256()
    for name in FILES:
        with (folder / name).open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()
