"""The whole network that one run trains: encoder, token heads, linker."""

import torch
from torch import Tensor, nn

from models.training.batches import Batch
from models.training.network import WIDTH, Encoder, Linker, TokenHeads
from pipeline.extract.windows import SEPARATOR

BLURRED = 0.06  # share of the pieces
UNKNOWN = 3  # the tokenizer's <unk>


def has_bfloat16(device: torch.device) -> bool:
    """Say whether bfloat16 is faster than float32 there: on a processor without AVX-512 it takes ten times as long."""
    return device.type != "cpu" or torch.backends.cpu.get_cpu_capability() == "AVX512"


class Reader(nn.Module):
    """Encoder with token heads; its `linker` is called an article at a time. The encoder may lie on a GPU."""

    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.encoder = Encoder(vocabulary)
        self.heads = TokenHeads()
        self.linker = Linker()

    def blur(self, ids: Tensor) -> Tensor:
        """Return pieces of which, in training, a few are unknown: it learns to read what stands around them."""
        if not self.training:
            return ids
        hidden = (torch.rand(ids.shape) < BLURRED) & (ids > SEPARATOR)
        return ids.masked_fill(hidden, UNKNOWN)

    def forward(self, batch: Batch) -> tuple[Tensor, dict[str, Tensor]]:
        """Return the vectors of the batch's words [words, WIDTH] and each layer's logits."""
        device = self.encoder.norm.weight.device
        ids = self.blur(batch.ids)
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=has_bfloat16(device)):
            pieces = self.encoder(ids.to(device), batch.mask.to(device))
        flat = pieces.float().reshape(-1, WIDTH).cpu()
        words = (flat[batch.first] + flat[batch.last]) / 2
        return words, self.heads(words)
