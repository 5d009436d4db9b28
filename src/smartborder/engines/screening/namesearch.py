"""All listed names in the form in which they are searched, compared and weighed."""

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from smartborder.engines.screening.align import WIDTH, align
from smartborder.engines.screening.candidates import Candidates
from smartborder.engines.screening.features import Matrix, features
from smartborder.engines.screening.frequency import Frequency
from smartborder.engines.screening.lexicon import Lexicon
from smartborder.engines.screening.names import NameKey
from smartborder.engines.screening.variants import variants
from smartborder.engines.screening.wordkeys import fold
from smartborder.engines.screening.words import Floats, Ints, Words


class Compared(msgspec.Struct, frozen=True):
    """Pairs of a query and a listed name, by number, with one row of features each."""

    query: Ints
    name: Ints
    rows: Matrix


class NameSearch:
    """Names of one snapshot."""

    def __init__(
        self, keys: Sequence[NameKey], weak: NDArray[np.bool_], like: Frequency | None = None
    ) -> None:
        """``keys`` are the listed names, none without words; ``weak`` marks low-quality ones.

        With ``like``, words tell as much as these counts say.
        """
        self.keys = keys
        self.lexicon: Lexicon = Lexicon(keys, like)
        self._rows = _word_rows(keys, self.lexicon)
        self._joined = ["".join(key.words) for key in keys]
        self._bones = [_bones(key) for key in keys]
        self._count = np.array([len(key.words) for key in keys], dtype=np.int32)
        self._weak = weak
        self._vowelless = np.array([key.vowelless for key in keys], dtype=bool)
        self.candidates = Candidates(keys, self.lexicon)

    def compare(self, queries: Sequence[NameKey], *, exhaustive: bool = False) -> Compared:
        """Every query with the listed names worth comparing (with all that share anything)."""
        tried: list[NameKey] = []
        owner: list[int] = []
        for number, query in enumerate(queries):
            for form in (query, *variants(query, self.lexicon)):
                tried.append(form)
                owner.append(number)
        form_at, name = self.candidates.find(tried, exhaustive=exhaustive)
        if not len(name):
            empty = np.empty(0, dtype=np.int32)
            return Compared(empty, empty, np.empty((0, 0), dtype=np.float32))
        used = np.unique(form_at)
        forms = [tried[i] for i in used.tolist()]
        at = np.searchsorted(used, form_at)
        words, weight, rows, listed = self._words(forms, self._rows[name])
        pair = align(words, weight, rows[at], listed)
        joined = ["".join(form.words) for form in forms]
        bones = [_bones(form) for form in forms]
        at_list, name_list = at.tolist(), name.tolist()
        table = features(
            pair,
            [joined[i] for i in at_list],
            [self._joined[i] for i in name_list],
            [bones[i] for i in at_list],
            [self._bones[i] for i in name_list],
            (np.array([len(f.words) for f in forms], dtype=np.int32)[at], self._count[name]),
            self._weak[name],
            np.array([f.vowelless for f in forms], dtype=bool)[at] ^ self._vowelless[name],
            self._forms(forms, at_list, name_list),
            self._numbers(forms, at_list, name_list),
        )
        return Compared(np.array(owner, dtype=np.int32)[form_at], name, table)

    def _forms(
        self, forms: Sequence[NameKey], queries: list[int], names: list[int]
    ) -> NDArray[np.int8]:
        """Whether legal forms agree (1), contradict (-1) or are not on both sides (0)."""
        agree = np.zeros(len(queries), dtype=np.int8)
        if any(form.forms for form in forms):
            for at, (i, j) in enumerate(zip(queries, names, strict=True)):
                ours, theirs = forms[i].forms, self.keys[j].forms
                if ours and theirs:
                    agree[at] = 1 if ours & theirs else -1
        return agree

    def _numbers(
        self, forms: Sequence[NameKey], queries: list[int], names: list[int]
    ) -> NDArray[np.bool_]:
        """Whether both names hold numbers and none in common: Brigade 44 and Brigade 45."""
        apart = np.zeros(len(queries), dtype=bool)
        ours = [frozenset(w for w in form.words if w.isdigit()) for form in forms]
        if any(ours):
            for at, (i, j) in enumerate(zip(queries, names, strict=True)):
                if ours[i]:
                    theirs = {w for w in self.keys[j].words if w.isdigit()}
                    apart[at] = bool(theirs) and not ours[i] & theirs
        return apart

    def _words(self, forms: Sequence[NameKey], listed: Ints) -> tuple[Words, Floats, Ints, Ints]:
        """The words in play with their weights, and both sides by their numbers among these.

        The lexicon has as many words as all lists together; one query meets a few of them.
        """
        lexicon = self.lexicon
        extra: dict[str, int] = {}
        base = len(lexicon.number)
        rows = np.full((len(forms), WIDTH), -1, dtype=np.int32)
        for row, key in enumerate(forms):
            for column, word in enumerate(key.words[:WIDTH]):
                at = lexicon.number.get(word)
                rows[row, column] = (
                    at if at is not None else extra.setdefault(word, base + len(extra))
                )
        marks = np.zeros(base + 1, dtype=bool)  # the last stands for new words and for none
        marks[np.minimum(rows, base)] = marks[listed] = True
        met = np.nonzero(marks[:base])[0].astype(np.int32)
        new = list(extra)
        place = np.full(base + len(new) + 1, -1, dtype=np.int32)
        place[met] = np.arange(len(met))
        place[base:-1] = len(met) + np.arange(len(new))
        weight = np.concatenate([lexicon.weight[met], lexicon.weigh(new)])
        return lexicon.words.picked(met, Words(new)), weight, place[rows], place[listed]


def _bones(key: NameKey) -> str:
    return "".join(sorted(fold(w) for w in key.words))


def _word_rows(keys: Sequence[NameKey], lexicon: Lexicon) -> Ints:
    """Word numbers of each name, shape (names, WIDTH), padded with -1."""
    rows = np.full((len(keys), WIDTH), -1, dtype=np.int32)
    for row, key in enumerate(keys):
        words = key.words[:WIDTH]
        rows[row, : len(words)] = [lexicon.number[w] for w in words]
    return rows
