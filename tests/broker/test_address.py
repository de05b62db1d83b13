"""The broker's address: what is accepted, and the one sentence for each that is not, or leads nowhere."""

import asyncio

import pytest

from app import settings
from app.broker.reaching import trouble
from app.checkup import findings, listed, masked
from app.settings import BadSettings
from tests import redis
from tests.redis import free_port


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("redis://localhost", "redis://localhost"),
        ("valkey://:geheim@broker:6379/1", "redis://:geheim@broker:6379/1"),
        ("valkeys://me:geheim@broker", "rediss://me:geheim@broker"),
        ("rediss://broker?ssl_ca_certs=/etc/ca.pem", "rediss://broker?ssl_ca_certs=/etc/ca.pem"),
        ("unix:///run/valkey.sock?db=2", "unix:///run/valkey.sock?db=2"),
    ],
)
def test_addresses_of_redis_and_valkey_are_taken(given, taken):
    assert settings.load(broker_url=given).broker_url == taken


@pytest.mark.parametrize(
    "given",
    [
        "broker:6379",
        "http://broker:6379",
        "redis://",
        "redis://:geheim@",
        "redis://broker:99999",
        "redis://broker:port",
        "redis://broker/first",
        "redis://broker?password=geheim",
        "unix://here",
    ],
)
def test_others_are_refused_in_one_sentence_without_a_secret(given):
    with pytest.raises(BadSettings) as refused:
        settings.load(broker_url=given)
    said = str(refused.value)
    assert said.startswith("FLIPCHART_BROKER_URL cannot be used: ") and said.endswith(".")
    assert said.count(". ") == 0 and "\n" not in said and "geheim" not in said.replace("name:password@", "")


@pytest.mark.parametrize("number", ["first", "-1", "9999999999", "0?db=first"])
def test_a_database_that_is_no_number_is_said_to_be_none(number):
    with pytest.raises(BadSettings, match="comes the number of a database, such as 0"):
        settings.load(broker_url=f"redis://broker/{number}")


def _said(url: str, tmp_path) -> list[str]:
    chosen = settings.load(broker_url=url, data=tmp_path, port=0)
    found = [each for each in findings(chosen, None) if "BROKER" in each.sentence]
    assert not any(each.stops for each in found), "a broker that is away stops no start"
    assert not any("geheim" in line for line in [*listed(chosen, None), *(each.sentence for each in found)])
    return [each.sentence for each in found]


def test_the_checkup_tries_the_broker_and_says_what_is_wrong_with_it(tmp_path):
    with redis.server("geheim") as running:
        assert _said(running.url, tmp_path) == []
        (wrong,) = _said(running.url.replace(":geheim@", ":geheimer@"), tmp_path)
        (none,) = _said(running.url.replace(":geheim@", ""), tmp_path)
        assert (
            wrong
            == none
            == (
                "FLIPCHART_BROKER_URL leads to no broker that can be used: "
                "the password is refused, or may not publish, subscribe and run scripts."
            )
        )
        (numbered,) = _said(running.url.removesuffix("0") + "99", tmp_path)
        assert numbered.endswith("used: it has no database of the number that stands after the host.")
        running.freeze()
        assert asyncio.run(trouble(running.url, patience=0.2)) == "who is there does not answer in time"
    (nobody,) = _said(f"redis://127.0.0.1:{free_port()}", tmp_path)
    assert nobody.endswith("nobody answers there.")


def test_the_password_is_masked():
    assert masked("broker_url", "redis://:geheim@broker:6379/0") == "redis://********@broker:6379/0"
