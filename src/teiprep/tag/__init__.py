"""Tagging: each module has one rule that looks at frozen flows and proposes annotations; none ever touches the text.

The order matters in three places: `quotations` asks `persons` who spoke; `persons` asks the emphasis in notes where a
title begins; `register` and `describe` read what the rules have found. `sentences` stands alone.
"""
