"""Every sector by every date: one PDF with an outline, or a folder that opens offline."""

from frontmap.export.atlas.atlas import is_folder, save_atlas

__all__ = ["is_folder", "save_atlas"]
