"""The one way in which XML is parsed here: nothing but the bytes at hand is read, whatever they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree._docloader import _InputDocument


class _Nothing(etree.Resolver):
    """Answers every request for another file or address with nothing.

    `load_dtd` and `no_network` are not enough: libxml2 still reads a local DTD whose entities are used in attributes,
    and parameter entities out of local files.
    """

    def resolve(self, _url: str | None, _public: str | None, context: object, /) -> _InputDocument:
        # `resolve_empty` means "not resolved" to lxml 6.1, which then opens the file after all.
        return self.resolve_string(" ", context)


def parser(*, huge: bool = False, encoding: str | None = None, comments: bool = True) -> etree.XMLParser:
    """A parser for one file: no DTD, no entity, no XInclude, no network. `encoding` overrides what the file says.

    Comments and processing instructions are left out unless `comments`.

    Entities stay in the tree as nodes. Unless `huge`, elements may nest 256 deep, and one text or attribute value may
    have 10 million bytes. Entities in attributes can never make more than a few times the file.
    """
    made = etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=huge,
        remove_comments=not comments,
        remove_pis=not comments,
        # A duplicate xml:id is for the rules to name, not for the parser to stumble over.
        collect_ids=False,
    )
    made.resolvers.add(_Nothing())
    return made
