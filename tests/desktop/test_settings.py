from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.settings import Loaded, Settings, load_settings, save_settings


def test_absent_settings_are_the_usual_ones(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.json") == Loaded(Settings(), {})


def test_what_was_left_comes_back_and_unknown_keys_stay(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "settings.json"
    left = Loaded(Settings(1.3, 1200, 800), {"of a later version": [1, 2]})
    save_settings(path, left)
    assert load_settings(path) == left


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"width": "wide"}', '{"text_size": null}'])
def test_a_broken_file_is_set_aside_and_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text)
    assert load_settings(path) == Loaded(Settings(), {}, broken=True)
    assert not path.exists()
    assert (tmp_path / "settings.json.broken").read_text() == text


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=80))
def test_any_bytes_are_settings_or_set_aside(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(data)
    found = load_settings(path).settings
    assert 0.8 <= found.text_size <= 2.0


def test_sizes_stay_within_bounds(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"text_size": 99, "width": 1, "height": 1e9}')
    assert load_settings(path).settings == Settings(2.0, 960, 4320)


@pytest.mark.parametrize("number", ["NaN", "1e999", "-Infinity", "true", "1" * 500])
def test_what_is_no_size_is_set_aside(tmp_path: Path, number: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(f'{{"width": {number}}}')
    assert load_settings(path).broken
