"""Makes `python -m teiprep` the command `teiprep`."""

from .cli import main

main(prog_name="teiprep")
