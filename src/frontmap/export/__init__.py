"""Files for others: what `frontmap.render` made, written whole or not at all."""

from frontmap.export.animation import save_animation
from frontmap.export.atlas import save_atlas
from frontmap.export.deck import save_deck
from frontmap.export.pack import save_pack
from frontmap.export.page import save_page
from frontmap.export.snapshot import save_snapshot
from frontmap.export.table import save_table
from frontmap.export.writing import write_whole

__all__ = [
    "save_animation",
    "save_atlas",
    "save_deck",
    "save_pack",
    "save_page",
    "save_snapshot",
    "save_table",
    "write_whole",
]
