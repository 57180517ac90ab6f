"""What the letters of a question say of each unit: the first look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.understanding.catalogue import Catalogue
from bot.understanding.columns import Columns
from bot.understanding.linear import Labels
from bot.understanding.phrases import PhraseIndex
from bot.understanding.vectoriser import Features, Floats


@dataclass
class Letters:
    """Scores of one question from letters alone, one for each unit, and the decisions behind them."""

    own: Floats  # the unit's own classifier
    subject: Floats
    aspect: Floats
    centre: Floats
    nearest: Floats
    soft: Floats
    statement: Floats
    out: float  # how much the question looks like one on other matters
    subjects: Floats  # of each subject label
    aspects: Floats  # of each aspect label

    def first_look(self) -> Floats:
        """The cheap score that picks the candidates."""
        return self.own + self.subject + self.aspect + 2 * self.centre + self.statement


@dataclass
class FirstLook:
    """Everything that is fitted on phrasings. The labels of `own` are the numbers of the units."""

    columns: Columns
    phrases: PhraseIndex
    own: Labels
    subjects: Labels
    aspects: Labels
    scope: Labels

    def score(self, features: Features, catalogue: Catalogue) -> Letters:
        """Score the features of one question against all units."""
        found = self.columns.product(features)
        subjects = found["subjects"] + self.subjects.intercepts
        aspects = found["aspects"] + self.aspects.intercepts
        scope = found["scope"] + self.scope.intercepts
        centre, nearest, soft = self.phrases.scores(found["phrases"])
        return Letters(
            own=found["own"] + self.own.intercepts,
            subject=_spread(subjects, catalogue.subject_of),
            aspect=_spread(aspects, catalogue.aspect_of),
            centre=centre,
            nearest=nearest,
            soft=soft,
            statement=found["statements"],
            out=float(scope[self.scope.names.index("out")]),
            subjects=subjects,
            aspects=aspects,
        )


def _spread(decisions: Floats, labels: Any) -> Floats:
    """Give each unit the score of its label; a unit without one gets the median."""
    return np.asarray(np.append(decisions, np.median(decisions))[labels])
