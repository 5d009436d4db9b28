"""Writes the pages of this folder from the agreement documents: run it after changing one."""

from pathlib import Path

from smartborder import agreements
from smartborder.kernel.text import LANGUAGES

_INDEX = {
    "en": "# Agreements\n\nOne page for each, rendered from the document that the nodes run. "
    "Do not edit: run `python docs/reference/agreements/generate.py`.\n\n",
    "fr": "# Accords\n\nUne page par accord, tirée du document que les nœuds exécutent. "
    "Ne pas modifier : lancer `python docs/reference/agreements/generate.py`.\n\n",
}


def pages() -> dict[str, str]:
    """Every page of this folder by file name."""
    made: dict[str, str] = {}
    for language in LANGUAGES:
        index = _INDEX[language]
        for each in agreements.all_ids():
            compiled = agreements.load(each)
            made[f"{each}.{language}.md"] = agreements.render_page(compiled, language)
            index += f"- [{compiled.document.title.in_(language)}]({each}.{language}.md)\n"
        made[f"index.{language}.md"] = index
    return made


if __name__ == "__main__":
    for name, text in pages().items():
        (Path(__file__).parent / name).write_text(text, encoding="utf-8")
