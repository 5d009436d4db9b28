"""The one error tree. Every error a person or a system can meet has a stable code.

SmartborderError
├── InputError            the caller sent something unusable            (CLI exit 2, HTTP 4xx)
├── AccessError           the caller may not do this                    (HTTP 401/403)
├── StateError            what was asked does not fit the present state (HTTP 404/409/410)
├── LimitError            too much or too fast                          (HTTP 413/429)
└── EnvironmentFault      this machine lacks something                  (CLI exit 3, HTTP 503)

A concrete error is a subclass with four class attributes: ``code`` (stable,
``room.what-is-wrong``), ``title`` (EN and FR), ``status`` (HTTP) and, in the
docstring, what it means and what to do. ``docs/reference/errors.md`` is printed
from the tree by :func:`tree`.
"""

from collections.abc import Iterator
from typing import ClassVar

from smartborder.kernel.text import Text


class SmartborderError(Exception):
    """Root of the tree; never raised itself."""

    code: ClassVar[str] = "error"
    title: ClassVar[Text] = Text("Error", "Erreur")
    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 2

    def __init__(self, detail: str = "", **where: str | int | None) -> None:
        """``detail`` says what is wrong, where and what to do; ``where`` names the place.

        Neither may hold personal data: both are logged.
        """
        super().__init__(detail or self.title.en)
        self.detail = detail or self.title.en
        self.where = where


class InputError(SmartborderError):
    """What was sent or typed cannot be used."""

    code = "input.unusable"
    title = Text("Unusable input", "Données inutilisables")
    status = 400


class AccessError(SmartborderError):
    """The caller may not do this."""

    code = "access.refused"
    title = Text("Not allowed", "Accès refusé")
    status = 403


class StateError(SmartborderError):
    """What was asked does not fit the present state of the record."""

    code = "state.conflict"
    title = Text("Not possible in this state", "Impossible dans cet état")
    status = 409


class LimitError(SmartborderError):
    """Too much, or too fast."""

    code = "limit.exceeded"
    title = Text("Limit exceeded", "Limite dépassée")
    status = 429


class EnvironmentFault(SmartborderError):
    """This machine or installation lacks something; ``smartborder doctor`` says what."""

    code = "environment.missing"
    title = Text("Something is missing here", "Il manque un élément ici")
    status = 503
    exit_code = 3


def tree(root: type[SmartborderError] = SmartborderError) -> Iterator[type[SmartborderError]]:
    """Every error class below ``root`` that has been imported, root first, in code order."""
    yield root
    for child in sorted(root.__subclasses__(), key=lambda c: c.code):
        yield from tree(child)
