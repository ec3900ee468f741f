"""Files for others: what `frontmap.render` made, written whole or not at all."""

from frontmap.export.pack import save_pack
from frontmap.export.page import save_page, write_whole
from frontmap.export.snapshot import save_snapshot
from frontmap.export.table import save_table

__all__ = ["save_pack", "save_page", "save_snapshot", "save_table", "write_whole"]
