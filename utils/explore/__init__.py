"""The workbench: front ends in the notebook. Nothing is computed in them, and what they show is escaped."""

from utils.explore.coding import coding
from utils.explore.page import page
from utils.explore.reading import reading
from utils.explore.upload import upload

__all__ = ["coding", "page", "reading", "upload"]
