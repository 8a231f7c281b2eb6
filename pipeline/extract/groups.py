"""Puts mentions together that name one and the same: what is common to organisations and people. Pure."""

from collections import defaultdict
from collections.abc import Callable, Sequence


class Groups:
    """Mentions, numbered in reading order, joined to groups."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def find(self, at: int) -> int:
        """Return the first mention of the group of `at`."""
        while self._parent[at] != at:
            at = self._parent[at]
        return at

    def join(self, first: int, second: int) -> None:
        """Make the groups of both mentions one."""
        first, second = sorted((self.find(first), self.find(second)))
        self._parent[second] = first

    def join_same(self, keys: Sequence[str]) -> None:
        """Join the mentions whose keys are equal."""
        first: dict[str, int] = {}
        for at, key in enumerate(keys):
            self.join(at, first.setdefault(key, at))

    def join_short(self, sizes: Sequence[int], may_be: Callable[[int, int], bool]) -> None:
        """Join each mention with a longer one that it may be short for: the last before it, else the first behind it.

        The longest come first, so that "Rossi" meets "Mario Rossi" and not "M. Rossi".
        """
        for at in sorted(range(len(sizes)), key=lambda each: -sizes[each]):
            size, head = sizes[at], self.find(at)
            longer = [
                other
                for other in range(len(sizes))
                if sizes[other] > size and self.find(other) != head and may_be(at, other)
            ]
            if longer:
                before = [other for other in longer if other < at]
                self.join(at, before[-1] if before else longer[0])

    def members(self) -> tuple[tuple[int, ...], ...]:
        """Return the groups in the order of their first mention."""
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for at in range(len(self._parent)):
            groups[self.find(at)].append(at)
        return tuple(tuple(groups[head]) for head in sorted(groups))
