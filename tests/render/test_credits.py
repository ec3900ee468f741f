"""Whom a map is owed to stands on it."""

from dataclasses import replace

from frontmap.render.credits import attribution, credit_line, fact_credits, undescribed
from frontmap.render.payload import payload


def test_attribution_names_the_licences_of_what_is_drawn(shipped):
    text = " · ".join(attribution(shipped))
    for credit in ("© OpenStreetMap contributors", "ODbL", "GeoNames", "Natural Earth", "frontmap"):
        assert credit in text


def test_a_source_that_nobody_describes_is_credited_by_its_id(shipped):
    bare = replace(shipped, sources={})
    assert "frontmap-kursk (licence not stated)" in attribution(bare)
    assert "frontmap-kursk（ライセンスの記載なし）" in attribution(bare, "ja")
    assert undescribed(bare) == payload(bare)["unlisted"] == ["frontmap-donbas", "frontmap-kursk"]
    assert undescribed(shipped) == payload(shipped)["unlisted"] == []
    assert fact_credits(bare, bare.events[:1]) == ["memo (licence not stated)"]


def test_a_credit_owed_twice_is_said_once(shipped):
    event = replace(shipped.events[0], source="frontmap-kursk")
    bare = replace(shipped, sources={})
    assert credit_line(bare, [event, event]) == " · ".join(attribution(bare))
