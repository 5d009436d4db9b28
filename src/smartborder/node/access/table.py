"""The table itself: each act, in words, and which role may do it under which condition."""

from collections.abc import Mapping

from smartborder.kernel.text import Text
from smartborder.node.access.vocabulary import Act, Condition, Entry, Role

_R = Role


def _entry(
    en: str,
    fr: str,
    *,
    always: tuple[Role, ...] = (),
    assigned: tuple[Role, ...] = (),
    other_person: tuple[Role, ...] = (),
    owner: tuple[Role, ...] = (),
) -> Entry:
    return Entry(
        Text(en, fr),
        {
            **dict.fromkeys(always, Condition.ALWAYS),
            **dict.fromkeys(assigned, Condition.ASSIGNED),
            **dict.fromkeys(other_person, Condition.OTHER_PERSON),
            **dict.fromkeys(owner, Condition.OWNER),
        },
    )


TABLE: Mapping[Act, Entry] = {
    Act.QUEUE_SEE: _entry(
        "See the queue",
        "Voir la file",
        always=(_R.OFFICER, _R.SUPERVISOR, _R.CARRIER_DESK, _R.SECONDARY),
    ),
    Act.CASE_SEE: _entry(
        "Open a case",
        "Ouvrir un dossier",
        always=(_R.OFFICER, _R.SUPERVISOR, _R.CARRIER_DESK, _R.SECONDARY, _R.COUNSEL),
    ),
    Act.CASE_CLAIM: _entry(
        "Take a case from the queue",
        "Prendre un dossier dans la file",
        always=(_R.OFFICER, _R.SUPERVISOR),
    ),
    Act.CASE_HAND_OVER: _entry(
        "Hand a case over to a named colleague",
        "Remettre un dossier à un collègue nommé",
        always=(_R.SUPERVISOR,),
        assigned=(_R.OFFICER,),
    ),
    Act.CASE_REASSIGN: _entry(
        "Take a case away from somebody and give it to another",
        "Retirer un dossier à quelqu'un et le confier à un autre",
        always=(_R.SUPERVISOR,),
    ),
    Act.HIT_DECIDE: _entry(
        "Decide a hit: same person or not",
        "Trancher une concordance : même personne ou non",
        assigned=(_R.OFFICER, _R.SUPERVISOR),
    ),
    Act.REPLY_DECIDE: _entry(
        "Decide or change the reply to a carrier",
        "Décider ou changer la réponse au transporteur",
        assigned=(_R.OFFICER, _R.SUPERVISOR),
    ),
    Act.DECISION_SECOND: _entry(
        "Give the second decision where the law asks for two",
        "Donner la deuxième décision quand la loi en exige deux",
        other_person=(_R.OFFICER, _R.SUPERVISOR),
    ),
    Act.FLIGHT_SEE: _entry(
        "See flights and who is on them",
        "Voir les vols et leurs voyageurs",
        always=(_R.OFFICER, _R.SUPERVISOR, _R.CARRIER_DESK, _R.SECONDARY),
    ),
    Act.TRAVELLER_SEE: _entry(
        "Open a traveller's record",
        "Ouvrir la fiche d'un voyageur",
        always=(_R.OFFICER, _R.SUPERVISOR, _R.CARRIER_DESK, _R.SECONDARY, _R.PRIVACY_OFFICER),
    ),
    Act.MESSAGE_SEE: _entry(
        "Read a message as it was received",
        "Lire un message tel que reçu",
        always=(_R.OFFICER, _R.SUPERVISOR, _R.CARRIER_DESK, _R.COUNSEL),
    ),
    Act.ARRIVAL_SEE: _entry(
        "Look up an arriving traveller",
        "Chercher un voyageur à l'arrivée",
        always=(_R.OFFICER, _R.SUPERVISOR, _R.SECONDARY),
    ),
    Act.ARRIVAL_REFER: _entry(
        "Refer an arriving traveller to secondary",
        "Diriger un voyageur vers l'examen secondaire",
        always=(_R.OFFICER, _R.SUPERVISOR),
    ),
    Act.SECONDARY_SEE: _entry(
        "See referrals to secondary",
        "Voir les renvois à l'examen secondaire",
        always=(_R.SECONDARY, _R.SUPERVISOR),
    ),
    Act.SECONDARY_RECORD: _entry(
        "Record the outcome of secondary",
        "Consigner le résultat de l'examen secondaire",
        always=(_R.SECONDARY, _R.SUPERVISOR),
    ),
    Act.LOOKOUT_SEE: _entry(
        "See look-outs",
        "Voir les signalements",
        always=(_R.LOOKOUT_OWNER, _R.SUPERVISOR, _R.PRIVACY_OFFICER, _R.COUNSEL),
    ),
    Act.LOOKOUT_WRITE: _entry(
        "Write a look-out",
        "Rédiger un signalement",
        always=(_R.LOOKOUT_OWNER,),
    ),
    Act.LOOKOUT_CHANGE: _entry(
        "Change, review or withdraw a look-out",
        "Modifier, réviser ou retirer un signalement",
        always=(_R.SUPERVISOR,),
        owner=(_R.LOOKOUT_OWNER,),
    ),
    Act.LOOKOUT_CONFIRM: _entry(
        "Confirm or refuse an encounter with our look-out",
        "Confirmer ou refuser une rencontre liée à notre signalement",
        always=(_R.LOOKOUT_OWNER,),
    ),
    Act.LIST_IMPORT: _entry(
        "Import a list",
        "Importer une liste",
        always=(_R.LOOKOUT_OWNER, _R.SUPERVISOR),
    ),
    Act.SCREEN_ASK: _entry(
        "Ask whether somebody is on a list named for this system",
        "Demander si quelqu'un figure sur une liste ouverte à ce système",
        always=(_R.SCREENING_SYSTEM,),
    ),
    Act.PARTNER_REQUEST: _entry(
        "Ask the partner about one confirmed hit",
        "Interroger le partenaire sur une concordance confirmée",
        assigned=(_R.OFFICER, _R.SUPERVISOR),
    ),
    Act.PARTNER_ANSWER: _entry(
        "Answer a partner's request held for a person",
        "Répondre à une demande du partenaire retenue pour décision",
        always=(_R.SUPERVISOR, _R.PRIVACY_OFFICER),
    ),
    Act.CARRIER_SEE: _entry(
        "See carriers, their pending replies and message health",
        "Voir les transporteurs, leurs réponses en attente et l'état des messages",
        always=(_R.CARRIER_DESK, _R.SUPERVISOR, _R.OFFICER),
    ),
    Act.CARRIER_OVERRIDE: _entry(
        "Override a not-ok after a call-back",
        "Passer outre un refus après rappel téléphonique",
        always=(_R.CARRIER_DESK, _R.SUPERVISOR),
    ),
    Act.CARRIER_ACKNOWLEDGE: _entry(
        "Record a carrier's acknowledgement",
        "Consigner l'accusé de réception d'un transporteur",
        always=(_R.CARRIER_DESK, _R.SUPERVISOR),
    ),
    Act.CARRIER_ADMIT: _entry(
        "Register a carrier's client, its keys and its test results",
        "Inscrire le client d'un transporteur, ses clés et ses essais",
        always=(_R.CARRIER_DESK, _R.ADMINISTRATOR),
    ),
    Act.DISCLOSURE_MAKE: _entry(
        "Print or export: a logged, marked disclosure",
        "Imprimer ou exporter : communication consignée et marquée",
        always=(_R.OFFICER, _R.SUPERVISOR, _R.SECONDARY, _R.LOOKOUT_OWNER, _R.PRIVACY_OFFICER),
    ),
    Act.FIGURES_SEE: _entry(
        "See workload, hit rates and error rates",
        "Voir la charge, les taux de concordance et d'erreur",
        always=(
            _R.ANALYST,
            _R.SUPERVISOR,
            _R.OFFICER,
            _R.LOOKOUT_OWNER,
            _R.PRIVACY_OFFICER,
            _R.AUDITOR,
            _R.COUNSEL,
            _R.CARRIER_DESK,
        ),
    ),
    Act.AUDIT_SEE: _entry(
        "See who saw what, for which case",
        "Voir qui a vu quoi, pour quel dossier",
        always=(_R.AUDITOR, _R.PRIVACY_OFFICER),
    ),
    Act.LEDGER_EXPORT: _entry(
        "Export the ledger for verification",
        "Exporter le registre pour vérification",
        always=(_R.AUDITOR,),
    ),
    Act.AGREEMENT_SEE: _entry(
        "Read agreements",
        "Lire les accords",
        always=(
            _R.OFFICER,
            _R.SUPERVISOR,
            _R.ANALYST,
            _R.LOOKOUT_OWNER,
            _R.PRIVACY_OFFICER,
            _R.AUDITOR,
            _R.COUNSEL,
        ),
    ),
    Act.AGREEMENT_SIGN: _entry(
        "Sign an agreement for this node",
        "Signer un accord pour ce nœud",
        always=(_R.COUNSEL,),
    ),
    Act.LAW_SEE: _entry(
        "Read rules, their sections and cases",
        "Lire les règles, leurs articles et leurs cas",
        always=(
            _R.OFFICER,
            _R.SUPERVISOR,
            _R.ANALYST,
            _R.CARRIER_DESK,
            _R.SECONDARY,
            _R.LOOKOUT_OWNER,
            _R.PRIVACY_OFFICER,
            _R.AUDITOR,
            _R.COUNSEL,
        ),
    ),
    Act.LAW_REVIEW: _entry(
        "Put one's name to the review of a rule",
        "Signer la révision d'une règle",
        always=(_R.COUNSEL,),
    ),
    Act.DETERMINATION_SEE: _entry(
        "See determinations of law (removal, membership, residency ...)",
        "Voir les décisions de droit (renvoi, adhésion, résidence...)",
        always=(_R.SECONDARY, _R.SUPERVISOR),
    ),
    Act.DETERMINATION_DECIDE: _entry(
        "Record facts and decide a determination of law",
        "Consigner des faits et trancher une décision de droit",
        always=(_R.SECONDARY, _R.SUPERVISOR),
    ),
    Act.CLAIM_SEE: _entry(
        "See claims for protection; to others they do not exist",
        "Voir les demandes d'asile; pour les autres, elles n'existent pas",
        always=(_R.SECONDARY, _R.SUPERVISOR),
    ),
    Act.CLAIM_DECIDE: _entry(
        "Conduct the interview and decide on a claim for protection",
        "Mener l'entrevue et statuer sur une demande d'asile",
        always=(_R.SECONDARY, _R.SUPERVISOR),
    ),
    Act.LISTING_SEE: _entry(
        "See the listing register",
        "Voir le registre des inscriptions",
        always=(_R.LOOKOUT_OWNER, _R.SUPERVISOR, _R.PRIVACY_OFFICER, _R.COUNSEL),
    ),
    Act.LISTING_DECIDE: _entry(
        "Record facts and decide on a listing or a freezing duty",
        "Consigner des faits et statuer sur une inscription ou une obligation de gel",
        always=(_R.LOOKOUT_OWNER,),
    ),
    Act.NOTICE_SEE: _entry(
        "See which advance notices of listings name one, or audit their openings",
        "Voir les préavis d'inscription où l'on est nommé, ou en vérifier les ouvertures",
        always=(
            _R.OFFICER,
            _R.SUPERVISOR,
            _R.LOOKOUT_OWNER,
            _R.PRIVACY_OFFICER,
            _R.AUDITOR,
            _R.COUNSEL,
        ),
    ),
    Act.NOTICE_OPEN: _entry(
        "Open an advance notice of a listing that names one, or that is released",
        "Ouvrir un préavis d'inscription où l'on est nommé, ou dont l'embargo est levé",
        always=(_R.OFFICER, _R.SUPERVISOR, _R.LOOKOUT_OWNER, _R.COUNSEL),
    ),
    Act.NOTICE_WITHDRAW: _entry(
        "Withdraw an advance notice of ours that names one, before its release",
        "Retirer avant sa levée un préavis d'inscription de notre pays où l'on est nommé",
        always=(_R.OFFICER, _R.SUPERVISOR, _R.LOOKOUT_OWNER, _R.COUNSEL),
    ),
    Act.REDRESS_SEE: _entry(
        "See complaints and corrections",
        "Voir les plaintes et les corrections",
        always=(_R.PRIVACY_OFFICER, _R.COUNSEL),
    ),
    Act.REDRESS_DECIDE: _entry(
        "Correct a record or answer a complaint",
        "Corriger une fiche ou répondre à une plainte",
        always=(_R.PRIVACY_OFFICER,),
    ),
    Act.RECORD_DESTROY: _entry(
        "Order the early destruction of a record",
        "Ordonner la destruction anticipée d'un enregistrement",
        always=(_R.PRIVACY_OFFICER,),
    ),
    Act.USER_MANAGE: _entry(
        "Manage accounts and roles",
        "Gérer les comptes et les rôles",
        always=(_R.ADMINISTRATOR,),
    ),
    Act.NODE_SEE: _entry(
        "See the state of this node",
        "Voir l'état de ce nœud",
        always=(_R.ADMINISTRATOR, _R.SUPERVISOR, _R.AUDITOR),
    ),
}
