"""A PowerPoint file of the front: slides that can be edited, with maps, curves and notes."""

from frontmap.export.deck.deck import DeckChoice, check_ending, save_deck

__all__ = ["DeckChoice", "check_ending", "save_deck"]
