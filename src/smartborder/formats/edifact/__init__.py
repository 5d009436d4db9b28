"""EDIFACT passenger messages: PAXLST and CUSRES, read and written."""

from smartborder.formats.edifact.assemble import Assembled, assemble
from smartborder.formats.edifact.charset import decode
from smartborder.formats.edifact.cusres_write import write_cusres
from smartborder.formats.edifact.paxlst_write import write_paxlst
from smartborder.formats.edifact.raw_segments import raw_segments
from smartborder.formats.edifact.reading import EmptyBody, Message, read_messages
from smartborder.formats.edifact.write import NotWritable

__all__ = [
    "Assembled",
    "EmptyBody",
    "Message",
    "NotWritable",
    "assemble",
    "decode",
    "raw_segments",
    "read_messages",
    "write_cusres",
    "write_paxlst",
]
