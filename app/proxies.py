"""Knows which proxies are believed when they say for whom, and over which scheme, they ask."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

EVERYBODY: Final = "*"
MAPPED: Final = 96


def believed(stated: str) -> list[str]:
    """The addresses and networks of a list with commas, as the server takes them.

    A proxy of version 4 also counts under the version 6 address that it has where both are listened on at once.
    Raises ValueError, naming what is neither an address nor a network.
    """
    named = [each.strip() for each in stated.split(",") if each.strip()]
    if EVERYBODY in named:
        return [EVERYBODY]
    return [form for each in named for form in _forms(each)]


def everywhere(stated: str) -> bool:
    """Is everybody believed, so that everybody may say that they are anybody?"""
    return any(each == EVERYBODY or each.endswith("/0") for each in believed(stated))


def _forms(named: str) -> list[str]:
    try:
        found = ip_network(named) if "/" in named else ip_address(named)
    except ValueError:
        raise ValueError(f"{named} is neither an address nor a network such as 10.0.0.0/8") from None
    match found:
        case IPv4Address():
            return [str(found), f"::ffff:{found}"]
        case IPv4Network(prefixlen=length):
            return [str(found), f"::ffff:{found.network_address}/{MAPPED + length}"]
        case IPv6Address() | IPv6Network():
            return [str(found)]
