"""Reads the rules from their folder and proves each: facts exist, conditions fit, tables have no undeclared gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from knowledge.errors import KnowledgeError
from knowledge.loader import ASKS_SUFFIX, load_asks, placed_cite
from knowledge.model import Cite, Fact, Knowledge, RuleUnit
from knowledge.strict_yaml import YamlFile, convert, read_yaml
from rules.arithmetic import BadFormula, check_formula
from rules.calendars import BadMonthDay, check_calendar
from rules.conditions import BadCondition
from rules.model import Calendar, Formula, Rule, Table
from rules.program import Program, compile_rule
from rules.tables import BadTable, check_table

ROOT = Path(__file__).resolve().parent / "base"


@dataclass
class RuleBase:
    """All rules by id, compiled, beside the knowledge whose facts they use."""

    knowledge: Knowledge
    programs: dict[str, Program] = field(default_factory=dict)
    files: dict[str, YamlFile] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Program]:
        return iter(self.programs.values())


def load_rules(knowledge: Knowledge, root: Path | None = None, asks: bool = False) -> RuleBase:
    """Load all rules under `root` (default: rules/base). Registers them as units with the knowledge.

    Raises KnowledgeError for the first fault.
    """
    root = root or ROOT
    base = RuleBase(knowledge)
    for path in sorted(root.rglob("*.yml")):
        if not path.name.endswith(ASKS_SUFFIX):
            _load_rule(path, base)
    for program in base:
        _check_links(program.rule, base)
    if asks:
        load_asks(root, knowledge)
    return base


def _load_rule(path: Path, base: RuleBase) -> None:
    file = read_yaml(path)
    program = read_rule(file, base.knowledge.facts)
    rule = program.rule
    if rule.rule in base.programs:
        first = base.files[rule.rule].path
        raise file.error("$.rule", "each rule id once", f"{rule.rule!r} again (first in {first})", "Rename one.")
    base.programs[rule.rule] = program
    base.files[rule.rule] = file
    unit = RuleUnit(
        id=rule.rule, subject=rule.subject, aspect=rule.aspect, title=rule.title, inputs=list(program.inputs)
    )
    base.knowledge.rule_units[rule.rule] = unit
    base.knowledge.places[f"rule:{rule.rule}"] = (path, file.line_of("$.rule"))


def read_rule(file: YamlFile, facts: Mapping[str, Fact]) -> Program:
    """The rule of a file, compiled and proved. Raises KnowledgeError."""
    rule: Rule = with_places(convert(file, Rule))  # type: ignore[arg-type]
    try:
        program = compile_rule(rule, facts)
        _prove(program)
    except BadCondition as fault:
        raise file.error(f"${fault.where}", fault.expected, fault.got, "Mend the condition.") from fault
    except BadTable as fault:
        raise file.error(
            "$.rows", "a table without undeclared gaps or overlaps", str(fault), "Mend rows or gaps."
        ) from fault
    except BadFormula as fault:
        raise file.error("$.steps", "a formula that can be computed", str(fault), "Mend the step.") from fault
    except BadMonthDay as fault:
        raise file.error("$.windows", "days of the year", str(fault), "Mend the day.") from fault
    return program


def _prove(program: Program) -> None:
    if isinstance(program.rule, Table):
        check_table(program)
    if isinstance(program.rule, Formula):
        check_formula(program.rule)
    if isinstance(program.rule, Calendar):
        check_calendar(program.rule)


def with_places(rule: Any) -> Any:
    """The rule with the document and section filled into every citation below it."""
    section = rule.cite.section
    return _placed(rule, rule.document, section)


def _placed(part: Any, document: str, section: str | None) -> Any:
    if isinstance(part, Cite):
        return placed_cite(part, document, section)
    if isinstance(part, msgspec.Struct):
        changed = {name: _placed(getattr(part, name), document, section) for name in part.__struct_fields__}
        return msgspec.structs.replace(part, **changed)
    if isinstance(part, list):
        return [_placed(child, document, section) for child in part]
    if isinstance(part, dict):
        return {key: _placed(child, document, section) for key, child in part.items()}
    return part


def _check_links(rule: Rule, base: RuleBase) -> None:
    knowledge = base.knowledge
    file = base.files[rule.rule]
    _known(file, "$.document", "a document", rule.document, knowledge.documents)
    _known(file, "$.subject", "a subject", rule.subject, knowledge.subjects)
    _known(file, "$.aspect", "an aspect", rule.aspect, knowledge.aspects)
    for i, other in enumerate(rule.followed_by):
        _known(file, f"$.followed_by[{i}]", "a rule", other, base.programs)
    if isinstance(rule, Table) and rule.instead:
        _known(file, "$.instead", "a rule", rule.instead, base.programs)
    if rule.binds and rule.binds.fact:
        _known(file, "$.binds.fact", "a declared fact", rule.binds.fact, knowledge.facts)
    for where, oddity in oddities_named(file.data, "$"):
        _known(file, where, "an oddity", oddity, knowledge.oddities)


def oddities_named(data: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every oddity id that a file names, with its place."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "oddity" and isinstance(value, str):
                yield f"{where}.{key}", value
            elif key == "oddities" and isinstance(value, list) and all(isinstance(v, str) for v in value):
                yield from ((f"{where}.{key}[{i}]", v) for i, v in enumerate(value))
            else:
                yield from oddities_named(value, f"{where}.{key}")
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield from oddities_named(value, f"{where}[{i}]")


def _known(file: YamlFile, where: str, what: str, name: str, among: Any) -> None:
    if name not in among:
        raise file.error(where, what, repr(name), f"Declare {name!r} or mend the name.")


__all__ = ["KnowledgeError", "RuleBase", "load_rules"]
