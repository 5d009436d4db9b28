"""The code lists of PAXLST and CUSRES that we read and write.

Sources: UN/EDIFACT D.02B to D.12B, WCO/IATA/ICAO PAXLST MIG v3.0 and v6.0, CUSRES MIG 2013.
"""

from typing import Final

from smartborder.model.passenger_list import Purpose, Role
from smartborder.model.reply import ReplyKind

PURPOSES: Final[dict[tuple[str, str], Purpose]] = {
    ("745", ""): "passenger-list",
    ("745", "CP"): "passenger-change",
    ("745", "XR"): "passenger-cancel",
    ("745", "RP"): "passenger-reduction",
    ("250", ""): "crew-list",
    ("250", "CC"): "crew-change",
    ("250", "BC"): "crew-change",
    ("250", "EC"): "crew-change",
    ("250", "FC"): "crew-change",
    ("266", ""): "flight-status",
    ("266", "CL"): "flight-close-out",
    ("266", "CLNB"): "flight-close-out",
    ("266", "CLOB"): "flight-close-out",
    ("266", "XF"): "flight-cancel",
    ("266", "CF"): "flight-change",
    ("336", ""): "master-crew-list",
    ("655", ""): "gate-pass",
}
"""BGM document name code and second element; an unlisted second element means that of ''."""

FUNCTIONS: Final[dict[str, frozenset[str]]] = {
    "745": frozenset({"", "CP", "XR", "RP"}),
    "250": frozenset({"", "A", "B", "BC", "C", "CC", "D", "E", "EC", "F", "FC"}),
    "266": frozenset({"", "CL", "CLNB", "CLOB", "XF", "CF"}),
    "336": frozenset({"", "G", "H", "I"}),
    "655": frozenset({""}),
}
"""Second BGM elements known for each document name code."""

NAME_CODES: Final[dict[Purpose, str]] = {
    purpose: name for (name, _), purpose in reversed(PURPOSES.items())
}
DEFAULT_FUNCTIONS: Final[dict[Purpose, str]] = {
    purpose: function for (_, function), purpose in reversed(PURPOSES.items())
}

ROLES: Final[dict[str, Role]] = {
    "FL": "passenger",
    "FM": "crew",
    "DDU": "in-transit-passenger",
    "DDT": "in-transit-crew",
}
PARTIES: Final[dict[Role, str]] = {role: code for code, role in ROLES.items()} | {
    "gate-pass-holder": "FL",
    "unknown": "ZZZ",
}

DEPARTURES: Final = frozenset({"125", "5", "005"})
ARRIVALS: Final = frozenset({"87", "130", "8", "008"})
STOPS: Final = frozenset({"92", "PT"})

REPLY_KINDS: Final[dict[str, ReplyKind]] = {
    "962": "reply",
    "132": "unsolicited",
    "312": "acknowledgement",
}

NO_NAME: Final = frozenset({"FNU", "UNK", "UNKNOWN", "NFN", "LNU", "NLN"})
"""Words that stand for a name that is not known (first name unknown, no last name ...)."""
