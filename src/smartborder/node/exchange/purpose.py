"""The purpose of a question to the partner: it is that of the case in hand, and checked here only.

Whoever asks the partner acts in a transaction bound to a case. What the transaction was opened
for must be what the case was opened for; the purpose under an agreement follows from that and is
never chosen. Behind it stands row security, forced on every table: a transaction that names no
purpose sees no rows and writes none.
"""

from smartborder.kernel.errors import AccessError
from smartborder.kernel.text import Text
from smartborder.node.store.session import Session

UNDER_AGREEMENT = dict.fromkeys(("passenger-information", "lookouts"), "authorised-to-travel")
"""Purpose of a case, opened by a list or by a look-out -> purpose under visa and immigration
information sharing (IRPR 315.23(1)(b))."""


class NotOfTheCase(AccessError):
    """The transaction is for another purpose than the case: open the case itself, and ask there."""

    code = "query.purpose-not-of-case"
    title = Text("Purpose is not that of the case", "Fin autre que celle du dossier")


def agreed_purpose(s: Session, purpose: str, case: str) -> str:
    """The purpose under the agreement for a case opened for ``purpose``; '' where it has none.

    Raises:
        NotOfTheCase: the transaction was opened for something else, or is bound to another case.

    """
    if (s.purpose, s.case) != (purpose, case):
        raise NotOfTheCase("ask in the case, for what the case is for", case=case)
    return UNDER_AGREEMENT.get(purpose, "")
