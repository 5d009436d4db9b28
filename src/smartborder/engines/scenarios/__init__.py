"""Targeting scenarios: what may be written into one, and the compiler that holds it. Pure.

A scenario describes a journey, never a kind of people: a person's sex, age, nationality,
birthplace, religion, origin, health, disability or orientation cannot be named in it, nor what
stands in for them. That is an error of compilation, not a warning and not a setting.
"""

from smartborder.engines.scenarios.compiling import ScenarioRefused, compile_scenario
from smartborder.engines.scenarios.scenario import Scenario

__all__ = ["Scenario", "ScenarioRefused", "compile_scenario"]
