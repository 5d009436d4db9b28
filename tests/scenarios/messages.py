"""Small messages as an airline sends them, one value changed at a time."""

from datetime import UTC, datetime

AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def person(reference="TR0000001", surname="MARCHAND", given="CAMILLE", *, document="12AB34567",
           birth="850314", nationality="FRA", locator="ABC123", extra=""):  # fmt: skip
    return (
        f"NAD+FL+++{surname}:{given}'ATT+2++F'DTM+329:{birth}'LOC+178+CDG'LOC+179+YUL'"
        f"NAT+2+{nationality}'RFF+AVF:{locator}'RFF+ABO:{reference}'"
        f"DOC+P:110:111+{document}'DTM+36:301231'LOC+91+{nationality}'{extra}"
    )


def paxlst(reference="REF1", *, carrier="AF", number="344", to="YUL", bgm="745", share=None,
           departs="2611241330", arrives="2611241510", people=None, part=""):  # fmt: skip
    people = person() if people is None else people
    leaves = f"DTM+189:{departs}:201'" if departs else ""
    lands = f"DTM+232:{arrives}:201'" if arrives else ""
    legs = f"LOC+125+CDG'{leaves}LOC+87+{to}'{lands}"
    flights = f"TDT+20+{carrier}{number}+++{carrier}'{legs}"
    if share:
        flights += f"TDT+20+{share}+++{share[:2]}'{legs}"
    body = (
        f"UNH+1+PAXLST:D:02B:UN:IATA{part}'BGM+{bgm}'RFF+TN:{reference}'NAD+MS+++DCS'COM+331:TE'"
        f"{flights}{people}CNT+42:{people.count('NAD+')}'"
    )
    return (
        f"UNA:+.? 'UNB+UNOA:4+AFHOST+SBCAN+261124:1000+{reference}++APIS'{body}"
        f"UNT+{body.count(chr(39)) + 1}+1'UNZ+1+{reference}'"
    ).encode()
