"""Red lines that hold for every agreement, whatever its document says: code, not settings."""

from smartborder.kernel.text import Text
from smartborder.model.agreement import Clause

NAME_ONLY = Clause(
    id="red-line-2",
    effect="bar",
    refusal="must",
    text=Text(
        "A match on a name alone never leaves the building.",
        "Une correspondance fondée sur le seul nom ne sort jamais d’ici.",
    ),
    citation="Red line 2",
    confidence="law",
    when={"match_basis": "name-only"},
)
ORIGIN = Clause(
    id="red-line-5",
    effect="bar",
    refusal="must",
    text=Text(
        "That a protection case exists never reaches the person's own country or the country "
        "they fear.",
        "L’existence d’un dossier de protection ne parvient jamais au pays de la personne ni au "
        "pays qu’elle craint.",
    ),
    citation="Red line 5; 8 CFR 208.6",
    confidence="excerpt",
    when={
        "any": [
            {"citizenships": {"any_of": ["$to"]}},
            {"alleges_persecution_in": {"any_of": ["$to"]}},
        ]
    },
)
MISTREATMENT = Clause(
    id="red-line-8",
    effect="bar",
    refusal="must",
    text=Text(
        "Nothing is asked for, sent or used at a substantial risk of mistreatment; no urgency "
        "overrides this.",
        "Rien n’est demandé, transmis ni utilisé s’il existe un risque sérieux de mauvais "
        "traitements; aucune urgence n’y déroge.",
    ),
    citation="Avoiding Complicity in Mistreatment by Foreign Entities Act, directions under s. 3",
    confidence="law",
    when={"mistreatment_risk": "substantial"},
)
"""A risk not yet assessed is barred by the agreements on intelligence themselves."""

FREE_TEXT = Clause(
    id="free-text",
    effect="bar",
    refusal="must",
    text=Text(
        "Free text never crosses automatically; no clause lets it cross unread.",
        "Le texte libre ne passe jamais automatiquement; aucune clause ne le laisse passer non lu.",
    ),
    citation="IRPR 315.24 (our reading)",
    confidence="memory",
)
DEFAULT = Clause(
    id="default",
    effect="bar",
    refusal="must",
    text=Text(
        "No clause permits this field here: what is not permitted is withheld.",
        "Aucune clause ne permet ce champ ici : ce qui n’est pas permis est retenu.",
    ),
    citation="Deny by default",
    confidence="law",
)
