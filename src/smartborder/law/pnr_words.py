"""What can be said of access to an element of a booking record, in every country."""

from smartborder.kernel.text import Text
from smartborder.law.rule import UNDETERMINED, Word

PNR_WORDS = (
    Word(word="full", means=Text("The element is shown.", "L'élément est affiché.")),
    UNDETERMINED,
    Word(
        word="masked",
        means=Text(
            "Shown as masked, with the rule and the way to lift it.",
            "Affiché masqué, avec la règle et la façon de lever le masque.",
        ),
    ),
    Word(
        word="authorization-needed",
        means=Text(
            "Only the person the rule names may authorize it.",
            "Seule la personne que la règle désigne peut l'autoriser.",
        ),
    ),
    Word(
        word="refused",
        means=Text("Not for this official or purpose.", "Ni pour ce fonctionnaire ni à cette fin."),
    ),
    Word(
        word="purged",
        means=Text(
            "Must be gone, index and backups included.",
            "Doit avoir disparu, index et copies de secours compris.",
        ),
    ),
)
