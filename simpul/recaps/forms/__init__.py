"""What was typed or asked about recaps, checked."""

from simpul.recaps.forms.asked import AskedForm

__all__ = ["AskedForm"]
