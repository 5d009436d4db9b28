"""Agreements as data: a document is compiled, then asked what may cross, and answers why.

``load`` gives a shipped agreement, ``compile_document`` any other, ``check`` the answer to
one request. ``smartborder agreement check`` and the exchange gate call the same function.
"""

from smartborder.agreements.compiled import Compiled, DocumentRefused, Problem
from smartborder.agreements.compiler import compile_document
from smartborder.agreements.evaluate import check
from smartborder.agreements.overview import Overview, overview
from smartborder.agreements.page import render_page
from smartborder.agreements.page_words import cite
from smartborder.agreements.request import decode_request
from smartborder.agreements.shipped import UnknownAgreement, all_ids, load, source
from smartborder.agreements.source import DocumentUnreadable
from smartborder.agreements.terms import custody_terms, delete_by
from smartborder.agreements.vocabulary import Vocabulary, vocabulary

__all__ = [
    "Compiled",
    "DocumentRefused",
    "DocumentUnreadable",
    "Overview",
    "Problem",
    "UnknownAgreement",
    "Vocabulary",
    "all_ids",
    "check",
    "cite",
    "compile_document",
    "custody_terms",
    "decode_request",
    "delete_by",
    "load",
    "overview",
    "render_page",
    "source",
    "vocabulary",
]
