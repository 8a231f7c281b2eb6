"""Which network addresses may be asked: public ones, whatever name or redirect led there.

A name is resolved once, what it resolves to is checked, and the connection goes to a checked address: a name server
that answers differently the second time gains nothing.
"""

import ipaddress
import socket
from collections.abc import Callable

from scrapers.errors import ScrapeError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], tuple[str, ...]]

METADATA = frozenset({ipaddress.ip_address("168.63.129.16")})  # Azure's, a public address; the others are link-local
NAT64 = ipaddress.ip_network("64:ff9b::/96")
LOCAL_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home", "corp")


def resolve_name(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses of `host`, in the resolver's order; raises ScrapeError where there is none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ScrapeError(f"{host}: no such host: {error}") from error
    return tuple(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


class Guard:
    """Lets through to public addresses, and to everything under the names of `local` ("127.0.0.1:8080")."""

    def __init__(self, *, local: frozenset[str] = frozenset(), resolve: Resolve = resolve_name) -> None:
        self._local, self._resolve = local, resolve

    def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """Return the addresses that may be connected to for `host`; raises ScrapeError where one is not public.

        One bad address among good ones is refused too: nobody publishes news that way.
        """
        found = self._resolve(host.strip("[]"), port)
        if f"{host}:{port}" not in self._local:
            for address in found:
                check_public(address, host)
        return found

    def check_name(self, host: str, port: int) -> None:
        """Refuse what is plainly not public when a proxy connects for us.

        The proxy resolves the name itself, so this is weaker than `addresses`; a name that only the proxy knows passes.
        """
        if f"{host}:{port}" in self._local:
            return
        if host.rstrip(".").rpartition(".")[2].lower() in LOCAL_NAMES:
            raise ScrapeError(f"{host}: a local name; only a source with `local = true` may name its own host so")
        try:
            found = self._resolve(host.strip("[]"), port)
        except ScrapeError:
            return
        for address in found:
            check_public(address, host)


def check_public(text: str, host: str) -> None:
    """Raise ScrapeError unless `text` is a public address, also where one is wrapped in another."""
    address = ipaddress.ip_address(text.partition("%")[0])
    for each in (address, *_wrapped(address)):
        if not each.is_global or each.is_multicast or each in METADATA:
            raise ScrapeError(f"{host}: {text} is no public address; a source of your own says `local = true`")


def _wrapped(address: Address) -> tuple[Address, ...]:
    """Return the IPv4 addresses that an IPv6 address stands for: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    wrapped = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in NAT64:
        wrapped.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return tuple(each for each in wrapped if each is not None)
