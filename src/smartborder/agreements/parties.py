"""How a sentence names a party: ``the law of the United States``, ``le droit des États-Unis``."""

from smartborder.kernel.text import Text

_OF = {
    "AUS": Text("of Australia", "de l’Australie"),
    "CAN": Text("of Canada", "du Canada"),
    "GBR": Text("of the United Kingdom", "du Royaume-Uni"),
    "NZL": Text("of New Zealand", "de la Nouvelle-Zélande"),
    "USA": Text("of the United States", "des États-Unis"),
}
"""The parties of the agreements that ship, with the article that each takes."""


def of_party(country: str) -> Text:
    """What belongs to a party, ``of Canada``; one without words here shows its code."""
    return _OF.get(country, Text(f"of {country}", f"de {country}"))
