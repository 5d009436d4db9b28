"""How people name a party: ``United States``; in a sentence, ``le droit des États-Unis``."""

from smartborder.kernel.text import Text

_NAMES = {
    "AUS": Text("Australia", "Australie"),
    "CAN": Text("Canada", "Canada"),
    "GBR": Text("United Kingdom", "Royaume-Uni"),
    "NZL": Text("New Zealand", "Nouvelle-Zélande"),
    "USA": Text("United States", "États-Unis"),
}
_OF = {
    "AUS": Text("of Australia", "de l’Australie"),
    "CAN": Text("of Canada", "du Canada"),
    "GBR": Text("of the United Kingdom", "du Royaume-Uni"),
    "NZL": Text("of New Zealand", "de la Nouvelle-Zélande"),
    "USA": Text("of the United States", "des États-Unis"),
}
"""The parties of the agreements that ship, with the article that each takes."""


def name_of_party(country: str) -> Text:
    """A party on a label, without article; one without words here shows its code."""
    return _NAMES.get(country, Text(country, country))


def of_party(country: str) -> Text:
    """What belongs to a party, ``of Canada``; one without words here shows its code."""
    return _OF.get(country, Text(f"of {country}", f"de {country}"))
