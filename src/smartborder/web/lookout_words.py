"""What the words of a look-out mean, for people: bases, instructions, caveats, kinds.

The look-outs' own pages and the desk read the same table, so that one instruction has one wording.
"""

from smartborder.kernel.text import Text
from smartborder.model.lookout import Basis, Instruction
from smartborder.model.screening import Kind

BASIS_NAMES: dict[Basis, Text] = {
    "warrant": Text("Warrant", "Mandat"),
    "removal-order": Text("Removal order", "Mesure de renvoi"),
    "prior-refusal": Text("Prior refusal", "Refus antérieur"),
    "security-inadmissibility": Text(
        "Inadmissible: security", "Interdiction de territoire : sécurité"
    ),
    "organised-crime-inadmissibility": Text(
        "Inadmissible: organised crime", "Interdiction de territoire : criminalité organisée"
    ),
    "serious-criminality": Text(
        "Inadmissible: serious criminality", "Interdiction de territoire : grande criminalité"
    ),
    "war-crimes-inadmissibility": Text(
        "Inadmissible: war crimes", "Interdiction de territoire : crimes de guerre"
    ),
    "lost-or-stolen-document": Text("Lost or stolen document", "Document perdu ou volé"),
    "customs-contravention": Text("Customs contravention", "Infraction douanière"),
    "missing-person": Text("Missing person", "Personne disparue"),
    "child-welfare": Text("Welfare of a child", "Bien-être d'un enfant"),
    "un-resolution": Text("United Nations resolution", "Résolution des Nations Unies"),
    "sanctions-listing": Text("Sanctions listing", "Inscription sur une liste de sanctions"),
}

INSTRUCTION_NAMES: dict[Instruction, Text] = {
    "board-and-refer": Text("Board and refer", "Embarquer, puis diriger vers l'examen secondaire"),
    "hold-reply": Text("Hold reply", "Retenir la réponse"),
    "protective": Text("Protect the person", "Protéger la personne"),
    "silent": Text("Silent: nobody is told", "Discret : personne n'est avisé"),
    "officer-safety": Text("Officer safety", "Sécurité des agents"),
}

CAVEAT_NAMES: dict[str, Text] = {
    "originator-control": Text("Originator control", "Sous le contrôle de l'auteur"),
    "no-onward-transfer": Text("Not to be passed on", "Ne pas retransmettre"),
    "border-use-only": Text("For use at the border only", "Usage à la frontière seulement"),
    "officer-safety": Text("Officer safety", "Sécurité des agents"),
}

KIND_NAMES: dict[Kind, Text] = {
    "person": Text("Person", "Personne"),
    "organisation": Text("Organisation", "Organisme"),
    "vessel": Text("Vessel", "Navire"),
}

CHANGE_NAMES: dict[str, Text] = {
    "created": Text("New look-out", "Nouveau signalement"),
    "corrected": Text("Correction", "Correction apportée"),
    "reviewed": Text("Review", "Révision"),
}
