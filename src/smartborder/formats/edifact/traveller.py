"""One traveller while their segments are being read."""

from typing import Any

from smartborder.model.passenger_list import Bags, Role, TravelDocument, Traveller


class Person:
    """The fields of one traveller, filled by segments in any order, made a record at the end."""

    __slots__ = ("document", "documents", "fields", "rank", "references", "start", "tags")

    def __init__(self, fields: dict[str, Any], start: int) -> None:
        self.fields = fields
        self.start = start
        self.rank = 0
        self.documents: list[TravelDocument] = []
        self.document: dict[str, Any] | None = None
        self.references: list[tuple[str, str]] = []
        self.tags: tuple[str, ...] = ()

    def open_document(self, kind: str | None, number: str | None) -> None:
        """A DOC segment begins a group of its own: its dates and places are no longer ours."""
        self.close_document()
        self.document = {"type": kind, "number": number}

    def close_document(self) -> None:
        """The document that was being read is complete."""
        if self.document is not None:
            self.documents.append(TravelDocument(**self.document))
            self.document = None

    def record(self, segment: str, end: int, role: Role | None = None) -> Traveller:
        """The traveller, valid whatever was missing."""
        self.close_document()
        fields = self.fields
        if role is not None and fields["role"] == "passenger":
            fields["role"] = role
        tags = self.tags
        count = fields.pop("bag_count", None)
        weight = fields.pop("bag_weight", None)
        if tags or count is not None or weight is not None:
            count = len(tags) if count is None and tags else count
            fields["bags"] = Bags(count=count, weight_kg=weight, tags=tags)
        for qualifier, value in self.references:
            if qualifier == "AVF":
                fields.setdefault("locator", value)
            elif qualifier == "ABO":
                fields.setdefault("reference", value)
            elif qualifier == "SEA":
                fields.setdefault("seat", value.lstrip("0") or value)
        return Traveller(
            **fields,
            documents=tuple(self.documents),
            references=tuple(self.references),
            segment=segment,
            raw=(self.start, end),
        )
