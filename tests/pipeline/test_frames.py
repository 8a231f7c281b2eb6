"""The frames of deal types and the thresholds of the assembly."""

from pipeline.extract.frames import load_frames, load_thresholds
from pipeline.records import DealType, PartyRole


def test_every_type_has_a_frame():
    assert set(load_frames()) == set(DealType)


def test_a_sole_role_is_one_of_the_roles():
    assert all(frame.sole <= set(frame.roles) for frame in load_frames().values())


def test_every_role_is_in_some_frame():
    assert set().union(*(frame.roles for frame in load_frames().values())) == set(PartyRole)


def test_a_sole_role_gains_by_its_first_party_and_loses_by_its_second():
    frame = load_frames()[DealType.ACQUISITION]
    assert frame.gains[PartyRole.TARGET][0] > 0 > frame.gains[PartyRole.TARGET][1]


def test_thresholds_are_probabilities():
    assert all(0 < value < 1 for value in load_thresholds().model_dump().values())
