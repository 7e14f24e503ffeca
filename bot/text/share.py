"""A share in words, the same wherever it is said."""

from fractions import Fraction


def percent(share: Fraction, *bounds: Fraction) -> str:
    """Return a share in per cent as people write it.

    Whole per cent, rounded half up; more digits where rounding would put the share on the other side of
    a bound (10.4% against "at most 10%"), or on a bound that it does not meet. Where no digits that people
    would read can tell, it is said in words.

    Args:
        share: between 0 and 1.
        bounds: shares that the reader will compare it with.
    """
    for digits in (0, 1, 2):
        scale = 10**digits
        shown = Fraction(int(share * 100 * scale + Fraction(1, 2)), 100 * scale)
        if all(_side(shown, bound) == _side(share, bound) for bound in bounds):
            return f"{float(shown * 100):.{digits}f}%"
    nearest = min(bounds, key=lambda bound: abs(bound - share))
    return f"just {'over' if share > nearest else 'under'} {exact(nearest)}"


def exact(bound: Fraction) -> str:
    """Return a bound as it was chosen, such as `10%` or `7.5%`."""
    return f"{float(bound * 100):g}%"


def _side(share: Fraction, bound: Fraction) -> int:
    return (share > bound) - (share < bound)
