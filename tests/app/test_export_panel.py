"""Files of what is on screen: the same bytes as the command beside them, and nothing unasked."""

import datetime as dt
import shlex

import pytest
from streamlit.testing.v1 import AppTest

import frontmap
from frontmap import cli
from frontmap.app import export_order
from frontmap.app.export_order import KINDS, SIZES, Order
from frontmap.app.store import dataset_of, key_of
from frontmap.app.view import View
from frontmap.export.table import FORMATS
from frontmap.language import message
from frontmap.render.figure import PAGES

DAY = dt.date(2024, 10, 4)
VIEW = View(DAY, dt.date(2024, 9, 30), "kursk", "ja", "dark")
FIRST = "2024-09-30"


@pytest.fixture
def app(app: AppTest) -> AppTest:
    app.query_params["sector"] = "toretsk"
    app.query_params["date"] = str(DAY)
    return app.run()


def chosen(app: AppTest, label: str):
    return next(box for box in app.selectbox if box.label == label)


def make(app: AppTest) -> AppTest:
    return app.button("export_make").click().run()


@pytest.mark.parametrize(
    ("kind", "span", "size"),
    [
        ("picture", "shown", "square"),
        ("deck", "events", "slide"),
        ("deck", "shown", "slide"),
        ("film", "shown", "square"),
        ("atlas", "shown", "a4-landscape"),
        ("table", "all", "slide"),
        ("page", "shown", "slide"),
    ],
)
def test_the_command_makes_the_same_bytes(kind, span, size, tmp_path, monkeypatch):
    order = Order(kind, VIEW, FIRST, span=span, size=size)
    made = order.make(dataset_of(""), lambda _done, _total: None)
    program, *words = shlex.split(order.command())
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as end:
        cli.main(words)
    assert (program, end.value.code) == ("frontmap", 0)
    assert (tmp_path / order.name).read_bytes() == made


def test_the_command_names_the_folder_on_screen(write_layer, feature, tmp_path, monkeypatch):
    origin = key_of(write_layer(feature(), name="with a space/it's.geojson"))
    order = Order("table", View(dt.date(2024, 9, 30), None), FIRST, origin, ".csv")
    made = order.make(dataset_of(origin))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        cli.main(shlex.split(order.command())[1:])
    assert (tmp_path / order.name).read_bytes() == made


def test_a_weekly_atlas_has_the_same_step_in_both(monkeypatch):
    asked = {}

    def save(_dataset, target, **arguments):
        asked.update(arguments)
        target.write_bytes(b"")

    monkeypatch.setattr("frontmap.export.save_atlas", save)
    order = Order("atlas", VIEW, FIRST, span="weekly")
    order.make(dataset_of(""))
    assert asked["every_days"] == 7
    assert "--every 7d" in order.command()


def test_offers_what_there_is():
    assert set(PAGES) == set(SIZES)
    assert set(KINDS["table"].endings) == set(FORMATS)
    commands = {info.name or info.callback.__name__ for info in cli.app.registered_commands}
    assert {kind.command for kind in KINDS.values()} <= commands


def test_a_sectors_name_cannot_leave_the_folder():
    order = Order("table", View(DAY, None, "../../x y"), FIRST)
    assert order.name == f"frontmap-table--x-y-{DAY}.xlsx"


def test_nothing_is_made_before_the_button(app, monkeypatch):
    monkeypatch.setattr(export_order, "_written", lambda *_: pytest.fail("made unasked"))
    app.run()
    chosen(app, "What").set_value("film").run()
    assert not app.exception
    assert "export_made" not in app.session_state


def test_a_picture_is_made_shown_and_handed_over(app):
    assert any(block.value.startswith("frontmap snapshot") for block in app.code)
    make(app)
    assert not app.exception
    made = app.session_state["export_made"]
    assert made.content[1:4] == b"PNG"
    assert made.preview == made.content
    assert made.order.command() == app.code[-1].value
    assert len(app.get("download_button")) == 2


def test_a_vector_picture_has_a_preview_of_pixels(app):
    chosen(app, "Format").set_value(".svg").run()
    make(app)
    made = app.session_state["export_made"]
    assert made.content.startswith(b"<?xml")
    assert made.preview[1:4] == b"PNG"


def test_a_file_stays_and_says_of_what_date_it_is(app):
    chosen(app, "What").set_value("table").run()
    make(app)
    assert not app.info
    app.date_input[0].set_value(dt.date(2024, 11, 8)).run()
    assert app.session_state["export_made"].order.view.date == DAY
    assert "4 Oct 2024" in app.info[0].value
    make(app)
    assert not app.info


def test_an_error_is_one_line(app):
    app.date_input[0].set_value(frontmap.read().span[0]).run()
    chosen(app, "What").set_value("film").run()
    make(app)
    assert not app.exception
    assert len(app.error) == 1
    assert "no days" in app.error[0].value
    assert "export_made" not in app.session_state


def test_a_change_of_language_keeps_what_was_chosen(app):
    chosen(app, "What").set_value("table").run()
    chosen(app, "Format").set_value(".gpkg").run()
    app.segmented_control(key="widget_language").set_value("ja").run()
    assert chosen(app, message("ja", "app.export.what")).value == "table"
    assert "--lang ja" in app.code[-1].value
    assert app.code[-1].value.endswith(".gpkg")


def test_work_that_was_cut_short_is_said(app):
    app.session_state["export_unfinished"] = True
    app.run()
    assert [one.value for one in app.warning] == [message("en", "app.export.unfinished")]
    app.run()
    assert not app.warning
