"""Drawing pages: our templates, the component library beside them, two languages."""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    ChainableUndefined,
    Environment,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    select_autoescape,
)
from markupsafe import Markup

from smartborder.kernel.text import Language
from smartborder.web import filters, typography
from smartborder.web.i18n import words

STATIC = Path(__file__).parent / "static"


class Components:
    """The component library: ``{{ govuk.button({"text": _("Save")}) }}``.

    Its templates lean on values that may be absent, ours must not: hence two environments.
    """

    def __init__(self) -> None:
        self._environment = Environment(
            loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            undefined=ChainableUndefined,
            autoescape=select_autoescape(),
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def __getattr__(self, name: str) -> Callable[..., Markup]:
        """The component ``name`` (``errorSummary`` for ``error-summary``)."""
        if name.startswith("_"):
            raise AttributeError(name)
        return _component(self._environment, name)


@cache
def _component(environment: Environment, name: str) -> Callable[..., Markup]:
    folder = "".join(f"-{c.lower()}" if c.isupper() else c for c in name)
    template = environment.get_template(f"govuk_frontend_jinja/components/{folder}/macro.html")
    macro: Callable[..., Markup] = getattr(template.module, f"govuk{name[0].upper()}{name[1:]}")
    return macro


@cache
def environment(language: Language) -> Environment:
    """Our templates in one language. An absent value is an error, never an empty place."""
    made = Environment(
        loader=PackageLoader("smartborder.web", "templates"),
        undefined=StrictUndefined,
        autoescape=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    known = words(language)
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        known.gettext, known.ngettext, newstyle=True, pgettext=known.pgettext
    )
    made.globals.update(
        govuk=Components(), static=static, lang=language, colon=typography.COLON[language]
    )
    made.filters.update(filters.for_language(language))
    return made


@cache
def static(name: str) -> str:
    """The address of one of our files, with a mark that changes when the file does."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def draw(language: Language, template: str, context: dict[str, Any]) -> str:
    """A template with its values, as HTML."""
    return environment(language).get_template(template).render(context)
