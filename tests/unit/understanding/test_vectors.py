"""The fast ways of weighing one text give what the slow ways of the libraries give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import hstack
from scipy.sparse import random as random_table
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.understanding.act_classifier import train_acts
from bot.understanding.acts import act_files
from bot.understanding.columns import Columns
from bot.understanding.ranker import highest
from bot.understanding.text import comparable
from bot.understanding.vectoriser import Features, Vectoriser, fit_vectoriser

CLOSE = 1e-6
TEXTS = [comparable(text) for file in act_files() for text in file.examples]
ODD = ["", "ก", "กกกกกกก", "ข้อความ  ที่มี \t ช่องว่าง", "xyz", "🙂", "สวัสดีค่ะ" * 40, "ไม่เคยเห็น๑๒๓"]


@pytest.fixture(scope="module")
def slow() -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char", ngram_range=(1, 4), sublinear_tf=True, min_df=2, lowercase=False, dtype=np.float32
    ).fit(TEXTS)


@pytest.fixture(scope="module")
def fast() -> Vectoriser:
    return fit_vectoriser(TEXTS)


def dense(features: Features, width: int) -> np.ndarray:
    row = np.zeros(width, np.float32)
    row[features.places] = features.values
    return row


def test_features_equal_those_of_scikit_learn(slow: TfidfVectorizer, fast: Vectoriser) -> None:
    texts = [*TEXTS[::7], *ODD]
    expected = slow.transform(texts).toarray()
    assert expected.any(axis=1).sum() > 50
    found = np.stack([dense(fast.features(text), expected.shape[1]) for text in texts])
    np.testing.assert_allclose(found, expected, rtol=0, atol=CLOSE)
    np.testing.assert_allclose(fast.rows(texts).toarray(), expected, rtol=0, atol=CLOSE)


@given(text=st.text(max_size=80) | st.text(alphabet="สวัดีค่ะทำไมยัง  \n12?", max_size=80))
def test_features_of_any_text_equal_those_of_scikit_learn(slow: TfidfVectorizer, fast: Vectoriser, text: str) -> None:
    expected = slow.transform([text]).toarray()[0]
    np.testing.assert_allclose(dense(fast.features(text), len(expected)), expected, rtol=0, atol=CLOSE)


@pytest.mark.parametrize("frequent", [0, 1, 30, 200])
def test_columns_multiply_as_the_tables_do(frequent: int) -> None:
    widths, random = {"few": 3, "many": 40, "one": 1}, np.random.default_rng(0)
    tables = {
        name: random_table(200, width, 0.2, "csr", np.float32, random_state=width) for name, width in widths.items()
    }
    columns = Columns(tables, frequent)
    for size in (0, 1, 60):
        places = np.sort(random.choice(200, size, replace=False))
        features = Features(places, random.random(size).astype(np.float32))
        found = columns.product(features)
        assert {name: len(values) for name, values in found.items()} == widths
        expected = dense(features, 200) @ hstack(list(tables.values())).toarray()
        np.testing.assert_allclose(np.concatenate(list(found.values())), expected, rtol=0, atol=1e-5)


def test_the_acts_of_their_own_examples_are_told(fast: Vectoriser) -> None:
    examples = [(text, file.act) for file in act_files() for text in file.examples]
    acts = train_acts(examples, lambda texts: fast.rows([comparable(text) for text in texts]))
    chances = [acts.probabilities(fast.features(comparable(text))) for text, _ in examples[::5]]
    assert all(abs(sum(found.values()) - 1) < 1e-4 for found in chances)
    right = [max(found, key=found.__getitem__) == act for found, (_, act) in zip(chances, examples[::5], strict=True)]
    assert np.mean(right) > 0.9


@given(values=st.lists(st.floats(-5, 5, width=32), min_size=1, max_size=40, unique=True), count=st.integers(1, 45))
def test_the_highest_are_those_of_a_whole_sort(values: list[float], count: int) -> None:
    scores = np.array(values, np.float32)
    assert highest(scores, count).tolist() == np.argsort(-scores, kind="stable")[:count].tolist()
