"""Knows what there is to say of the settings in force: where each came from, and what is wrong with them."""

import asyncio
import os
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from pydantic import SecretStr

from app import checkup_database, settings, starting
from app.alike import likeness
from app.findings import Finding
from app.proxies import everywhere
from app.settings import KEY_BYTES, KEY_FILE, PREFIX, BadSettings, Settings
from app.store.looking import used_by

MASK: Final = "********"


def listed(chosen: Settings, bad: BadSettings | None, given: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every setting, one a line: its value, secrets masked, and where it comes from. `given` came by an option."""
    for name in Settings.model_fields:
        whence = "option" if name in given else settings.origin(name)
        if bad and name in bad.names:
            yield f"{PREFIX}{name.upper()}=?  ({whence}; cannot be used)"
        else:
            yield f"{PREFIX}{name.upper()}={masked(name, getattr(chosen, name))}  ({whence})"


def findings(chosen: Settings, bad: BadSettings | None) -> list[Finding]:
    """What is wrong, first what stops the start. Nothing is written, made or changed."""
    found = [Finding(str(bad), stops=True)] if bad else []
    for question in QUESTIONS:
        found += question(chosen)
    return sorted(found, key=lambda finding: not finding.stops)


def in_use(chosen: Settings) -> str:
    """One line: how notes about the same subject are found."""
    if chosen.smart and likeness.is_installed():
        return "Notes about the same subject: compares meanings, across languages."
    return "Notes about the same subject: compares words, within one language."


def masked(name: str, value: object) -> str:
    """A setting as it may be shown: secrets hidden, also the one inside an address."""
    match value:
        case None:
            return ""
        case SecretStr():
            return MASK
        case str() if name.endswith("_url") and "@" in value:
            return f"{value.partition('://')[0]}://{MASK}@{value.rpartition('@')[2]}"
        case _:
            return str(value)


def _data(chosen: Settings) -> Iterator[Finding]:
    there = next(path for path in (chosen.data.absolute(), *chosen.data.absolute().parents) if path.exists())
    if not there.is_dir():
        yield Finding(f"The data directory {chosen.data} cannot be made: {there} is a file.", stops=True)
    elif not os.access(there, os.R_OK | os.W_OK | os.X_OK):
        yield Finding(f"The data directory {chosen.data} is not writable for this user.", stops=True)
    elif there == chosen.data.absolute() and there.stat().st_mode & 0o007:
        yield Finding(f"Everybody on this machine may look into {chosen.data}: chmod o-rwx it.")


def _key(chosen: Settings) -> Iterator[Finding]:
    kept = chosen.data / KEY_FILE
    if chosen.secret_key is not None:
        return
    if not kept.exists():
        yield Finding(f"There is no key yet: {kept} is made at the first start; keep it with the backups.")
    elif not os.access(kept, os.R_OK):
        yield Finding(f"The key in {kept} cannot be read by this user.", stops=True)
    elif kept.stat().st_size < KEY_BYTES:
        yield Finding(f"The key in {kept} is damaged: put it back from a backup.", stops=True)
    elif kept.stat().st_mode & 0o077:
        yield Finding(f"Others on this machine may read the key in {kept}: chmod 600 it.")


def _broker(chosen: Settings) -> Iterator[Finding]:
    """It stops no start: whoever has no broker is slower, and serves."""
    if chosen.broker_url is None:
        return
    # The broker's client is long in coming, and every command would wait for it.
    from app.broker.reaching import trouble

    if said := asyncio.run(trouble(chosen.broker_url)):
        yield Finding(f"{PREFIX}BROKER_URL leads to no broker that can be used: {said}.")


def _port(chosen: Settings) -> Iterator[Finding]:
    process = used_by(chosen.database_url)
    if process is not None:
        yield Finding(f"A Flipchart serves these boards now{f' (process {process})' if process else ''}.")
        return
    try:
        starting.listen(chosen.host, chosen.port).close()
    except starting.CannotStart as refused:
        yield Finding(str(refused), stops=True)


def _address(chosen: Settings) -> Iterator[Finding]:
    if chosen.public_url is None:
        if not _within(chosen.host):
            yield Finding(f"{PREFIX}PUBLIC_URL is not set: links lead to whatever name a request was sent to.")
    elif chosen.public_url.startswith("http://") and not _within(urlsplit(chosen.public_url).hostname or ""):
        yield Finding(f"{PREFIX}PUBLIC_URL is without https: whoever listens to the network can copy a seat.")


def _believed(chosen: Settings) -> Iterator[Finding]:
    if everywhere(chosen.forwarded_allow_ips):
        yield Finding(
            f"{PREFIX}FORWARDED_ALLOW_IPS believes everybody, so anybody may pass for any address and meets no limit:"
            " name the proxy's own address or network."
        )


def _frames(chosen: Settings) -> Iterator[Finding]:
    if "*" in chosen.frame_ancestors.split():
        yield Finding(f"{PREFIX}FRAME_ANCESTORS lets every site show Flipchart in a frame and lead clicks astray.")


def _open_to_all(chosen: Settings) -> Iterator[Finding]:
    if chosen.create_key is None and (chosen.public_url or not _within(chosen.host)):
        yield Finding(f"{PREFIX}CREATE_KEY is not set: anybody who finds this server may start boards.")


def _alike(chosen: Settings) -> Iterator[Finding]:
    if chosen.smart and not likeness.is_installed():
        yield Finding(f"{PREFIX}SMART is on, and what compares meanings is not installed: bin/setup tries it again.")


def _unknown(_: Settings) -> Iterator[Finding]:
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    for name in settings.unknown_names():
        close = get_close_matches(name.upper(), known, n=1, cutoff=0.8)
        yield Finding(f"{name} is no setting{f': is {close[0]} meant?' if close else '.'}")


def _within(host: str) -> bool:
    """Is it this machine only?"""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


QUESTIONS: Final[tuple[Callable[[Settings], Iterator[Finding]], ...]] = (
    _data,
    _key,
    checkup_database.database,
    checkup_database.processes,
    _broker,
    _port,
    _address,
    _believed,
    _frames,
    _open_to_all,
    _alike,
    _unknown,
)
