"""Each notebook's counts a second time, by other means: `notebook_05_score_the_tone` is that of 05-score-the-tone.

Such a module has a function `ways`, which gives for a column of a table how the counts in a row of it come again.
"""

from collections.abc import Callable

Row = dict[str, str]  # a row of a table as it is shown, by the names of its columns
Counts = dict[str, int]
Ways = dict[str, Callable[[Row], Counts]]
