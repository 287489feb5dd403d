"""Pictures: checked titles, real alternative text, what they draw, and nothing cut off or in the way."""

import html
import io
import json
import re

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text
from PIL import Image

from utils import figures, marks

ALT = "Line chart of one paper by year: 1 article in 2024, 3 in 2025."


@pytest.fixture(autouse=True)
def house():
    with matplotlib.rc_context():
        figures.use_house_style()
        yield
    plt.close("all")


def published(ax, **words):
    said = {"title": "Twice as many", "subtitle": "Articles a year", "source": "Source: six articles", "alt": ALT}
    return figures.publish(ax, **said | words)


def drawn(ax, **words):
    bundle, metadata = published(ax, **words)._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    return json.loads(json.dumps(metadata, allow_nan=False))["passages"]["figure"]


def contrast(colour, *, on="#FFFFFF"):
    """Contrast by WCAG 2.2, written apart from the module that it judges."""

    def light(name):
        parts = [int(name[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    dark, bright = sorted((light(colour), light(on)))
    return (bright + 0.05) / (dark + 0.05)


# The style


def test_the_style_sheet_and_the_named_colours_are_the_same():
    cycle = list(plt.rcParams["axes.prop_cycle"])
    named = figures.colours(list("abcdefgh"))
    assert [f"#{step['color'].lstrip('#')}" for step in cycle] == [style["color"] for style in named.values()]
    assert [step["linestyle"] for step in cycle] == [style["linestyle"] for style in named.values()]
    assert all(contrast(style["color"]) >= 3 for style in named.values())
    assert plt.rcParams["font.family"] == ["DejaVu Sans"] and plt.rcParams["svg.hashsalt"]


def test_settings_made_before_are_dropped():
    plt.rcParams["lines.linewidth"] = plt.rcParams["lines.markeredgewidth"] = 17
    figures.use_house_style()
    assert plt.rcParams["lines.linewidth"] == 2 and plt.rcParams["lines.markeredgewidth"] == 1


def test_a_name_keeps_its_colour_and_each_has_its_own_mark():
    assert figures.colours({"b", "a"}) == figures.colours(["a", "b"])
    assert figures.colours(["b", "a", "b"])["a"] == {"color": "#D55E00", "linestyle": "--"}
    for draw, option in (("line", "linestyle"), ("point", "marker"), ("bar", "hatch")):
        five = figures.colours(list("abcde"), draw=draw)
        assert len({five[name][option] for name in "abcd"}) == len({five[name]["color"] for name in "abcd"}) == 4
        assert five["e"]["color"] == "#767676"


def test_colours_foresee_a_word_and_an_unknown_mark():
    with pytest.raises(TypeError, match=r"write \['Herald'\]"):
        figures.colours("Herald")
    with pytest.raises(ValueError, match="line, point, bar"):
        figures.colours(["Herald"], draw="pie")


# Titles and words


def test_a_finding_is_checked_against_the_data(monkeypatch):
    monkeypatch.delenv("PASSAGES_CHECK_FINDINGS", raising=False)
    assert figures.finding("It rose", holds=True, otherwise="By year") == "It rose"
    assert figures.finding("It rose", holds=np.bool_(False), otherwise="By year") == "By year"
    monkeypatch.setenv("PASSAGES_CHECK_FINDINGS", "1")
    assert figures.finding("It rose", holds=True, otherwise="By year") == "It rose"
    with pytest.raises(figures.FindingMoved, match="It rose"):
        figures.finding("It rose", holds=False, otherwise="By year")


@pytest.mark.parametrize("holds", [1, "yes", None, pd.NA, np.nan, pd.Series([True]), np.array(True)])
def test_a_finding_wants_true_or_false(holds):
    with pytest.raises(TypeError, match="True or False"):
        figures.finding("It rose", holds=holds, otherwise="By year")


def test_titles_hold_sixty_characters():
    assert figures.finding("a" * 60, holds=True, otherwise="b") == "a" * 60
    for words in ({"title": "a" * 61, "otherwise": "b"}, {"title": "a", "otherwise": "b" * 61}):
        with pytest.raises(ValueError, match="has 61"):
            figures.finding(words["title"], holds=True, otherwise=words["otherwise"])
    with pytest.raises(ValueError, match="has 61"):
        published(plt.subplots()[1], title="a" * 61)


@pytest.mark.parametrize(
    ("alt", "fault"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("A chart", "7 characters"),
        ("Twice as many.", "repeats the title"),
        ("figures/coverage-by-year.png", "file name"),
        ("The chart of my paper 2025.JPEG ", "file name"),
    ],
)
def test_alternative_text_must_tell_something(alt, fault):
    with pytest.raises(ValueError, match=fault):
        published(plt.subplots()[1], alt=alt)
    with pytest.raises(ValueError, match="what its axes measure|empty"):
        published(plt.subplots()[1], alt=alt)


def test_publish_foresees_what_is_no_axes():
    figure, ax = plt.subplots()
    (line,) = ax.plot([1, 2])
    for wrong, name in ((figure, "Figure"), (line, "Line2D"), ([], "none"), (None, "NoneType")):
        with pytest.raises(TypeError, match=f"got {name}"):
            published(wrong)
    with pytest.raises(ValueError, match="several figures"):
        published([ax, plt.subplots()[1]])
    with pytest.raises(TypeError, match="source= is NoneType"):
        published(ax, source=None)


# What a notebook shows


def test_the_picture_is_shown_once_escaped_and_small():
    figure, ax = plt.subplots()
    ax.plot([2024, 2025], [1, 3])
    words = 'The "<b>first</b>" & last: 1 in 2024, 3 in 2025'
    picture = published(ax, alt=words)
    assert not plt.fignum_exists(figure.number)
    shown = picture._repr_mimebundle_()[0]
    assert shown["text/plain"] == f"Twice as many\n{words}"
    assert "<b>" not in shown["text/html"]
    assert html.unescape(re.search(r'<img alt="([^"]*)"', shown["text/html"]).group(1)) == words
    assert re.search(r'style="width:720px;max-width:100%"', shown["text/html"])
    image = Image.open(io.BytesIO(picture.png))
    assert image.size == (1440, 800) and image.getpixel((0, 0)) == 0 and image.info == {}
    assert image.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
    assert 5_000 < len(picture.png) < 60_000


def test_the_same_picture_is_the_same_bytes_and_can_be_published_again():
    def draw():
        ax = plt.subplots()[1]
        ax.plot([2024, 2025], [1, 3], label="Herald")
        figures.name_lines(ax)
        return ax

    ax = draw()
    first, again, other = published(ax), published(ax), published(draw())
    assert first.png == again.png == other.png
    assert first.figure == again.figure == other.figure


def test_nothing_lies_outside_the_picture_or_over_its_words():
    figure, (left, right) = plt.subplots(1, 2)
    left.plot([1, 2], [30_000, 10_000], label="A paper with a rather long name")
    right.bar(["one", "two"], [1, 2])
    figures.name_lines(left)
    published(np.array([left, right]), title="W" * 40, subtitle="A measure in its unit " * 12, source="Six. " * 60)
    figure.draw_without_rendering()
    words = [text.get_window_extent() for text in figure.texts]
    panels = [ax.get_tightbbox() for ax in figure.axes]
    assert len(words) == 3 and "\n" in figure.texts[1].get_text()
    for box in words + panels:
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1
    boxes = words + panels
    assert not any(one.overlaps(two) for i, one in enumerate(boxes) for two in boxes[i + 1 :])


def test_money_is_not_mathematics_and_ticks_read_as_in_a_newspaper():
    ax = plt.subplots()[1]
    ax.plot([1, 1000], [-20_000, 50_000])
    ax.set_xscale("log")
    ax.annotate("from $5bn to $9bn", (1, 0))
    record = drawn(ax, title="Aid grows from $5bn to $9bn")["axes"][0]
    assert record["ticks"]["x"] == ["1", "10", "100", "1,000"]
    assert record["ticks"]["y"][0] == "\u221220,000"
    assert ax.figure.texts[0].get_window_extent().width > 250 and not ax.texts[0].get_parse_math()


# What a figure draws


def test_lines_dates_gaps_and_words_are_kept():
    ax = plt.subplots()[1]
    days = pd.to_datetime(["2025-11-01 00:00", "2025-12-01 00:00", "2026-01-01 06:30"])
    ax.plot(days, [1 / 3, np.nan, 1234567], label="Herald")
    ax.set(ylabel="Articles", ylim=(0, 2_000_000))
    ax.annotate("strike", (days[0], 1))
    record = drawn(ax)
    assert [record[key] for key in ("title", "subtitle", "source", "alt", "texts")] == [
        "Twice as many",
        "Articles a year",
        "Source: six articles",
        ALT,
        [],
    ]
    (panel,) = record["axes"]
    assert panel["lines"] == [
        {
            "label": "Herald",
            "n": 3,
            "y": [0.333333, None, 1234570.0],
            "x": ["2025-11-01", "2025-12-01", "2026-01-01T06:30:00"],
        }
    ]
    assert panel["labels"] == {"x": "", "y": "Articles"} and panel["limits"]["y"] == [0, 2_000_000]
    assert panel["limits"]["x"][0].startswith("2025-10-")
    assert [tick for tick in panel["ticks"]["x"] if "20" in tick] == ["Nov\n2025", "Dec\n2025", "Jan\n2026"]
    assert panel["texts"] == ["strike"]


def test_an_axis_of_days_says_its_year():
    ax = plt.subplots()[1]
    ax.plot(pd.to_datetime(["2025-08-01", "2025-12-01"]), [1, 2])
    ticks = drawn(ax)["axes"][0]["ticks"]["x"]
    assert [tick for tick in ticks if "20" in tick] == ["2025"] and ticks[-1] == "2025" and "Sep" in ticks


def test_bars_points_and_intervals_are_kept():
    ax = plt.subplots()[1]
    ax.bar(["a", "b", "c"], [3, np.nan, -2], width=0.5, label="Herald")
    ax.scatter([0, 1], [5, 6], c=[0.1, 0.9], label="mean")
    ax.fill_between([0, 1], [1, 2], [3, 4], label="95 %")
    ax.hlines([7], [0.5], [1.5])
    (panel,) = drawn(ax)["axes"]
    assert panel["bars"] == {
        "n": 3,
        "boxes": [{"label": "Herald", "box": box} for box in ([-0.25, 0, 0.25, 3], [None] * 4, [1.75, -2, 2.25, 0])],
    }
    assert panel["ticks"]["x"] == ["a", "b", "c"]
    assert panel["points"] == [{"label": "mean", "n": 2, "x": [0, 1], "y": [5, 6], "values": [0.1, 0.9]}]
    area, stroke = panel["bands"]
    assert area["label"] == "95 %"
    assert {*zip(area["paths"][0]["x"], area["paths"][0]["y"], strict=True)} == {(0, 1), (1, 2), (0, 3), (1, 4)}
    assert stroke["paths"] == [{"n": 2, "x": [0.5, 1.5], "y": [7, 7]}]


def test_each_kind_of_change_moves_the_record():
    def record(value=2.0, high=4.0, width=3.0, note="", grid=5.0):
        left, right = plt.subplots(1, 2)[1]
        left.plot([1, 2], [1, value])
        left.fill_between([1, 2], [1, 1], [3, high])
        left.set_title(note)
        right.barh(["a"], [width])
        right.imshow([[grid, 1.0]])
        return drawn([left, right])

    plain = record()
    assert plain == record()
    for change in ({"value": 2.001}, {"high": 4.001}, {"width": 3.001}, {"note": "x"}, {"grid": 5.001}):
        assert record(**change) != plain, change
    assert record(value=2.00000001)["axes"][0]["lines"] == plain["axes"][0]["lines"]


def test_long_series_are_thinned_evenly_and_their_length_kept():
    ax = plt.subplots()[1]
    ax.plot(range(10_001), range(10_001))
    (line,) = drawn(ax)["axes"][0]["lines"]
    assert line["n"] == 10_001 and len(line["x"]) == len(line["y"]) == 2_000
    assert line["x"][0] == 0 and line["x"][-1] == 10_000
    assert set(np.diff(line["x"])) == {5, 6}


# The marks


def test_a_gap_is_never_drawn_as_zero():
    ax = plt.subplots()[1]
    days = pd.date_range("2025-01-01", periods=7)
    low = pd.Series([1, 2, np.nan, 4, pd.NA, 6, 7], dtype="Float64")
    (line,) = ax.plot(days, (low + 1).astype(float), label="Herald")
    figures.band(ax, days, low, low + 2)
    published(ax)
    area, stroke = ax.collections
    assert [sorted(set(path.vertices[:, 1])) for path in area.get_paths()] == [[1, 2, 3, 4], [6, 7, 8, 9]]
    assert [segment[:, 1].tolist() for segment in stroke.get_segments()] == [[4, 6]]
    assert line.get_markevery() == [3] and line.get_marker() == "o"
    assert matplotlib.colors.same_color(stroke.get_color()[0, :3], line.get_color())


def test_a_value_without_an_interval_is_a_hollow_point_and_the_subtitle_says_so():
    left, right = plt.subplots(1, 2)[1]
    days = pd.date_range("2025-01-01", periods=4)
    left.plot(days, [3, 0, np.nan, 5])
    figures.band(left, days, [1, np.nan, np.nan, np.nan], [6, np.nan, np.nan, np.nan])
    figures.dots(right, ["oil", "war"], [3, 4], [2, np.nan], [4, np.nan])
    record = drawn([left, right])
    line, dots = record["axes"]
    hollow = {"label": "no interval", "n": 2, "x": ["2025-01-02", "2025-01-04"], "y": [0, 5]}
    assert line["points"] == [hollow]
    assert [points["label"] for points in dots["points"]][1:] == ["no interval"]
    assert [points["x"] for points in dots["points"]] == [[3, None], [4]]
    assert record["subtitle"] == "Articles a year; hollow: no interval"
    assert all(
        (points.get_facecolor() == 1).all()
        for ax in (left, right)
        for points in ax.collections
        if points.get_label() == "no interval"
    )


def test_points_on_the_edge_of_a_panel_are_seen_whole_and_those_beyond_it_not_at_all():
    edge, beyond = plt.subplots(1, 2)[1]
    for ax, top in ((edge, 5), (beyond, 4)):
        ax.plot([1, 2, 3], [0, 5, np.nan])
        figures.band(ax, [1, 2, 3], [np.nan] * 3, [np.nan] * 3)
        ax.plot([1, 3], [0, 5], "D")
        ax.set_ylim(0, top)
    drawn([edge, beyond])
    for ax, cut in ((edge, False), (beyond, True)):
        assert ax.collections[-1].get_clip_on() == ax.lines[-1].get_clip_on() == cut
        assert ax.lines[0].get_clip_on()


def test_a_figure_whose_values_all_have_intervals_has_no_hollow_point():
    ax = plt.subplots()[1]
    ax.plot([1, 2], [3, np.nan])
    figures.band(ax, [1, 2], [2, np.nan], [4, np.nan])
    ax.plot([1, 2, 3], [3, 3, 3])
    figures.band(ax, [1, 2], [2, 2], [4, 4])  # around no line that has as many points
    record = drawn(ax)
    assert record["subtitle"] == "Articles a year" and record["axes"][0]["points"] == []


@pytest.mark.parametrize("limits", [(0, 5), (5, 0), (4, 40)])
def test_no_band_runs_off_the_panel(limits):
    upper, lower = plt.subplots(2, 1)[1]
    upper.plot([1, 2, 3], [3, 4, np.nan])
    figures.band(upper, [1, 2, 3], [2, 1, np.nan], [20, 30, np.nan])
    upper.set_ylim(*limits)
    figures.dots(lower, ["oil", "war"], [3, 4], [2, np.nan], [40, np.nan])
    lower.set_xlim(*limits)
    top, bottom = (panel["limits"] for panel in drawn([upper, lower])["axes"])
    for (first, last), reach in ((top["y"], (1, 30)), (bottom["x"], (2, 40))):
        assert min(first, last) == min(*limits, *reach) and max(first, last) == max(*limits, *reach)
        assert (first < last) == (limits[0] < limits[1])


def test_an_interval_from_zero_leaves_a_logarithmic_axis_as_it_is():
    ax = plt.subplots()[1]
    ax.plot([1, 2], [3, 4])
    figures.band(ax, [1, 2], [0, 0], [20, 30])
    ax.set(yscale="log", ylim=(1, 10))
    assert drawn(ax)["axes"][0]["limits"]["y"] == [1, 30]


def test_dots_show_each_term_once_from_zero():
    figure, ax = plt.subplots()
    figures.dots(ax, ["oil", "war", "aid"], [0.2, np.nan, 0.4], [0.1, np.nan, 0.2], [0.3, np.nan, 0.8])
    figures.shares(ax, axis="x")
    (panel,) = drawn(ax)["axes"]
    assert panel["points"][0]["x"] == [0.2, None, 0.4] and panel["points"][0]["y"] == [0, None, 2]
    known = [path["x"] for path in panel["bands"][0]["paths"]]
    assert [0.1, 0.3] in known and [0.2, 0.8] in known and not any(0 in pair for pair in known)
    assert panel["limits"]["x"] == [0, 0.84] and panel["limits"]["y"][0] > panel["limits"]["y"][1]
    assert panel["ticks"]["y"] == ["oil", "war", "aid"] and panel["ticks"]["x"][:3] == ["0%", "10%", "20%"]


def test_shares_and_amounts_start_from_zero():
    figure, (left, right) = plt.subplots(1, 2)
    left.plot([2024, 2025], [0.41, 0.43])
    figures.shares(left)
    figures.dots(right, ["oil"], [20], [19], [21])
    left, right = drawn([left, right])["axes"]
    assert left["limits"]["y"][0] == 0 and {"0%", "20%", "40%"} <= set(left["ticks"]["y"])
    assert right["limits"]["x"] == [0, 22.05]


def test_dots_on_both_sides_mark_zero_and_many_rows_make_room():
    figure, ax = plt.subplots()
    values = np.linspace(-1, 1, 20)
    figures.dots(ax, list("abcdefghijklmnopqrst"), values, values - 1, values + 1)
    assert ax.lines[0].get_xdata() == [0, 0] and ax.get_xlim()[0] < -2
    published(ax)
    figure.draw_without_rendering()
    labels = [label.get_window_extent() for label in ax.get_yticklabels()]
    assert not any(one.overlaps(two) for one, two in zip(labels, labels[1:], strict=False))


def test_marks_foresee_uneven_and_swapped_bounds():
    ax = plt.subplots()[1]
    with pytest.raises(ValueError, match=r"2 places and 2, 1 values"):
        figures.band(ax, [1, 2], [1, 2], [3])
    with pytest.raises(ValueError, match=r"place 1 \(4 > 3\)"):
        figures.dots(ax, ["a", "b"], [2, 3], [1, 4], [3, 3])
    with pytest.raises(ValueError, match="axis='z'"):
        figures.shares(ax, axis="z")


def test_names_of_lines_are_legible_and_do_not_overlap():
    ax = plt.subplots()[1]
    ends = [905, 905, 905.1, 905.2, 900, 909, 909, 909, 909]
    for i, end in enumerate(ends):
        ax.plot([1, 2, 3], [900 + i, end, np.nan], label=f"Paper {i}")
    ax.plot([1, 2], [902, 902])
    figures.name_lines(ax)
    low, high = ax.get_ylim()
    assert all(low <= text.get_position()[1] <= high for text in ax.texts)
    published(ax, source="A long source. " * 40)
    assert [text.get_text() for text in ax.texts] == [f"Paper {i}" for i in range(9)]
    ax.figure.draw_without_rendering()
    boxes = sorted((Text.get_window_extent(text) for text in ax.texts), key=lambda box: box.y0)
    assert all(one.y1 <= two.y0 for one, two in zip(boxes, boxes[1:], strict=False))
    assert boxes[0].y0 >= ax.bbox.y0 - 10 and boxes[-1].y1 <= ax.bbox.y1 + 10
    assert max(box.x1 for box in boxes) <= ax.figure.bbox.x1
    assert all(contrast(text.get_color()) >= 4.5 for text in ax.texts)
    assert [text.xy for text in ax.texts] == [(2, end) for end in ends]


def test_names_move_as_little_as_can_be():
    assert marks._apart([0, 10, 20], 5).tolist() == [0, 10, 20]
    assert marks._apart([10, 10, 10], 4).tolist() == [6, 10, 14]
    assert marks._apart([0, 1, 30], 3).tolist() == [-1, 2, 30]


def test_ticks_stand_where_the_hits_fall():
    fig, ax = plt.subplots()
    figures.ticks(ax, ["one", "two"], [[0.25, 0.75], [float("nan")]])
    strokes = [path.vertices.tolist() for path in ax.collections[1].get_paths()]
    assert strokes == [[[0.25, -0.36], [0.25, 0.36]], [[0.75, -0.36], [0.75, 0.36]]]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["one", "two"]
    for labels, at in ((["one"], []), (["one"], [[1.5]])):
        with pytest.raises(ValueError):
            figures.ticks(ax, labels, at)
    plt.close(fig)
