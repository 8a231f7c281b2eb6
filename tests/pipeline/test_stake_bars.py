"""How likely a share must be to be told as that of the deal."""

import numpy as np
import pytest

from pipeline.extract.drafts import pick_values
from pipeline.extract.frames import load_frames, load_thresholds
from pipeline.extract.labels import LINKS
from pipeline.records import DealType


@pytest.mark.parametrize(
    ("kind", "chance", "told"),
    [
        (DealType.STAKE_PURCHASE, 0.2, True),
        (DealType.IPO, 0.2, True),
        (DealType.JOINT_VENTURE, 0.2, True),
        (DealType.STAKE_PURCHASE, 0.05, False),
        (DealType.ACQUISITION, 0.2, False),  # "Alfa, che ha già il 30% di Beta, ne rileva lo stabilimento"
        (DealType.ACQUISITION, 0.5, True),
        (DealType.TAKEOVER_BID, 0.2, False),  # "ha raccolto il 96,18% del capitale"
    ],
)
def test_a_share_is_likelier_told_where_the_deal_is_of_shares(kind, chance, told):
    links = np.zeros((1, len(LINKS)), np.float32)
    links[0, LINKS.index("stake")] = chance
    assert ("stake" in pick_values(links, load_frames()[kind], load_thresholds())) is told
