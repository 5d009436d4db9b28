"""Synthetic people: nobody in the demo, the tests or the pictures is real.

Names are drawn from common given names and surnames of a place and combined at random from a
seed, so the same seed always gives the same people.
"""

from datetime import date, timedelta
from random import Random

import msgspec

from smartborder.model.passenger_list import Bags, Sex, TravelDocument, Traveller

_NAMES: dict[str, tuple[str, str, str]] = {
    "FRA": (
        "CAMILLE CHLOE MANON INES JULIETTE CLEMENCE AURORE ELODIE MAELLE SOLENE",
        "LUCAS HUGO THEO MATHIS BASTIEN REMI GAETAN YANN LOIC FLORIAN",
        "MARCHAND LEFORT GIRAUDET BONNAFOUS DELORME ROUSSEL CHARPENTIER VASSEUR TANGUY LECOMTE",
    ),
    "CAN": (
        "EMMA OLIVIA ROSALIE FLORENCE NOEMIE SARAH KATE MEGAN ALICE ZOE",
        "WILLIAM LIAM NATHAN SAMUEL FELIX JACOB OWEN ETHAN XAVIER TRISTAN",
        "TREMBLAY MACDONALD GAGNON FRASER BOUCHARD PELLETIER CAMPBELL ROY BEAULIEU MORIN",
    ),
    "USA": (
        "AVA HARPER MADISON ABIGAIL NORA ELENA GRACE HANNAH LEAH STELLA",
        "NOAH MASON LOGAN CARTER WYATT DYLAN ISAAC JULIAN AARON COLE",
        "ANDERSON WHITAKER HOLLOWAY REYNOLDS BRADSHAW CALLOWAY PRESCOTT WINSLOW MERCER HADLEY",
    ),
    "GBR": (
        "IMOGEN BEATRICE FREYA POPPY ELOISE HARRIET ISLA MATILDA ORLA WINIFRED",
        "ALFIE ARCHIE RUPERT CALLUM ANGUS DEXTER EWAN FINLAY GETHIN RHYS",
        "ASHDOWN PEMBERTON KIRKBRIDE HARGREAVES LLEWELLYN MACKAY OAKLEY RADCLIFFE STROUD",
    ),
    "MAR": (
        "SALMA IMANE KHADIJA NADIA SOUKAINA HAJAR FATIMA MERYEM ZINEB LOUBNA",
        "YASSINE OMAR ANASS REDA HAMZA ILYAS MEHDI BILAL TARIK SAAD",
        "BENJELLOUN ELAMRANI TAZI ALAOUI BERRADA LAHLOU CHRAIBI SEBTI KETTANI FASSI",
    ),
    "DEU": (
        "ANNIKA LENA JOHANNA GRETA FRIEDA MAREIKE SVENJA THERESA WIEBKE ANTONIA",
        "JONAS FABIAN TORBEN LENNART MORITZ NIKLAS OSKAR SEBASTIAN TILL VINCENT",
        "BRANDT HOFMEISTER KRAUSE LINDEMANN MEISSNER OSTERMANN PETERSEN REINHARDT STEINBACH VOGEL",
    ),
    "IND": (
        "ANANYA DIYA KAVYA MEERA NANDINI PRIYA RADHIKA SHREYA TANVI VIDYA",
        "ADITYA ARJUN DEVESH KARAN MANISH NIKHIL PRANAV ROHIT SANJAY VIVEK",
        "AGARWAL BHATT CHAUDHARI DESHPANDE GUPTA IYER KULKARNI MENON NAIR SUBRAMANIAN",
    ),
    "BRA": (
        "BEATRIZ CAMILA FERNANDA GABRIELA ISADORA JULIANA LARISSA MARIANA RAFAELA VITORIA",
        "BRENO CAIO DIEGO EDUARDO FELIPE GUSTAVO HENRIQUE MURILO RENATO THIAGO",
        "ALMEIDA BARBOSA CARDOSO DUARTE FIGUEIREDO GUIMARAES MACHADO NOGUEIRA QUEIROZ TEIXEIRA",
    ),
}
NATIONALITIES = tuple(_NAMES)
MIX = {"FRA": 52, "CAN": 26, "GBR": 5, "USA": 6, "MAR": 4, "DEU": 4, "IND": 2, "BRA": 1}
"""Share (per cent) of nationalities on a flight from Paris, a round guess and not a statistic."""


_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_DIGITS = "0123456789"


class Population:
    """A source of synthetic travellers."""

    def __init__(self, seed: int, *, today: date) -> None:
        self._random = Random(seed)  # noqa: S311  # synthetic people, not secrets
        self._today = today
        self._used: set[str] = set()

    def traveller(self, nationality: str | None = None, *, locator: str | None = None) -> Traveller:
        """One adult traveller with a passport valid for years."""
        r = self._random
        nationality = nationality or r.choices(tuple(MIX), tuple(MIX.values()))[0]
        women, men, surnames = _NAMES[nationality]
        sex: Sex = r.choice(("F", "M"))
        given = r.choice((women if sex == "F" else men).split())
        if r.random() < 0.35:
            given += " " + r.choice((women if sex == "F" else men).split())
        born = self._today - timedelta(days=r.randrange(19 * 365, 78 * 365))
        expires = self._today + timedelta(days=r.randrange(240, 3600))
        reference = self._fresh("TR", 7)
        locator = locator or self.locator()
        return Traveller(
            role="passenger",
            surname=r.choice(surnames.split()),
            given_names=given,
            sex=sex,
            birth_date=born.isoformat(),
            nationality=nationality,
            residence=nationality,
            documents=(
                TravelDocument(type="P", number=self._passport(), issuer=nationality,
                               expires=expires.isoformat()),
            ),
            locator=locator,
            reference=reference,
            references=(("AVF", locator), ("ABO", reference)),
            bags=Bags(count=r.choice((0, 1, 1, 1, 2))),
            verified=True,
        )  # fmt: skip

    def locator(self) -> str:
        """A fresh six-character record locator."""
        return self._fresh("", 6)

    def party(self, count: int) -> list[Traveller]:
        """``count`` travellers, some of them under one booking, seated in order.

        Raises ValueError for more than an aircraft's 534 seats.
        """
        people: list[Traveller] = []
        while len(people) < count:
            size = min(self._random.choices((1, 2, 3, 4), (55, 30, 8, 7))[0], count - len(people))
            locator = self.locator()
            people.extend(self.traveller(locator=locator) for _ in range(size))
        seats = [f"{row}{letter}" for row in range(10, 99) for letter in "ABCDEF"]
        if count > len(seats):
            raise ValueError(f"{count} travellers, {len(seats)} seats")
        return [msgspec.structs.replace(p, seat=s) for p, s in zip(people, seats, strict=False)]

    def _passport(self) -> str:
        r = self._random
        return f"{r.randrange(10, 99)}{r.choice(_LETTERS)}{self._fresh('', 6, _DIGITS)}"

    def _fresh(self, prefix: str, length: int, letters: str = _LETTERS + _DIGITS) -> str:
        while True:
            made = prefix + "".join(self._random.choice(letters) for _ in range(length))
            if made not in self._used:
                self._used.add(made)
                return made
