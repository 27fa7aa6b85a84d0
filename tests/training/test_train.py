"""Training as a person runs it: a folder comes out that `--model` takes. Needs the extra `train`, and minutes."""

import gzip
import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
safetensors = pytest.importorskip("safetensors.torch")

from builder.extract.encoder import load_encoder  # noqa: E402
from builder.extract.model_folder import SHIPPED  # noqa: E402
from builder.extract.stage import extract  # noqa: E402
from builder.measure.found import as_article  # noqa: E402
from builder.measure.gold import read_gold  # noqa: E402
from builder.training.fit import Recipe  # noqa: E402
from builder.training.network import HIDDEN, INNER, POSITIONS, VOCABULARY, Encoder  # noqa: E402
from builder.training.stage import Corpora, train  # noqa: E402

TEXT = "Orla Brandt said the mill would close. Ines Havel denied that it had been sold. "


def made_base(folder: Path) -> Path:
    """A base of the right shape whose weights say nothing."""
    torch.manual_seed(0)
    shapes = {
        "embeddings.word_embeddings.weight": (VOCABULARY, HIDDEN),
        "embeddings.position_embeddings.weight": (POSITIONS, HIDDEN),
        "embeddings.token_type_embeddings.weight": (2, HIDDEN),
        "embeddings.LayerNorm.weight": (HIDDEN,),
        "embeddings.LayerNorm.bias": (HIDDEN,),
    }
    for layer in range(6):
        at = f"encoder.layer.{layer}."
        for name in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
            shapes |= {f"{at}{name}.weight": (HIDDEN, HIDDEN), f"{at}{name}.bias": (HIDDEN,)}
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            shapes |= {f"{at}{name}.weight": (HIDDEN,), f"{at}{name}.bias": (HIDDEN,)}
        shapes |= {f"{at}intermediate.dense.weight": (INNER, HIDDEN), f"{at}intermediate.dense.bias": (INNER,)}
        shapes |= {f"{at}output.dense.weight": (HIDDEN, INNER), f"{at}output.dense.bias": (HIDDEN,)}
    weights = {name: torch.randn(shape) * 0.02 + ("LayerNorm.weight" in name) for name, shape in shapes.items()}
    safetensors.save_file(weights, folder / "model.safetensors")
    (folder / "tokenizer.json").write_bytes((SHIPPED / "tokenizer.json").read_bytes())
    return folder


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # torch's exporter warns of what torch itself retires
def test_a_trained_folder_loads_and_gives_the_same_weights_for_the_same_seed(tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.mkdir()
    made_base(base)
    one = {"source": [[0, 11]], "cue": [[12, 16]], "content": [[17, 37]]}
    two = {"source": [[39, 49]], "cue": [[50, 56]], "content": [[57, 78]]}
    gold = tmp_path / "gold.jsonl.gz"
    with gzip.open(gold, "wt", encoding="utf-8") as file:
        for number in range(24):
            file.write(json.dumps({"doc": f"mill-{number}", "text": TEXT * 2, "attributions": [one, two]}) + "\n")
    recipe = Recipe(epochs=2, batch=4)
    for out in ("first", "second"):
        train(Corpora(gold), base, tmp_path / out, recipe, "trial")
    first, second = (
        torch.load(tmp_path / out / "fitting" / "run-0" / "weights-1.pt")["model"] for out in ("first", "second")
    )
    assert all(torch.equal(first[name], second[name]) for name in first)
    encoder = load_encoder(tmp_path / "first")
    for attribution in extract(as_article(read_gold(gold)[0]), encoder).attributions:
        assert 0 <= attribution.confidence <= 1


def test_the_networks_outputs_are_the_decoders_heads() -> None:
    from builder.extract.labels import HEADS
    from builder.training.network import Outputs

    assert Outputs._fields == tuple(HEADS)
    outputs = Encoder(layers=1).eval()(*(torch.ones((1, 5), dtype=torch.int64),) * 3)
    assert [values.shape[2] for values in outputs] == list(HEADS.values())
