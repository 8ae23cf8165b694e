"""Random files that a RELAX NG grammar allows: enough of RELAX NG for our own."""

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
TEI = "http://www.tei-c.org/ns/1.0"
XML = "{http://www.w3.org/XML/1998/namespace}"
SAMPLES = {
    "string": ["", "265", "18 [81]", "é & <"],
    "language": ["en", "de-AT"],
    "NMTOKEN": ["letter", "a.b-c", "1x"],
    "anyURI": ["https://example.org/a?b=c#d"],
    "nonNegativeInteger": ["0", "12"],
    "token": ["0.1.0", "1.2a1"],
    "date": ["1943-05-09"],
    "dateTime": ["1943-05-09T10:00:00"],
    "gYear": ["1943"],
    "gMonth": ["--05"],
    "gDay": ["---09"],
    "gYearMonth": ["1943-05"],
    "gMonthDay": ["--05-09"],
}
#: Patterns that are nothing but what they hold.
PLAIN = {"define", "element", "group", "oneOrMore", "attribute", "start", "list"}


def children(pattern):
    """The patterns in a pattern, without its documentation."""
    return [child for child in pattern if isinstance(child.tag, str) and child.tag.startswith(RNG)]


def kind(pattern):
    return pattern.tag.removeprefix(RNG)


class Grammar:
    """Makes instances with a `random.Random`; below `depth` it takes the shortest way out."""

    def __init__(self, root, random, depth=7):
        self.defines = {define.get("name"): define for define in root.iter(f"{RNG}define")}
        self.random = random
        self.depth = depth
        self.cost = dict.fromkeys(self.defines, 10**6)
        changed = True
        while changed:
            changed = False
            for name, define in self.defines.items():
                cost = self.price(define)
                if cost < self.cost[name]:
                    self.cost[name], changed = cost, True

    def price(self, pattern):
        """How deep the shallowest instance of a pattern is."""
        name = kind(pattern)
        if name == "ref":
            return self.cost[pattern.get("name")]
        if name in {"zeroOrMore", "optional", "text", "empty", "data", "value"}:
            return 0
        inner = [self.price(child) for child in children(pattern)]
        if name == "choice":
            return min(inner)
        return max(inner, default=0) + (name == "element")

    def instance(self):
        """The root element of a random file."""
        self.ids = 0
        holder = etree.Element("holder")
        self.expand(self.defines["TEI"], holder, 0)
        return holder[0]

    def expand(self, pattern, into, depth):
        """Put what a pattern allows into an element."""
        name, random = kind(pattern), self.random
        deep = depth >= self.depth
        if name == "ref":
            self.expand(self.defines[pattern.get("name")], into, depth)
        elif name == "element":
            element = etree.SubElement(into, f"{{{TEI}}}{pattern.get('name')}")
            for child in children(pattern):
                self.expand(child, element, depth + 1)
        elif name == "attribute":
            into.set(pattern.get("name").replace("xml:", XML), self.value(children(pattern)[0]))
        elif name == "choice":
            options = children(pattern)
            if deep:
                least = min(map(self.price, options))
                options = [option for option in options if self.price(option) == least]
            self.expand(random.choice(options), into, depth)
        elif name == "text":
            self.add_text(into, random.choice(["", " ", "said", "A & B", "\n"]))
        elif name in {"optional", "zeroOrMore", "oneOrMore"}:
            times = 0 if deep else random.choice([0, 1] if name == "optional" else [0, 1, 2])
            for _ in range(max(times, name == "oneOrMore")):
                for child in children(pattern):
                    self.expand(child, into, depth)
        elif name in PLAIN:
            for child in children(pattern):
                self.expand(child, into, depth)
        elif name != "empty":
            raise ValueError(name)

    def add_text(self, into, text):
        """Text at the end of an element."""
        if len(into):
            into[-1].tail = (into[-1].tail or "") + text
        else:
            into.text = (into.text or "") + text

    def value(self, pattern):
        """A value for an attribute."""
        name = kind(pattern)
        if name == "ref":
            target = pattern.get("name")
            return "#teiprep" if target == "pointer" else self.value(children(self.defines[target])[0])
        if name == "choice":
            return self.value(self.random.choice(children(pattern)))
        if name == "list":
            return " ".join(self.value(child) for child in children(pattern))
        if name == "value":
            return pattern.text
        if pattern.get("type") == "ID":
            self.ids += 1
            return f"id-{self.ids}"
        return self.random.choice(SAMPLES[pattern.get("type")])
