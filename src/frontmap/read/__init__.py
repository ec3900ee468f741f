"""Files of any format, read into a Dataset: the only door for outside data.

Everything is checked here, once. What can be mended is mended and written to the data set's
ledger of repairs; what cannot is refused with one line that says where and why.
"""

from frontmap.read.folder import SHIPPED, on_shipped_ground, read

__all__ = ["SHIPPED", "on_shipped_ground", "read"]
