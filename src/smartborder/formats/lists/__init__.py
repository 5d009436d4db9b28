"""Lists of people, organisations, vessels and documents to screen against. Pure.

for item in read_list("sdn.csv", stream, parts={"alt": alt_stream}):
    ...  # ListEntry or Finding
"""

from smartborder.formats.lists.delta import EntryChange, FieldChange, ListDelta, lists_delta
from smartborder.formats.lists.detect import ListFormat, detect_list
from smartborder.formats.lists.draft import content_hash
from smartborder.formats.lists.ftm import Withdrawn, read_ftm_delta, write_ftm, write_ftm_delta
from smartborder.formats.lists.lookouts import lookout_entry
from smartborder.formats.lists.reading import group_files, read_list
from smartborder.formats.lists.source import Source, UnknownList
from smartborder.formats.lists.territory import alpha3

__all__ = [
    "EntryChange",
    "FieldChange",
    "ListDelta",
    "ListFormat",
    "Source",
    "UnknownList",
    "Withdrawn",
    "alpha3",
    "content_hash",
    "detect_list",
    "group_files",
    "lists_delta",
    "lookout_entry",
    "read_ftm_delta",
    "read_list",
    "write_ftm",
    "write_ftm_delta",
]
