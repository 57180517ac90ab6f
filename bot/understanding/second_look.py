"""Weighs the signals: which unit is right, or none of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import logsumexp

from bot.understanding.linear import softmax
from bot.understanding.signals import GLOBALS, NAMES
from bot.understanding.vectoriser import Floats

PENALTY = 3.0  # against as many examples as there are: with few, the weights stay near the usual ones
LEAST_SPREAD = 1e-3
# Weights measured on some hundreds of provisions, for signals scaled to a spread of one.
USUAL = {
    "own": 0.7, "subject": 0.4, "aspect": 0.4, "both": 0.9, "centre": 0.6, "nearest": 0.6, "statement": 0.6,
    "named": 0.5, "named_nearly": 0.2, "item": 0.2, "aspect_word": 0.2, "inputs_given": 0.3,
}  # fmt: skip
USUAL_NONE = {"constant": 1.5, "out": 4.0, "named": -0.5}
Doubles = npt.NDArray[np.float64]


@dataclass
class Example:
    """One question: signals of its candidates, global signals, the place of the right one (None: none)."""

    candidates: Floats
    overall: Floats
    right: int | None
    weight: float = 1.0


@dataclass
class SecondLook:
    """A conditional logit over the candidates and "none of them"; its probabilities add up to one."""

    scale: Doubles
    shift: Doubles
    weights: Doubles
    overall_scale: Doubles
    none_weights: Doubles

    def weigh(self, candidates: Floats, overall: Floats) -> tuple[Doubles, float]:
        """Probability of each candidate, and of none being right."""
        scores = ((candidates - self.shift) / self.scale) @ self.weights
        none = float((overall / self.overall_scale) @ self.none_weights)
        chances = softmax(np.append(scores, none))
        return chances[:-1], float(chances[-1])


def train_second_look(examples: list[Example]) -> SecondLook:
    """Fit the weights on signals of questions that the first look was not trained on."""
    stacked = np.concatenate([example.candidates for example in examples]).astype(np.float64)
    shift, scale = stacked.mean(axis=0), stacked.std(axis=0)
    scale[scale < LEAST_SPREAD] = 1.0
    overall = np.stack([example.overall for example in examples]).astype(np.float64)
    overall_scale = np.maximum(np.abs(overall).max(axis=0), LEAST_SPREAD)
    start = np.array([USUAL.get(name, 0.0) for name in NAMES] + [USUAL_NONE.get(name, 0.0) for name in GLOBALS])
    problem = _Problem(examples, (stacked - shift) / scale, overall / overall_scale, start)
    best = minimize(problem.loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    weights = np.asarray(best.x)
    return SecondLook(scale, shift, weights[: problem.width], overall_scale, weights[problem.width :])


class _Problem:
    """The likelihood of the right choices and its gradient, over padded candidates."""

    def __init__(self, examples: list[Example], stacked: Doubles, overall: Doubles, usual: Doubles) -> None:
        self.width, self.overall, self.usual = stacked.shape[1], overall, usual
        self.penalty = PENALTY / max(1, sum(example.right is not None for example in examples))
        sizes = [len(example.candidates) for example in examples]
        most = max(sizes)
        self.table = np.zeros((len(examples), most, self.width))
        self.mask = np.zeros((len(examples), most + 1), bool)
        self.mask[:, most] = True
        ends = np.cumsum(sizes)
        for row, (size, end) in enumerate(zip(sizes, ends, strict=True)):
            self.table[row, :size] = stacked[end - size : end]
            self.mask[row, :size] = True
        self.right = np.array([most if example.right is None else example.right for example in examples])
        self.weight = np.array([example.weight for example in examples])
        self.weight /= self.weight.sum()

    def loss(self, parameters: Doubles) -> tuple[float, Doubles]:
        weights, none = parameters[: self.width], parameters[self.width :]
        scores = np.concatenate([self.table @ weights, (self.overall @ none)[:, None]], axis=1)
        scores = np.where(self.mask, scores, -np.inf)
        rows = np.arange(len(self.right))
        norm = logsumexp(scores, axis=1)
        loss = -float(self.weight @ (scores[rows, self.right] - norm))
        slope = np.exp(scores - norm[:, None])
        slope[rows, self.right] -= 1
        slope *= self.weight[:, None]
        by_weight = np.einsum("nc,ncd->d", slope[:, :-1], self.table)
        by_none = slope[:, -1] @ self.overall
        apart = parameters - self.usual
        slopes = np.concatenate([by_weight, by_none]) + 2 * self.penalty * apart
        return loss + self.penalty * float(apart @ apart), slopes
