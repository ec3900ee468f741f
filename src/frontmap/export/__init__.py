"""Files for others: what `frontmap.render` made, written whole or not at all."""

from frontmap.export.pack import save_pack
from frontmap.export.page import save_page, write_whole

__all__ = ["save_pack", "save_page", "write_whole"]
