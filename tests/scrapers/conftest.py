"""What several of these tests need: a server of their own."""

import pytest

from tests.scrapers.server import Server, Visitor


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
