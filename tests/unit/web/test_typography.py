"""French signs stand apart from their word by a space that no line breaks at."""

import pytest

from smartborder.kernel.text import Text
from smartborder.web.filters import for_language
from smartborder.web.i18n import words
from smartborder.web.typography import unbroken


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Réponse : refus", "Réponse\u00a0: refus"),
        ("« Sans résultat » est utile :", "«\u00a0Sans résultat\u00a0» est utile\u00a0:"),
        ("Déjà arrivé :", "Déjà arrivé\u00a0:"),
        ("Intervalle à 95 %", "Intervalle à 95\u00a0%"),
        ("à 12:30, art. 259", "à 12:30, art. 259"),
        ("réponse : %(reply)s", "réponse\u00a0: %(reply)s"),
        ("à %(time)s", "à %(time)s"),
    ],
)
def test_french_spaces(written: str, shown: str) -> None:
    assert unbroken(written) == shown


def test_every_french_sentence_of_a_page_has_them_and_no_english_one() -> None:
    text = Text("Reply : no", "Réponse : refus")
    assert for_language("fr")["said"](text) == "Réponse\u00a0: refus"
    assert for_language("en")["said"](text) == "Reply : no"
    assert " :" not in words("fr").gettext("%(name)s proposes: %(outcome)s")
    assert " :" not in words("fr").gettext("Arrived already:")
