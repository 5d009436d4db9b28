"""An officer decides; the law has only proposed."""

import msgspec

from smartborder.kernel.errors import InputError, StateError
from smartborder.kernel.text import Language, Text
from smartborder.model.reason import Compared, Reason
from smartborder.node.access.users import User
from smartborder.node.determinations.asking import is_adverse
from smartborder.node.determinations.decided import Decided
from smartborder.node.determinations.interviewing import missing
from smartborder.node.determinations.keeping import ChangedMeanwhile, File
from smartborder.node.store.session import Session

LEAST = 15
LONGEST = 4000
"""Characters of an officer's own reasons."""
UNTRANSLATED = Text(
    "(written in French; a translation is to be attached) {said}",
    "(rédigé en anglais; une traduction est à joindre) {said}",
)
REDRESS = Text(
    "The person may ask this office to look at the decision again, in writing and in either"
    " official language, and may ask a lawyer what other remedies there are.",
    "La personne peut demander par écrit à ce bureau, dans l'une ou l'autre langue officielle, de"
    " revoir la décision, et demander à un avocat quels autres recours existent.",
)
"""Where the rule set itself names none."""


class OutcomeUnknown(InputError):
    """Choose one of the outcomes of this rule set; 'undetermined' is none."""

    code = "determination.outcome"
    title = Text("No such outcome", "Issue inexistante")


class ReasonsNeeded(InputError):
    """Write your reasons: at least 15 characters, at most 4000."""

    code = "determination.reasons"
    title = Text("Reasons needed", "Motifs requis")


class NotBorneOut(StateError):
    """An adverse decision must be what the law proposes on the recorded facts, all of them asked.

    Record the missing facts or interview entries first; a decision in the person's favour can
    be taken at any time.
    """

    code = "determination.not-borne-out"
    title = Text("Not borne out by the facts", "Non étayé par les faits")


def decide(
    s: Session,
    officer: User,
    file: File,
    outcome: str,
    words: str,
    *,
    seen: int,
    other: str = "",
    language: Language = "en",
) -> Decided:
    """Record an officer's decision on the newest version of the facts.

    ``words`` are the officer's reasons in ``language``, ``other`` the same in the other official
    language; without them the notice says there that a translation is to be attached.

    Raises:
        OutcomeUnknown, ReasonsNeeded: the decision as sent is incomplete.
        ChangedMeanwhile: facts were recorded that the officer has not seen.
        NotBorneOut: an adverse outcome without a proposal, or an interview, that bears it.

    """
    proposal = file.proposal
    word = next((w for w in proposal.info.words if w.word == outcome), None)
    if word is None or outcome == "undetermined":
        raise OutcomeUnknown("choose an outcome", field="outcome")
    said, translated = " ".join(words.split()), " ".join(other.split())
    if len(translated) > LONGEST:
        raise ReasonsNeeded(f"at most {LONGEST} characters", field="other-words")
    if not LEAST <= len(said) <= LONGEST:
        raise ReasonsNeeded(f"{LEAST} to {LONGEST} characters", field="words")
    if seen != file.now.number:
        raise ChangedMeanwhile("other facts were recorded since the page was opened")
    if is_adverse(proposal.info, outcome):
        _borne_out(file, outcome)
    verdict = proposal.verdict
    own = Reason(
        code="determination.officer",
        detail=_in_both(said, translated, language),
        compared=Compared(ours=verdict.verdict, theirs=outcome),
    )
    same = verdict.reasons if outcome == verdict.verdict else ()
    made = Decided(
        id=s.new_id("decision"), file=file.id, version=seen, outcome=outcome, author=officer.id,
        author_name=officer.name, reasons=(*same, own), redress=verdict.redress or REDRESS,
        at=s.now, supersedes=file.decisions[0].id if file.decisions else None,
    )  # fmt: skip
    _append(s, made)
    return made


def _in_both(said: str, translated: str, language: Language) -> Text:
    """The officer's reasons; a translation that is wanting is said to be."""
    if language == "en":
        return Text(said, translated or UNTRANSLATED.fr.format(said=said))
    return Text(translated or UNTRANSLATED.en.format(said=said), said)


def _borne_out(file: File, outcome: str) -> None:
    if file.now.verdict.verdict != outcome:
        raise NotBorneOut(f"on the recorded facts the law does not propose '{outcome}'")
    if lacking := missing(file):
        raise NotBorneOut(f"the interview lacks: {', '.join(lacking)}")


def _append(s: Session, made: Decided) -> None:
    s.insert(
        "determinations.decision",
        ("id", "file", "version", "outcome", "author_kind", "author", "author_name", "reasons",
         "redress", "supersedes", "at"),
        [(made.id, made.file, made.version, made.outcome, made.author_kind, made.author,
          made.author_name, msgspec.Raw(msgspec.json.encode(made.reasons)),
          msgspec.Raw(msgspec.json.encode(made.redress)), made.supersedes, made.at)],
    )  # fmt: skip
    s.leaf("decision", made.id, {"file": made.file, "version": made.version,
                                 "outcome": made.outcome, "author": made.author})  # fmt: skip
    s.saw("determination", [made.file], "decided")
