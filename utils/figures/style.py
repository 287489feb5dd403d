"""The house style, without what draws in it: that takes longer to load."""

from pathlib import Path

from matplotlib import style

SHEET = Path(__file__).with_name("house.mplstyle")


def use_house_style() -> None:
    """Set the style of every picture drawn from here on, in the place of any settings made before."""
    style.use(["default", SHEET])
