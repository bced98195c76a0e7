"""Probabilities as log-odds."""

import math


def log_odds(probability: float, edge: float) -> float:
    """Log-odds of a probability; one nearer to 0 or 1 than `edge` counts as that near, so that none is infinite."""
    inside = min(1 - edge, max(edge, probability))
    return math.log(inside / (1 - inside))
