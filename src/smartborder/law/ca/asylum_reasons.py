"""The sentences an officer reads when the eligibility rule has answered, and what follows."""

from smartborder.kernel.text import Text
from smartborder.law.provisions import View
from smartborder.model.reason import Reason


def _why(code: str, en: str, fr: str, citation: str) -> Reason:
    return Reason(code=f"asylum.{code}", detail=Text(en, fr), citation=citation)


RECEIVE = Text(
    "The claim is received whatever the answer here.",
    "La demande est reçue quelle que soit la réponse ici.",
)
REFER = Text(
    "Refer the claim to the Refugee Protection Division.",
    "Déférer la demande à la Section de la protection des réfugiés.",
)
PRRA_MAY_BE_OPEN = Text(
    "Tell the person that a pre-removal risk assessment may be open to them.",
    "Informer la personne qu'un examen des risques avant renvoi peut lui être ouvert.",
)
PRRA_OPEN = Text(
    "Not returned to the United States on this ground; a pre-removal risk assessment is open "
    "before any removal.",
    "Pas de retour aux États-Unis pour ce motif; un examen des risques avant renvoi est ouvert "
    "avant tout renvoi.",
)
PRRA_HEARING = Text(
    "A pre-removal risk assessment with a hearing is open before any removal.",
    "Un examen des risques avant renvoi, avec audience, est ouvert avant tout renvoi.",
)
PRRA_WAIT = Text(
    "A pre-removal risk assessment is open once the waiting period after the last refusal has "
    "passed.",
    "Un examen des risques avant renvoi est ouvert une fois passé le délai suivant le dernier "
    "refus.",
)
PRRA_RESTRICTED = Text(
    "A pre-removal risk assessment is open with restricted grounds and effect.",
    "Un examen des risques avant renvoi est ouvert, aux motifs et effets restreints.",
)
ALREADY_PROTECTED = Text(
    "The person keeps the protection already conferred.",
    "La personne conserve l'asile déjà conféré.",
)
RETURN_TO_RECOGNIZING = Text(
    "Return is to the country that recognized the person, after checking that it will admit them.",
    "Le renvoi se fait au pays qui a reconnu la personne, après s'être assuré qu'il l'admettra.",
)
RETURN_TO_US = Text(
    "Return is to the United States (115(3)); no pre-removal risk assessment (112(2)(b)).",
    "Le renvoi se fait aux États-Unis (115(3)); pas d'examen des risques avant renvoi (112(2)b)).",
)
FOLLOWS = {
    "IRPA 101(1)(a)": (ALREADY_PROTECTED,),
    "IRPA 101(1)(b)": (PRRA_WAIT,),
    "IRPA 101(1)(b.1)": (PRRA_OPEN,),
    "IRPA 101(1)(b.2)": (PRRA_OPEN,),
    "IRPA 101(1)(c)": (PRRA_WAIT,),
    "IRPA 101(1)(c.1)": (PRRA_HEARING,),
    "IRPA 101(1)(d)": (RETURN_TO_RECOGNIZING,),
    "IRPA 101(1)(e)": (RETURN_TO_US,),
    "IRPA 101(1)(f)": (PRRA_RESTRICTED,),
}
REMOVAL_ORDER = _why(
    "removal-order",
    "The person is under a removal order and may not make a claim inside Canada.",
    "La personne est visée par une mesure de renvoi et ne peut faire de demande au Canada.",
    "IRPA 99(3)",
)
SUSPENDED = _why(
    "suspended",
    "Eligibility is suspended until the hearing or the court has decided.",
    "La recevabilité est suspendue jusqu'à la décision de l'enquête ou du tribunal.",
    "IRPA 100(2)",
)
NOT_ALL_ASKED = _why(
    "not-all-asked",
    "Not every bar of section 101 has been asked about.",
    "Les motifs d'irrecevabilité de l'article 101 n'ont pas tous été examinés.",
    "IRPA 101(1)",
)
FEAR_NOT_ASKED = _why(
    "fear-not-asked",
    "A bar seems to apply, but the person has not been asked what they fear if returned; nothing "
    "adverse may be proposed before that.",
    "Un motif semble s'appliquer, mais on n'a pas demandé à la personne ce qu'elle craint en cas "
    "de renvoi; rien de défavorable ne peut être proposé auparavant.",
    "IRPA 100(1.1)",
)
ELIGIBLE = _why(
    "eligible",
    "No bar of section 101 applies.",
    "Aucun motif d'irrecevabilité de l'article 101 ne s'applique.",
    "IRPA 101(1)",
)


def ineligible(law: View, citation: str) -> Reason:
    """This bar applies; the sentence is the provision's own paraphrase."""
    rendered = law.find(citation)
    detail = rendered.text if rendered is not None else ELIGIBLE.detail
    return Reason(code="asylum.ineligible", detail=detail, citation=citation)
