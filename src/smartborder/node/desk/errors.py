"""What can stand in the way at the desk."""

from smartborder.kernel.errors import InputError, StateError
from smartborder.kernel.text import Text


class CaseTaken(StateError):
    """Another officer holds this case; ask for it to be handed over, or wait until it is free."""

    code = "desk.case-taken"
    title = Text("Somebody else has this case", "Ce dossier est déjà pris")


class CaseClosed(StateError):
    """The case was closed meanwhile; open it to see how."""

    code = "desk.case-closed"
    title = Text("This case is closed", "Ce dossier est fermé")


class AlreadyDecided(StateError):
    """This was decided meanwhile; the page shows by whom."""

    code = "desk.already-decided"
    title = Text("Already decided", "Déjà tranché")


class StillOpen(StateError):
    """A hit or a reply of this case is still to be decided; decide it, then the case closes."""

    code = "desk.still-open"
    title = Text("Something is still to be decided", "Il reste quelque chose à trancher")


class ReasonNeeded(InputError):
    """Choose a reason, or write one of at least ten characters."""

    code = "desk.reason-needed"
    title = Text("A reason is needed", "Un motif est nécessaire")


class OutcomeUnknown(InputError):
    """The form names a decision or an outcome that does not exist; reload the page."""

    code = "desk.outcome-unknown"
    title = Text("No such outcome", "Ce résultat n'existe pas")


class SecondPersonNeeded(StateError):
    """The same person cannot give both decisions: a colleague must give the second one."""

    code = "desk.second-person"
    title = Text("Another person must agree", "L'accord d'une autre personne est requis")


class CallNotVerified(InputError):
    """An override needs the number that was called back and the name of who answered."""

    code = "desk.call-not-verified"
    title = Text("Call back first", "Rappelez d'abord")


class Departed(StateError):
    """The flight has left: the reply to the carrier no longer matters, the arrival does."""

    code = "desk.departed"
    title = Text("The flight has departed", "Le vol est parti")


class ColleagueUnknown(InputError):
    """Choose an officer or a supervisor with an open account."""

    code = "desk.colleague-unknown"
    title = Text("No such colleague", "Collègue inconnu")


class PersonUnusable(InputError):
    """A surname is needed; a birth date is written 1985-03-14, a nationality by its code."""

    code = "desk.person-unusable"
    title = Text("Check what was typed", "Vérifiez la saisie")


class DocumentNeeded(InputError):
    """Scan the machine-readable zone, or type the document number."""

    code = "desk.document-needed"
    title = Text("No document", "Aucun document")
