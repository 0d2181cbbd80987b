"""OpenFisca-core as a rival: vectors, and no "not known"."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl
from openfisca_core import periods
from openfisca_core.entities import Entity
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.rivals import UNKNOWN_DAY, Dialect, Rules, Specs, write
from simpul.engines.rules import FactKind, FactSpec, Node

UNKNOWN_CHOICE = "unknown_"

NUMPY = Dialect(
    fact=lambda name: f"c['{name}']",
    day=lambda day: f"np.datetime64('{day}')",
    choice=lambda name, code: f"E['{name}']['{code}']",
    conjunction=" & ",
    disjunction=" | ",
    negation="~",
    at_least=lambda needed, parts: (
        "((" + " + ".join(f"{p}.astype('int8')" for p in parts) + f") >= {needed})"
    ),
    readings=lambda parts: "(" + " & ".join(parts) + ")",
)


class OpenFisca:
    """OpenFisca-core with one variable for each fact and a formula for each rule; inputs are set in every run."""

    def __init__(self, people: pl.DataFrame, rules: Rules, specs: Specs, on: date) -> None:
        self.count, self.codes = people.height, list(rules)
        person = Entity("person", "persons", "", "")
        self.system = TaxBenefitSystem([person])
        self.enums: dict[str, Any] = {}
        for spec in specs.values():
            self.system.add_variable(self._input(spec, person))
        for code, node in rules.items():
            self.system.add_variable(self._formula(code, node, person, on))
        self.arrays = {spec.name: self._array(people, spec) for spec in specs.values()}

    def _input(self, spec: FactSpec, person: Entity) -> type:
        common = {"entity": person, "definition_period": periods.DateUnit.ETERNITY, "label": spec.name}
        match spec.kind:
            case FactKind.BOOL:
                special: dict[str, Any] = {"value_type": bool}
            case FactKind.NUMBER:
                special = {"value_type": int}
            case FactKind.DATE:
                special = {"value_type": date, "default_value": UNKNOWN_DAY}
            case FactKind.CHOICE:
                members = {code: code for code in (*spec.choices, UNKNOWN_CHOICE)}
                enum = self.enums[spec.name] = Enum(f"E_{spec.name}", members)
                special = {"value_type": Enum, "possible_values": enum, "default_value": enum[UNKNOWN_CHOICE]}
        return type(spec.name, (Variable,), {**common, **special})

    def _formula(self, code: str, node: Node, person: Entity, on: date) -> type:
        text = compile(write(node, NUMPY, on), code, "eval")
        needed, enums = sorted(node.facts()), self.enums

        def formula(persons: Any, period: Any) -> Any:
            columns = {name: persons(name, period) for name in needed}
            return eval(text, {"c": columns, "np": np, "E": enums})

        fields = {
            "entity": person,
            "definition_period": periods.DateUnit.MONTH,
            "value_type": bool,
            "label": code,
        }
        return type(_variable(code), (Variable,), {**fields, "formula": formula})

    def _array(self, people: pl.DataFrame, spec: FactSpec) -> Any:
        column = people.get_column(spec.name)
        match spec.kind:
            case FactKind.BOOL:
                return column.fill_null(value=False).to_numpy()
            case FactKind.NUMBER:
                return column.fill_null(0).to_numpy().astype(np.int32)
            case FactKind.DATE:
                return column.fill_null(UNKNOWN_DAY).to_numpy().astype("datetime64[D]")
            case FactKind.CHOICE:
                codes = column.to_physical().cast(pl.Int16).fill_null(len(spec.choices)).to_numpy()
                return EnumArray(codes, self.enums[spec.name])

    def judge(self) -> dict[str, Any]:
        simulation = SimulationBuilder().build_default_simulation(self.system, self.count)
        for name, values in self.arrays.items():
            simulation.get_holder(name).set_input(periods.DateUnit.ETERNITY, values)
        return {code: simulation.calculate(_variable(code), "2026-11") for code in self.codes}


def _variable(code: str) -> str:
    return "rule_" + "".join(sign if sign.isalnum() else "_" for sign in code)
