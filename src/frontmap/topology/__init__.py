"""The temporal topology: what two years of daily fronts change, and not what they repeat.

`build` takes dated polygons and gives a `Topology`: distinct vertices, distinct directed edges, and
for each edge the dates for which it exists. Every area, boundary and change is a sum over these.
"""

from frontmap.topology.change import Changes
from frontmap.topology.merge import append, build
from frontmap.topology.record import Topology

__all__ = ["Changes", "Topology", "append", "build"]
