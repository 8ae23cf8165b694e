"""Settings and metadata: what is right is taken as written, what is wrong is named with file, key or line."""

import pytest

from teiprep.config import Config, load_metadata
from teiprep.diagnostics import ConfigError


def settings(tmp_path, text):
    path = tmp_path / "teiprep.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return Config.load(path)


def metadata(tmp_path, text):
    path = tmp_path / "metadata.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_metadata(path)


def test_defaults_without_a_file():
    config = Config.load(None)
    assert config.project.language == "en"
    assert config.project.title is None
    assert config.read.encodings == ()
    assert config.encode.furniture
    assert config.encode.inline_threshold == "low"


def test_every_setting(tmp_path):
    config = settings(
        tmp_path,
        '\ufeff[project]\ntitle = "Letters"\npublisher = "A House"\nlicence = "CC0"\nlanguage = "de-AT"\n'
        '[read]\nencodings = ["cp1252", "mac-roman"]\norigin = "pages"\n'
        '[encode]\nfurniture = false\ninline_threshold = "high"\n',
    )
    assert (config.project.title, config.project.publisher) == ("Letters", "A House")
    assert (config.project.licence, config.project.language) == ("CC0", "de-AT")
    assert (config.read.encodings, config.read.origin) == (("cp1252", "mac-roman"), "pages")
    assert (config.encode.furniture, config.encode.inline_threshold) == (False, "high")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[projekt]\n", "unknown section [projekt] (did you mean project?"),
        ('[project]\ntitel = "x"\n', "unknown key project.titel (did you mean title?"),
        ("[project]\ntitle = 5\n", "project.title must be a text on one line, not 5"),
        ('[project]\ntitle = "a\\nb"\n', "project.title must be a text on one line"),
        ('[project]\nlanguage = "English!"\n', "project.language must be a language tag"),
        ('title = "x"\n', "title stands outside of the sections (it belongs below a line [project])"),
        ('titel = "x"\n', "did you mean title?"),
        ('project = "x"\n', "project must be a section"),
        ('[read]\nencodings = "cp1252"\n', "read.encodings must be a list of encodings"),
        ('[read]\nencodings = ["cp1225"]\n', "did you mean cp125"),
        ('[read]\nencodings = ["hex"]\n', "'hex' is none"),
        ('[read]\norigin = "page"\n', "read.origin must be one of web, pages, markdown, plain"),
        ("[encode]\nfurniture = 1\n", "encode.furniture must be true or false"),
        ('[encode]\nfurniture = "no"\n', "encode.furniture must be true or false"),
        ('[encode]\ninline_threshold = "hihg"\n', "did you mean high?"),
        ("[project\n", "line 1"),
        (b'[project]\ntitle = "\xe9"\n', "teiprep.toml:2: not valid UTF-8"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, text, words):
    with pytest.raises(ConfigError) as caught:
        settings(tmp_path, text)
    assert "teiprep.toml" in str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize("load", [Config.load, load_metadata])
def test_a_file_that_is_not_there(tmp_path, load):
    with pytest.raises(ConfigError, match="absent"):
        load(tmp_path / "absent")
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)


def test_metadata_by_path_and_id(tmp_path):
    table = metadata(
        tmp_path, '\ufeffpath,id,title,date\r\na.txt,,"Letters, new",1863-02\r\n\r\n./sub\\b.txt,b,,\r\n,c,C,\r\n'
    )
    assert table["a.txt"] == {"path": "a.txt", "title": "Letters, new", "date": "1863-02"}
    assert table["sub/b.txt"]["id"] == "b"
    assert set(table) == {"a.txt", "sub/b.txt", "c"}  # with a path, the id is what the document is to be called
    assert table["c"]["title"] == "C"


def test_a_header_alone_is_an_empty_table(tmp_path):
    assert metadata(tmp_path, "path,title\n") == {}


@pytest.mark.parametrize("date", ["1863", "1863-02", "1863-02-28", "1863/1865", "1863-02/1863-03-01"])
def test_dates_that_are_understood(tmp_path, date):
    assert metadata(tmp_path, f"id,date\na,{date}\n")["a"]["date"] == date


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", "", "is empty"),
        ("path,titel\n", ":1", "unknown column 'titel' (did you mean title?"),
        ("path;title\n", ":1", "separated by a semicolon"),
        ("path,path\n", ":1", "occurs twice"),
        ("title,author\n", ":1", "neither a column path nor a column id"),
        ("path,title\na.txt\n", ":2", "1 cells, but the header has 2"),
        ("path,title\na.txt,x,y\n", ":2", "3 cells, but the header has 2"),
        ('path,title\na.txt,"x\ny"\n', ":2", "title has a line end"),
        ('path,title\n\n\na.txt,x\na.txt,"y"\n', ":5", "already described in line 4"),
        ("path,id\na,\n,a\n", ":3", "already described in line 2"),
        ("path,id\na.txt,x\nb.txt,X\n", ":3", "already described in line 2"),
        ("path,id\na.txt,two words\n", ":2", "'two words' cannot be an id"),
        ("path,id\na.txt,1863\n", ":2", "such as d-1863"),
        ("path,id\na.txt,x.txt\n", ":2", "such as x"),
        ("path,title\n,x\n", ":2", "neither path nor id"),
        ("path\n/etc/a.txt\n", ":2", "leads elsewhere"),
        ("path\n../a.txt\n", ":2", "leads elsewhere"),
        ("id,date\na,14 Feb 1863\n", ":2", "is not understood"),
        ("id,date\na,1863-02-30\n", ":2", "is not understood"),
        ("id,date\na,1865/1863\n", ":2", "is not understood"),
        ("id,date\na,1863/1864/1865\n", ":2", "is not understood"),
        ("id,language\na,English please\n", ":2", "no language tag"),
        ('id,title\na,x\nb,"y\n', ":3", "unexpected end"),
        (b"id,title\na,x\nb,\xe9\n", ":3", "not valid UTF-8"),
    ],
)
def test_what_is_wrong_in_a_table_is_named_with_its_line(tmp_path, text, line, words):
    with pytest.raises(ConfigError) as caught:
        metadata(tmp_path, text)
    assert f"metadata.csv{line}" in str(caught.value)
    assert words in str(caught.value)
