"""One page per rule set, made from the rule, the law files and the cases: nothing by hand."""

from collections.abc import Mapping

from smartborder.law import registry
from smartborder.law.cases import Case, read_cases
from smartborder.law.citing import cited
from smartborder.law.provisions import Provision, provisions
from smartborder.law.rule import AnyRule

HEAD = "<!-- Made by `smartborder law pages` from rules, law files and cases. -->"


def all_pages(cases: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """File name -> Markdown, with an index. ``cases``: rule -> file name -> YAML text."""
    names = sorted({r.name for r in registry.ALL})
    pages = {
        f"{name}.md": page(
            name,
            tuple(
                case
                for file, text in sorted(cases.get(name, {}).items())
                for case in read_cases(text, name, file)
            ),
        )
        for name in names
    }
    pages["index.md"] = _index(names)
    return pages


def page(name: str, cases: tuple[Case, ...]) -> str:
    """The page of one rule set: question, words, law with its versions, facts, cases."""
    parts = [HEAD, "", f"# {name}", ""]
    for rule in (r for r in registry.ALL if r.name == name):
        mine = [c for c in cases if registry.find(name, c.country) is rule]
        parts += _country(rule, mine)
    return "\n".join(parts).rstrip() + "\n"


def _country(rule: AnyRule, cases: list[Case]) -> list[str]:
    info = rule.info
    lines = [
        f"## {info.country}: {info.title.en}",
        "",
        f"*{info.title.fr}*",
        "",
        "### Verdicts",
        "",
    ]
    lines += [
        f"- `{w.word}`{' (adverse)' if w.adverse else ''}: {w.means.en} / {w.means.fr}"
        for w in info.words
    ]
    lines += ["", "### Law", "", "| section | text | versions | confidence |", "|---|---|---|---|"]
    known = provisions(rule.pack)
    lines += [_provision(c, known[c]) for c in info.citations]
    lines += [
        "",
        f"### Cases ({len(cases)})",
        "",
        "| case | written from | on | as known | verdict |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {c.name} | {c.section} | {c.on} | {c.as_known} | `{c.expect.verdict}` |" for c in cases
    ]
    return [*lines, ""]


def _provision(citation: str, provision: Provision) -> str:
    versions = "; ".join(
        f"{v.start} (enacted {v.enacted}{', ' + v.reference if v.reference else ''})"
        f"{' (' + v.en + ' / ' + v.fr + ')' if v.en and v.fr else ''}"
        f"{' — ' + v.note if v.note else ''}"
        for v in provision.versions
    )
    return (
        f"| {_section(citation)} | {provision.en} / {provision.fr} | {versions or 'none so far'} "
        f"| {provision.confidence} |"
    )


def _section(citation: str) -> str:
    french = cited(citation, "fr")
    return citation if french == citation else f"{citation} / {french}"


def _index(names: list[str]) -> str:
    lines = [HEAD, "", "# Rule sets", "", "| rule | countries | question |", "|---|---|---|"]
    for name in names:
        rules = [r for r in registry.ALL if r.name == name]
        countries = " ".join(r.info.country for r in rules)
        title = rules[0].info.title
        lines.append(f"| [{name}]({name}.md) | {countries} | {title.en} / {title.fr} |")
    lines += [
        "",
        "[What a second hand found](second-hand.md) says what was checked against what;",
        "[Would a wrong rule be noticed?](mutation.md) how many spoilt rules the cases catch.",
    ]
    return "\n".join(lines) + "\n"
