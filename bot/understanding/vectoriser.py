"""The weights of a text's letter n-grams, equal to scikit-learn's TF-IDF but for one short text at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

Floats = npt.NDArray[np.float32]
SIZES = (1, 2, 3, 4)
LEAST_TEXTS = 2  # an n-gram of one text only tells nothing
_SPACES = re.compile(r"\s\s+")


@dataclass(frozen=True)
class Features:
    """The n-grams of one text that are known: their numbers, ascending, and weights of length one in sum."""

    places: npt.NDArray[np.int64]
    values: Floats


@dataclass(frozen=True)
class Vectoriser:
    """The number of each n-gram and, by number, its inverse document frequency."""

    vocabulary: dict[str, int]
    rarity: Floats

    def features(self, text: str) -> Features:
        """Weigh the n-grams of a text, as `TfidfVectorizer.transform` does."""
        text, place_of = _SPACES.sub(" ", text), self.vocabulary.get
        grams = [text[at : at + size] for size in SIZES for at in range(len(text) - size + 1)]
        known = [place for gram in grams if (place := place_of(gram)) is not None]
        places, counts = np.unique(np.array(known, np.int64), return_counts=True)
        values = (np.log(counts.astype(np.float32)) + 1) * self.rarity[places]
        return Features(places, values / max(float(np.sqrt(values @ values)), 1e-9))

    def rows(self, texts: list[str]) -> csr_matrix:
        """The weights of several texts, texts x n-grams."""
        found = [self.features(text) for text in texts]
        ends = np.cumsum([0, *(len(features.places) for features in found)])
        places = np.concatenate([features.places for features in found]).astype(np.int32)
        values = np.concatenate([features.values for features in found])
        return csr_matrix((values, places, ends), (len(texts), len(self.rarity)))


def fit_vectoriser(texts: list[str]) -> Vectoriser:
    """Learn the n-grams of texts and how rare each is."""
    fitted = TfidfVectorizer(
        analyzer="char",
        ngram_range=(SIZES[0], SIZES[-1]),
        sublinear_tf=True,
        min_df=LEAST_TEXTS,
        lowercase=False,
        dtype=np.float32,
    ).fit(texts)
    vocabulary = {gram: int(place) for gram, place in fitted.vocabulary_.items()}
    return Vectoriser(vocabulary, fitted.idf_.astype(np.float32))
