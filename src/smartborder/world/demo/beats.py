"""The twenty beats of the day, in order; one without a function shows 'not yet'."""

from collections.abc import Callable

import msgspec

from smartborder.kernel.text import Text
from smartborder.world.demo import (
    afternoon,
    audit,
    cable_cut,
    forbidden,
    hits,
    morning,
    query,
    redress,
)
from smartborder.world.demo.seen import Seen
from smartborder.world.demo.stage import Stage


class Beat(msgspec.Struct, frozen=True):
    """One beat: its number, its title, and what it does."""

    number: int
    title: Text
    play: Callable[[Stage], Seen] | None = None


BEATS: tuple[Beat, ...] = (
    Beat(1, Text("Two countries", "Deux pays"), morning.two_countries),
    Beat(2, Text("Queues fill", "Les files se remplissent"), morning.queues_fill),
    Beat(3, Text("A list, answered", "Une liste, une réponse"), morning.list_answered),
    Beat(4, Text("A damaged list", "Une liste abîmée"), morning.damaged_list),
    Beat(5, Text("Not OK", "Refus"), morning.not_ok),
    Beat(6, Text("Corrected", "Corrigé"), morning.corrected),
    Beat(7, Text("A look-alike", "Un sosie"), hits.look_alike),
    Beat(8, Text("Remembered", "Retenu"), hits.remembered),
    Beat(9, Text("A true hit", "Une vraie concordance"), hits.true_hit),
    Beat(10, Text("The originator confirms", "L'auteur confirme"), hits.confirmed),
    Beat(11, Text("A query", "Une demande"), query.fields_granted),
    Beat(12, Text("Two dates of law", "Deux dates de droit"), afternoon.two_dates),
    Beat(13, Text("A claimant", "Un demandeur d'asile"), query.claimant),
    Beat(14, Text("A forbidden scenario", "Un scénario interdit"), forbidden.refused),
    Beat(15, Text("The cable is pulled", "Le câble est débranché"), cable_cut.pulled),
    Beat(16, Text("The cable is back", "Le câble est rebranché"), cable_cut.back),
    Beat(17, Text("Close-out", "Clôture du vol"), afternoon.close_out),
    Beat(18, Text("No result", "Sans résultat"), afternoon.no_result),
    Beat(19, Text("Redress", "Réparation"), redress.redress),
    Beat(20, Text("The auditor", "Le vérificateur"), audit.auditor),
)
