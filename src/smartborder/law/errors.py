"""What can be wrong with a question put to the law."""

from smartborder.kernel.errors import InputError, StateError
from smartborder.kernel.text import Text


class UnknownRule(InputError):
    """No rule of that name; ``smartborder decide --list`` prints the names."""

    code = "law.unknown-rule"
    title = Text("No such rule", "Règle inexistante")
    status = 404


class RuleNotHere(InputError):
    """The rule exists, but not in the law of the country asked about."""

    code = "law.rule-not-here"
    title = Text("This country has no such rule", "Ce pays n'a pas cette règle")


class FactsUnusable(InputError):
    """A fact that is unknown to the rule, of the wrong shape, or impossible (30 February).

    Missing, partial or disputed facts are never an error: they make the verdict undetermined.
    """

    code = "law.facts-unusable"
    title = Text("The facts cannot be used", "Les faits sont inutilisables")


class UnknownProvision(InputError):
    """A citation that no law file of this country holds; a defect of the rule, not of the facts."""

    code = "law.unknown-provision"
    title = Text("Provision not on file", "Disposition absente du recueil")
    status = 500


class NotLawThen(InputError):
    """A rule needs a number or list that no section set on that day; the verdict is then open.

    ``evaluate`` answers it with ``undetermined``: what was law before has not been coded.
    """

    code = "law.not-law-then"
    title = Text("Not law on that day", "Disposition non en vigueur ce jour-là")

    def __init__(self, citation: str) -> None:
        """``citation``: the section that was not in force."""
        super().__init__(f"{citation} was not in force on that day")
        self.citation = citation


class LawFileUnusable(InputError):
    """A law file that cannot be read: the place and what is wrong are named."""

    code = "law.file-unusable"
    title = Text("Law file unusable", "Fichier de droit inutilisable")


class NotReviewed(StateError):
    """Production mode refuses a rule set that no named counsel has reviewed in this version."""

    code = "law.not-reviewed"
    title = Text("Rule set not reviewed by counsel", "Règles non révisées par un juriste")


class UnknownPower(InputError):
    """No power of that name is on file for this country."""

    code = "law.unknown-power"
    title = Text("No such power", "Pouvoir inexistant")
    status = 404
