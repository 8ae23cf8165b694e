"""teiprep turns damaged plain text into validated TEI P5 XML with a JSON sidecar."""

__version__ = "0.1.0"
