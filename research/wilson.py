"""How sure a share is: the Wilson 95 % interval of k out of n."""

from math import sqrt

Z = 1.959963984540054


def interval(count: int, of: int) -> tuple[float, float]:
    """The lowest and highest share that k of n people make likely; (0, 1) for nobody."""
    if of <= 0:
        return 0.0, 1.0
    share, spread = count / of, Z * Z / of
    middle = share + spread / 2
    reach = Z * sqrt((share * (1 - share) + spread / 4) / of)
    low = (middle - reach) / (1 + spread) if count > 0 else 0.0
    high = (middle + reach) / (1 + spread) if count < of else 1.0
    return low, high
