"""A study learns from what people corrected, and asks for what would teach it most."""

import numpy as np

from research.steps.learn import FEWEST, learned, worth_asking
from research.steps.tagger import log_softmax

CLASSES = ("pain", "praise", "context")


def a_study(count: int = 90) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Scores that call everything pain, and features that tell the three kinds apart."""
    draw = np.random.default_rng(3)
    gold = [CLASSES[i % 3] for i in range(count)]
    middles = np.eye(3, 12, dtype=np.float32)
    features = np.array([middles[CLASSES.index(g)] for g in gold]) + 0.2 * draw.normal(
        size=(count, 12)
    )
    features = (features / np.linalg.norm(features, axis=1, keepdims=True)).astype(np.float32)
    scores = log_softmax(np.tile(np.array([[2.0, 0.0, 0.0]], dtype=np.float32), (count, 1)))
    return scores, features, gold


def right(scores: np.ndarray, gold: list[str]) -> float:
    """The share whose best class is the gold one."""
    best = scores.argmax(axis=1)
    return sum(CLASSES[int(b)] == g for b, g in zip(best, gold, strict=True)) / len(gold)


def test_without_corrections_the_scores_stand():
    scores, features, _ = a_study()
    assert learned(scores, features, CLASSES, {}) is scores
    few = {row: "praise" for row in range(FEWEST - 1)}
    assert learned(scores, features, CLASSES, few) is scores


def test_corrections_teach_the_rest_of_the_study():
    scores, features, gold = a_study()
    before = right(scores, gold)
    labels = {row: gold[row] for row in range(30)}
    rest = learned(scores, features, CLASSES, labels)[30:]
    assert before < 0.4
    assert right(rest, gold[30:]) > 0.8


def test_what_is_learned_are_still_log_probabilities():
    scores, features, gold = a_study()
    found = learned(scores, features, CLASSES, dict(enumerate(gold[:20])))
    assert np.allclose(np.exp(found).sum(axis=1), 1.0, atol=1e-4)


def test_a_label_outside_the_classes_teaches_nothing():
    scores, features, _ = a_study()
    assert learned(scores, features, CLASSES, dict.fromkeys(range(20), "gone")) is scores


def test_learning_twice_gives_the_same():
    scores, features, gold = a_study()
    labels = dict(enumerate(gold[:20]))
    backwards = dict(reversed(labels.items()))
    one, other = (learned(scores, features, CLASSES, some) for some in (labels, backwards))
    assert np.array_equal(one, other)


def test_doubtful_statements_come_before_sure_ones():
    _, features, _ = a_study()
    sure = np.tile([[5.0, 0.0, 0.0]], (90, 1))
    sure[40:50] = [[0.1, 0.0, 0.0]]
    scores = log_softmax(sure.astype(np.float32))
    assert set(worth_asking(scores, features, [], 5)) <= set(range(40, 50))


def test_statements_that_say_the_same_are_not_asked_for_together():
    scores, features, _ = a_study()
    features = features.copy()
    features[:30] = features[0]
    chosen = worth_asking(scores, features, [], 10)
    assert sum(row < 30 for row in chosen) <= 1


def test_what_was_judged_is_not_asked_for_again():
    scores, features, _ = a_study()
    assert set(worth_asking(scores, features, range(80), 20)) == set(range(80, 90))
    assert worth_asking(scores, features, range(90), 20) == ()
    assert worth_asking(scores[:0], features[:0], [], 20) == ()
