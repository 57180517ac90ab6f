"""Everything that is known, read from where the settings say."""

from __future__ import annotations

from bot.settings import knowledge_dir, rules_dir
from knowledge.loader import load_knowledge
from rules.base_loader import RuleBase, load_rules


def load_known(asks: bool = False) -> RuleBase:
    """The rules, and with them the knowledge (`.knowledge`), in which each rule stands as a unit.

    With `asks`, the example phrasings too. Raises KnowledgeError for the first fault.
    """
    return load_rules(load_knowledge(knowledge_dir(), asks), rules_dir(), asks)
