"""What every decision about a refugee claim says of its notice and of redress."""

from smartborder.kernel.text import Text

NOTICE = Text(
    "Written decision with reasons, handed to the claimant; nothing goes to the country of origin.",
    "Décision écrite et motivée, remise au demandeur; rien n'est communiqué au pays d'origine.",
)
REDRESS = Text(
    "Application for leave and judicial review in the Federal Court. The time limit is short and "
    "runs from the day you are told: ask a lawyer at once.",
    "Demande d'autorisation et de contrôle judiciaire à la Cour fédérale. Le délai est bref et "
    "court du jour où vous êtes avisé : consultez un avocat sans attendre.",
)
