"""What several of these tests need: a server of their own, and no proxy between."""

import pytest

from tests.scrapers.server import Server, Visitor

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "REQUESTS_CA_BUNDLE")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    """The machine that runs the tests may reach the world through a proxy; loopback is not behind it."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server():
    running = Server()
    yield running
    running.close()


@pytest.fixture
def visitor(server):
    made = Visitor(server)
    yield made
    made.close()
