"""One traveller while their segments are being read."""

from typing import Any

from smartborder.model.passenger_list import Bags, Role, TravelDocument, Traveller


class Person:
    """The fields of one traveller, filled segment by segment, made a record at the end."""

    __slots__ = ("begun", "documents", "fields", "references", "start", "tags")

    def __init__(self, fields: dict[str, Any], start: int, begun: int) -> None:
        """``start`` is the offset in the text, ``begun`` the index of the first segment."""
        self.fields = fields
        self.start = start
        self.begun = begun
        self.documents: list[dict[str, Any]] = []
        self.references: list[tuple[str, str]] = []
        self.tags: tuple[str, ...] = ()

    def refer(self, qualifier: str, value: str) -> bool:
        """Add a reference; False if it was there already."""
        if (qualifier, value) in self.references:
            return False
        self.references.append((qualifier, value))
        if qualifier == "AVF":
            self.fields.setdefault("locator", value)
        elif qualifier == "ABO":
            self.fields.setdefault("reference", value)
        elif qualifier == "SEA":
            self.fields.setdefault("seat", value.lstrip("0") or value)
        return True

    def record(self, segment: str, end: int, role: Role | None = None) -> Traveller:
        """The traveller, valid whatever was missing; ``role`` replaces 'passenger'."""
        fields = self.fields
        if role is not None and fields["role"] == "passenger":
            fields["role"] = role
        if self.tags or "bag_count" in fields or "bag_weight" in fields:
            count = fields.pop("bag_count", len(self.tags) or None)
            fields["bags"] = Bags(
                count=count, weight_kg=fields.pop("bag_weight", None), tags=self.tags
            )
        fields["documents"] = tuple([TravelDocument(**d) for d in self.documents])
        fields["references"] = tuple(self.references)
        fields["segment"] = segment
        fields["raw"] = (self.start, end)
        return Traveller(**fields)
