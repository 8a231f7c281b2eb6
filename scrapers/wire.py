"""Connections as http.py needs them: to checked addresses only, and cut when their time is over.

requests has limits for connecting and for one read, none for all of it: a server that sends a byte now and then holds
a connection for ever. The Deadline shuts the socket from outside, wherever the reading stands - TLS, headers or body.
"""

import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.util.connection import create_connection

Addresses = Callable[[str, int], tuple[str, ...]]


class Deadline:
    """Shuts the watched sockets after `seconds`; `over` tells that it did."""

    def __init__(self, seconds: float) -> None:
        self.over = False
        self._wires: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        """Begin to count."""
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop counting."""
        self._timer.cancel()
        with self._lock:
            while self._wires:
                self._wires.pop().close()

    def watch(self, sock: socket.socket) -> None:
        """Shut this socket, too, when time is over. A duplicate is kept: TLS takes the original apart."""
        with self._lock:
            self._wires.append(socket.socket(fileno=os.dup(sock.fileno())))

    def _cut(self) -> None:
        with self._lock:
            self.over = True
            for wire in self._wires:
                with suppress(OSError):  # the other side was faster
                    wire.shutdown(socket.SHUT_RDWR)


class Wiring(HTTPAdapter):
    """An adapter whose connections go to `addresses` of a name and are watched by the current `deadline`.

    Serves one thread. Connections to a proxy go wherever the environment says; http.py has checked the name before.
    """

    def __init__(self, addresses: Addresses, resolve: Addresses) -> None:
        self.deadline: Deadline | None = None
        self._pools = _pools(self, addresses)
        self._proxy_pools = _pools(self, resolve)
        super().__init__(pool_connections=4, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **more: object) -> None:  # noqa: FBT001 - requests' signature
        """Make the pools of direct connections."""
        super().init_poolmanager(connections, maxsize, block, **more)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **more: object) -> PoolManager:
        """Make the pools of connections through `proxy`."""
        manager: PoolManager = super().proxy_manager_for(proxy, **more)
        manager.pool_classes_by_scheme = self._proxy_pools
        return manager

    def watch(self, sock: socket.socket | None) -> None:
        """Let the current deadline watch `sock`."""
        if sock is not None and self.deadline is not None:
            self.deadline.watch(sock)


def _pools(wiring: Wiring, addresses: Addresses) -> dict[str, type]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(self, wiring, addresses)

        def request(self, *args: object, **more: object) -> None:
            wiring.watch(self.sock)  # one that is used again
            super().request(*args, **more)  # type: ignore[arg-type]

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(self, wiring, addresses)

        def request(self, *args: object, **more: object) -> None:
            wiring.watch(self.sock)
            super().request(*args, **more)  # type: ignore[arg-type]

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


def _connect(connection: HTTPConnection, wiring: Wiring, addresses: Addresses) -> socket.socket:
    """Connect to the first address that answers; errors are urllib3's, so that requests understands them."""
    problem: OSError | None = None
    for address in addresses(connection.host, connection.port):
        try:
            sock = create_connection(
                (address, connection.port), connection.timeout, socket_options=connection.socket_options
            )
        except OSError as error:
            problem = error
            continue
        wiring.watch(sock)
        return sock
    if isinstance(problem, TimeoutError):
        raise ConnectTimeoutError(connection, f"{connection.host}: connecting took too long") from problem
    raise NewConnectionError(connection, f"{connection.host}: {problem or 'no address'}")
