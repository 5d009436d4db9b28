"""A country is a data pack. Code asks the pack; it never asks which country it is."""

from functools import cache
from typing import Any

import msgspec

from smartborder.kernel.errors import InputError
from smartborder.kernel.resources import ResourceMissing, read_yaml
from smartborder.kernel.text import Language, Text
from smartborder.model.iso3166 import ALPHA2_TO_ALPHA3


class UnknownCountryPack(InputError):
    """No pack of that name is installed; the neutral pack serves any other country."""

    code = "country.no-pack"
    title = Text("No data pack for this country", "Aucun jeu de données pour ce pays")


class Retention(msgspec.Struct, frozen=True, kw_only=True):
    """How long one class of record is kept, and the law that says so."""

    days: int
    citation: str


class Port(msgspec.Struct, frozen=True, kw_only=True):
    """An airport, seaport or land port: IATA or own code, zone, name in both languages."""

    code: str
    zone: str
    country: str
    name: Text


class ReplyRow(msgspec.Struct, frozen=True, kw_only=True):
    """How this country codes one reply meaning in CUSRES."""

    code: str
    text: Text


class CountryPack(msgspec.Struct, frozen=True, kw_only=True):
    """What differs from country to country, as data.

    Attributes:
        code: ISO 3166 alpha-2 of the node's country (any, for the neutral pack).
        alpha3: ISO 3166 alpha-3, as used in records.
        languages: languages of the screens, first one first.
        edifact_id: how carriers address this node in UNB.
        replies: CUSRES code per meaning.
        retention: record class -> how long.
        law: rule -> the pack whose rules this node applies.
        delegations: check -> the office on whose delegation its rule may answer a carrier alone.
        oldest_minutes: list, register, partner -> how old it may be before checks count as
            incomplete. The partner says hello every ten seconds.

    """

    code: str
    alpha3: str
    name: Text
    languages: tuple[Language, ...]
    edifact_id: str
    accent: str
    time_zone: str
    replies: dict[str, ReplyRow]
    retention: dict[str, Retention]
    law: dict[str, str]
    delegations: dict[str, str] = {}
    close_out_alarm_minutes: int = 30
    oldest_minutes: dict[str, int] = msgspec.field(
        default_factory=lambda: {"list": 7 * 24 * 60, "register": 24 * 60, "partner": 1}
    )
    help_desk: Text


@cache
def load_country(code: str) -> CountryPack:
    """The pack for a country; the neutral pack, renamed, where there is none of its own.

    Raises:
        UnknownCountryPack: if ``code`` is not two letters.

    """
    if len(code) != 2 or not code.isalpha():
        raise UnknownCountryPack("--country takes an ISO 3166 alpha-2 code, such as CA")
    name = code.lower()
    try:
        data: dict[str, Any] = read_yaml("smartborder.countries", f"{name}/pack.yaml")
    except ResourceMissing:
        ours = code.upper()
        data = {
            **read_yaml("smartborder.countries", "neutral/pack.yaml"),
            "code": ours,
            # ISO 3166 keeps XAA-XZZ for its users: the code of what is no country of its list.
            "alpha3": ALPHA2_TO_ALPHA3.get(ours, f"X{ours}"),
        }
    return msgspec.convert(data, CountryPack)
