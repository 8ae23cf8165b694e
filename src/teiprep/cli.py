"""The command line: arguments in, messages and exit codes out.

Exit codes: 0 all well; 1 findings, quarantine, an output edited by hand and left alone; 2 wrong use; 130 broken off.
"""

# Imports of other modules stand inside the commands: `teiprep --help` and `teiprep encode` must not wait for what only
# another command needs (lxml, ftfy, the grammar; Prefect alone takes two seconds).
# ruff: noqa: PLC0415
# click keeps the lines of a paragraph that begins with the character \b; in a raw docstring that would be two.
# ruff: noqa: D301

from __future__ import annotations

import importlib.util
import io
import os
import shlex
import shutil
import signal
import sys
import threading
import time
import traceback
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Self

import click

from . import __version__
from .diagnostics import InvariantError, SourceError, TeiprepError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import ModuleType

    from .corpus import Summary
    from .document import Metadatum

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class _Out(click.Path):
    """A file to write, in a folder that exists."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if not path.absolute().parent.is_dir():
            self.fail(f"the folder {path.parent} does not exist", param, ctx)
        return path


OUT = _Out(dir_okay=False, path_type=Path)


class _Commands(click.Group):
    """The group of commands; turns every way in which one can end into an exit code."""

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # not where a program put something else there
                stream.reconfigure(errors="backslashreplace")  # a poor locale must not end in a traceback
        kwargs["standalone_mode"] = False  # else click would choose the exit codes
        try:
            sys.exit(super().main(*args, **kwargs))
        except click.ClickException as error:
            error.show()
            sys.exit(2)
        except (click.Abort, KeyboardInterrupt):
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            _stopped()
            sys.exit(130)
        except TeiprepError as error:
            _say(f"teiprep: {error}", bad=True)
            sys.exit(2)
        except OSError as error:
            _say(f"teiprep: {error.filename or 'the output'}: {error.strerror or error}", bad=True)
            sys.exit(2)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:  # before click makes an error of it
            # Whoever read our output has seen enough. Without this Python would complain of it while it ends.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            sys.exit(141)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Turn damaged plain text (OCR, PDF extraction, web pages) into TEI XML, with a record of every change.

    To begin, put your texts into a folder raw and type

    \b
        teiprep run

    Exit codes: 0 all well; 1 something needs a look (it is named); 2 wrong use.
    """


@main.command(short_help="Encode a folder of texts.")
@click.argument("raw", type=click.Path(path_type=Path), default="raw")
@click.argument("build", type=click.Path(path_type=Path), default="build")
@click.option("--workers", type=click.IntRange(1, 256), help="Processes at once (default: one a processor).")
@click.option("--config", type=FILE, help="Settings (default: teiprep.toml in RAW, if there is one).")
@click.option("--no-prefect", is_flag=True, help="Without Prefect: the same files, byte for byte, and a quicker start.")
@click.option("--force", is_flag=True, help="Encode everything anew; overwrites every output that was edited by hand.")
@click.option("--strict", is_flag=True, help="Exit with 1 also if a published document has an error diagnostic.")
@click.pass_context
def run(
    context: click.Context,
    raw: Path,
    build: Path,
    workers: int | None,
    config: Path | None,
    *,
    no_prefect: bool,
    force: bool,
    strict: bool,
) -> None:
    """Encode all texts in the folder RAW (*.txt, *.md; default raw) into the folder BUILD (default build).

    What has not changed since the last run is verified and left as it is. A text that cannot be encoded goes to
    BUILD/quarantine with the reason and does no harm to the others. An output that you edited is never overwritten
    without --force.

    \b
    Example:
        teiprep run raw build --workers 4
    """
    from . import corpus

    workers = workers or corpus.processors()
    with _Progress() as progress:
        if no_prefect:
            with corpus.Run(raw, build, config=config, force=force, progress=progress.show) as one:
                summary = corpus.encode(one, workers)
        else:
            corpus.Run(raw, build, config=config).hold().close()  # wrong use is told before Prefect takes its time
            prefect = _prefect_flow()
            summary = prefect.run(
                raw, build, workers=workers, config=config, force=force, progress=progress.show, stopped=_stopped
            )
    _report(summary, raw, build)
    context.exit(0 if summary.ok(strict=strict) else 1)


@main.command(short_help="Encode one text.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("-o", "--output", type=OUT, metavar="OUT", help="Write the TEI to OUT, not to standard output.")
@click.option("--sidecar", type=OUT, metavar="FILE", help="Write the sidecar (JSON) to FILE.")
@click.option("--metadata", multiple=True, metavar="KEY=VALUE", help="Title, author, date …; may be repeated.")
@click.option("--origin", type=click.Choice(["web", "pages", "markdown", "plain"]), help="Where the text comes from.")
@click.option("--config", type=FILE, help="Settings (default: none; a teiprep.toml is not looked for).")
@click.pass_context
def encode(
    context: click.Context,
    file: str,
    output: Path | None,
    sidecar: Path | None,
    metadata: Sequence[str],
    origin: str | None,
    config: Path | None,
) -> None:
    """Encode the text FILE (- or a pipe for standard input) and write the TEI to standard output.

    Messages go to standard error, one a line: file:line: severity code message. A text that cannot be encoded gives
    exit code 1 and no output.

    \b
    Examples:
        teiprep encode letter.txt -o letter.xml --sidecar letter.json
        teiprep encode telegram.txt --metadata date=1935-11-09
    """
    from . import files, pipeline
    from .config import Config
    from .read.text import read_bytes
    from .source import Source

    settings = Config.load(config)
    given = _metadata(metadata if origin is None else [*metadata, f"origin={origin}"])
    _distinct(file, output, sidecar)
    if sidecar == Path("-"):
        raise click.UsageError("--sidecar needs a file; standard output is for the TEI")
    piped = file == "-" or Path(file).is_fifo() or Path(file) == Path("/dev/stdin")
    name = "stdin.txt" if piped else Path(file).name
    shown = files.printable(file)
    if files.printable(name) != name:
        _tell(shown, None, "error", SourceError.code, f"{files.ODD_NAME} (rename it)")
        context.exit(1)
    data = b""
    try:
        if piped:
            if sys.stdin is None:  # closed by whoever started us
                raise SourceError("standard input is closed", hint="pipe a text into it, or give a file")  # noqa: TRY301
            data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        else:
            data = read_bytes(Path(file))
        source = Source.decode(name, data, settings.read.encodings)
        made = pipeline.produce(source, settings, files.slug(name), given)
    except SourceError as error:
        line = None if error.offset is None else data.count(b"\n", 0, error.offset) + 1
        _tell(shown, line, "error", error.code, str(error))
        context.exit(1)
    except Exception as error:  # our bug, whatever it is
        if isinstance(error, InvariantError):
            _say(f"{shown}: error {error.code} {error}\n{error.difference}".rstrip(), bad=True)
        elif isinstance(error, TeiprepError):
            raise
        else:
            _say(traceback.format_exc())
            _say(
                f"{shown}: error internal {type(error).__name__}: {error} (please report this with the file)", bad=True
            )
        context.exit(1)
    for one in made.document.diagnostics:
        _tell(shown, one.line, one.severity, one.code, str(TeiprepError(one.message, hint=one.hint)))
    if sidecar is not None:
        _write(sidecar, made.sidecar)
    _write(output, made.tei)


@main.command(short_help="Check TEI files and sidecars.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--schema", type=FILE, help="Check all TEI by this RELAX NG grammar, such as tei_all.rng.")
@click.option("--schematron", type=FILE, help="Check all TEI by the rules of this ISO Schematron schema too.")
@click.option(
    "--raw",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the raw texts: are they still those that were encoded?",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations of a GitHub workflow.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@click.option("--off", multiple=True, metavar="CODE", help="Do not tell findings of this code; may be repeated.")
@click.option(
    "--most", type=click.IntRange(1), default=50, show_default=True, help="Tell so many of one code per file."
)
@click.option("--jobs", type=click.IntRange(1, 256), help="Processes at once (default: as pays).")
@click.option("--config", type=FILE, help="Settings (default: teiprep.toml in this folder, if there is one).")
@click.pass_context
def validate(  # noqa: PLR0913 - an argument for each option
    context: click.Context,
    paths: Sequence[Path],
    *,
    schema: Path | None,
    schematron: Path | None,
    raw: Path | None,
    form: str,
    strict: bool,
    off: Sequence[str],
    most: int,
    jobs: int | None,
    config: Path | None,
) -> None:
    """Check any TEI, whoever made it: files, folders that hold them, or - for standard input. Nothing is changed.

    Looks at the XML, the schema, ids and pointers, dates, notes, pages and the header; and of TEI that teiprep made,
    whether it still says what its sidecar says. Each finding is a line on standard output:
    file:line:column: severity code message [XPath]. What a code means, and what to do, is in docs/diagnostics.md.

    Without --schema, each file is checked by the RELAX NG schema that it names (xml-model) if that lies here; nothing
    is fetched from the web. For TEI in general get tei_all.rng from tei-c.org.

    \b
    Examples:
        teiprep validate build
        teiprep validate build --raw raw
        teiprep validate letters/ --schema tei_all.rng
        teiprep validate my.xml --off header-licence --strict
        teiprep validate tei/ --schema tei_all.rng --format github

    Exit codes: 0 no error; 1 errors (with --strict warnings too); 2 wrong use, such as a path that holds no TEI.
    """
    from .config import Config
    from .diagnostics import CODES, code_hint
    from .validate import check_paths, report
    from .validate.parsing import MOST_BYTES

    for code in off:
        if code not in CODES:
            raise click.BadParameter(f"{code!r} is no code ({code_hint(code)})", param_hint="--off")
    if config is None and Path("teiprep.toml").is_file():
        config = Path("teiprep.toml")
    settings = Config.load(config).validate
    settings = replace(
        settings,
        off=(*settings.off, *off),
        schema=settings.schema if schema is None else str(schema),
        schematron=settings.schematron if schematron is None else str(schematron),
    )
    given = b""
    if Path("-") in paths:
        if sys.stdin is None:  # closed by whoever started us
            raise click.UsageError("standard input is closed; pipe a TEI file into it, or name a file")
        given = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        with _Meter() as meter:
            found = check_paths(
                paths,
                settings,
                raw=raw,
                most=most,
                jobs=jobs,
                progress=meter.show,
                standard_input=given,
            )
    except KeyboardInterrupt:
        _say("\nstopped; not all files were checked", bad=True)
        context.exit(130)
    if form == "json":
        click.echo(report.as_json(found, strict=strict))
    else:
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        for line in report.as_github(found) if form == "github" else report.as_text(found, colour=colour):
            click.echo(line, color=True)
    context.exit(0 if found.ok(strict=strict) else 1)


@main.command(short_help="Get the original file back.")
@click.argument("tei", type=FILE)
@click.option("--sidecar", type=FILE, metavar="JSON", help="The sidecar (default: found beside the TEI).")
@click.option("-o", "--output", type=OUT, metavar="OUT", help="Write to OUT, not to standard output.")
@click.pass_context
def restore(context: click.Context, tei: Path, sidecar: Path | None, output: Path | None) -> None:
    """Give back the bytes of the original file, exactly, from the text of TEI and its sidecar.

    A TEI whose text was changed is refused, and the word named (exit code 1).

    \b
    Example:
        teiprep restore build/tei/letter.xml -o letter.txt
    """
    from .proofs import restore_from
    from .sidecar import fingerprints, load

    sidecar = sidecar or _sidecar_of(tei)
    _distinct(tei, sidecar, output)
    try:
        record = sidecar.read_bytes()
        data = restore_from(tei.read_bytes(), load(record), fingerprints(record))
    except TeiprepError as error:
        _say(f"{tei}: error {error.code} {error}", bad=True)
        context.exit(1)
    _write(output, data)


@main.command(short_help="Say what was done to a text, and why.")
@click.argument("tei", type=FILE)
@click.pass_context
def explain(context: click.Context, tei: Path) -> None:
    """Say in words what was changed, paired and tagged in TEI, and why, with the lines of the original file.

    Reads the sidecar beside the TEI.

    \b
    Example:
        teiprep explain build/tei/letter.xml
    """
    from . import sidecar
    from .explain import explain as account

    record = _sidecar_of(tei)
    try:
        document = sidecar.load(record.read_bytes())
        lines = list(account(document, sidecar.layout_of(document)))
    except TeiprepError as error:
        _say(f"{record}: error {error.code} {error}", bad=True)
        context.exit(1)
    click.echo("\n".join(lines))


@main.command(short_help="Write tags with their offsets as CSV, JSON Lines, CoNLL or Web Annotation.")
@click.argument("build", nargs=-1, metavar="[BUILD]...", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl", "conll", "webannotation"]),
    default="csv",
    show_default=True,
    help="How.",
)
@click.option("--layer", "layers", multiple=True, metavar="LAYER", help="Only this layer; may be repeated.")
@click.option("-o", "--output", type=OUT, metavar="OUT", help="Write to OUT, not to standard output.")
@click.pass_context
def export(
    context: click.Context, build: Sequence[Path], *, form: str, layers: Sequence[str], output: Path | None
) -> None:
    """Write the tags of all documents, with their offsets, from the sidecars in BUILD (default build).

    BUILD is the folder that run wrote, or one or several sidecars. Offsets count code points of the text of a flow, as
    the sidecar has it, and are compared with it; docs/export.md describes each format.

    \b
    Examples:
        teiprep export build > tags.csv
        teiprep export build --format jsonl --layer date --layer person -o tags.jsonl
        teiprep export build/sidecar/letter.json --format conll

    Exit codes: 0 all well; 1 a sidecar is damaged (it is named and left out), or there is no such tag; 2 wrong use.
    """
    from .export import Export
    from .export import layers as known

    for layer in layers:
        _known_layer(layer, known(), "--layer")
    one = Export(build or [Path("build")], form, layers)
    if output is not None:
        _distinct(output, *(file for file in one.files if file.name == output.name))
    try:
        with _Meter() as meter:
            _write(
                output,
                one.chunks(meter.show, lambda file, error: _tell(file, None, "error", error.code, str(error))),
            )
    except KeyboardInterrupt:
        _say("\nstopped; not all documents were exported", bad=True)
        context.exit(130)
    count = len(one.files) - one.failed
    if count and not one.tags:
        what = f"tag of the layer {' or '.join(layers)}" if layers else "tag"
        _say(f"teiprep: no {what} in {count} document{'s' if count > 1 else ''}", bad=True)
    context.exit(0 if one.tags and not one.failed else 1)


@main.command(short_help="Compare TEI with a gold, layer by layer.")
@click.argument("pred", type=click.Path(exists=True, path_type=Path))
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.option("--layer", "layers", multiple=True, metavar="LAYER", help="Only this layer; may be repeated.")
@click.option("--per-document", is_flag=True, help="Show each document too, not only all together.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    show_default=True,
    help="How.",
)
@click.option("-o", "--output", type=OUT, metavar="OUT", help="Write to OUT, not to standard output.")
@click.option("--errors", type=click.IntRange(0), default=0, metavar="N", help="Show N differences of each layer.")
@click.option("--min", "least", multiple=True, metavar="LAYER=0.9", help="Exit with 1 if F1 is less; may be repeated.")
@click.option(
    "--bootstrap", type=click.IntRange(1, 100_000), default=1000, show_default=True, help="Resamples for intervals."
)
@click.option(
    "--confidence",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.95,
    show_default=True,
    help="How much of the resamples an interval holds.",
)
@click.pass_context
def evaluate(  # noqa: PLR0913 - an argument for each option
    context: click.Context,
    pred: Path,
    gold: Path,
    *,
    layers: Sequence[str],
    per_document: bool,
    form: str,
    output: Path | None,
    errors: int,
    least: Sequence[str],
    bootstrap: int,
    confidence: float,
) -> None:
    """Say how much of the TEI in GOLD stands in PRED: precision, recall and F1 of each layer.

    Both are files, or folders whose files have the same names. Any TEI will do, whatever made it and however it puts
    notes, names and quotations; the two texts may differ, they are aligned first.

    \b
    Examples:
        teiprep evaluate build/tei mygold
        teiprep evaluate letter.xml gold/letter.xml --errors 5 --layer notes
        teiprep evaluate build/tei mygold --min notes=0.95 --min pages=0.98
    """
    from .evaluate import LAYERS, report
    from .evaluate import evaluate as compare

    for layer in layers:
        _known_layer(layer, LAYERS, "--layer")
    wanted = dict(_least(each, LAYERS) for each in least)
    _distinct(*{pred, gold}, output)
    with _Progress() as progress:
        found = compare(pred, gold, layers, errors, progress.show)
    found.resamples, found.confidence = bootstrap, confidence
    for one in found.problems:
        _tell(one.file, *one[1:])
    if form == "json":
        text = report.as_json(found)
    elif form == "markdown":
        text = report.markdown(found, per_document=per_document)
    else:
        text = report.table(found, per_document=per_document)
    _write(output, text.encode("utf-8", "surrogateescape"))
    below = found.below(wanted)
    for message in below:
        _say(f"teiprep: {message}", bad=True)
    context.exit(1 if below or found.flawed else 0)


# --- what the commands share ------------------------------------------------------------------------------------------


def _say(message: str, *, bad: bool = False) -> None:
    """A message on standard error; red if `bad`, where there are colours."""
    plain = "NO_COLOR" in os.environ or not sys.stderr.isatty()
    click.echo(message if plain or not bad else click.style(message, fg="red"), err=True)


def _known_layer(layer: str, known: Sequence[str], option: str) -> None:
    if layer not in known:
        raise click.BadParameter(f"{layer!r} is not one of {', '.join(known)}", param_hint=option)


def _least(given: str, known: Sequence[str]) -> tuple[str, float]:
    """A layer and the least F1, as `--min` gives them."""
    layer, _, value = given.partition("=")
    _known_layer(layer, known, "--min")
    try:
        least = float(value)
    except ValueError:
        least = -1.0
    if not 0 <= least <= 1:
        raise click.BadParameter(f"{given!r} is not LAYER=NUMBER with a number from 0 to 1", param_hint="--min")
    return layer, least


def _stopped() -> None:
    _say("\nstopped; what is published is complete, and the same command goes on where it stopped", bad=True)


def _tell(file: str | Path, line: int | None, severity: str, code: str, message: str) -> None:
    """A message in the form that compilers use."""
    where = file if line is None else f"{file}:{line}"
    _say(f"{where}: {severity} {code} {message}", bad=severity == "error")


def _command() -> str:
    """What a user types to call this program again."""
    if shutil.which("teiprep"):
        return "teiprep"
    if Path(sys.argv[0]).name == "teiprep":
        return shlex.quote(sys.argv[0])
    return f"{shlex.quote(sys.executable)} -m teiprep"


def _write(path: Path | None, data: bytes | Iterable[bytes]) -> None:
    """Write to a file, whole or not at all, or piece by piece to standard output. Raises OSError."""
    from . import files

    pieces = [data] if isinstance(data, bytes) else data
    if path is None or path == Path("-"):
        sys.stdout.buffer.writelines(pieces)
        sys.stdout.buffer.flush()
    elif path.exists() and not path.is_file():
        with path.open("wb") as device:  # or a pipe: nothing can take its place
            device.writelines(pieces)
    else:
        files.write(path.resolve(), data)


def _distinct(*paths: str | Path | None) -> None:
    """Refuse to write over what is read, or two outputs into one file."""
    whole = [Path(path).resolve() for path in paths if path is not None and str(path) != "-"]
    for path in whole:
        if whole.count(path) > 1 and (path.is_file() or not path.exists()):
            raise click.UsageError(f"{path} is named twice; an output needs a file of its own")


def _sidecar_of(tei: Path) -> Path:
    """The sidecar that belongs to a TEI file: where a run puts it, or beside the TEI."""
    places = (tei.absolute().parent.parent / "sidecar" / f"{tei.stem}.json", tei.with_suffix(".json"))
    for place in places:
        if place.is_file():
            return place
    raise click.UsageError(f"no sidecar of {tei} is found at {' or '.join(map(str, places))}")


def _metadata(pairs: Iterable[str]) -> dict[str, Metadatum]:
    """Metadata from the command line, checked like a row of metadata.csv."""
    from typing import get_args

    from .config import COLUMNS, OriginName, is_date
    from .document import Metadatum

    known = [column for column in COLUMNS if column not in {"path", "id"}]
    found = {}
    for pair in pairs:
        key, equals, value = (part.strip() for part in pair.partition("="))
        if not equals or not value or key not in known:
            raise click.BadParameter(
                f"{pair!r} is not KEY=VALUE with one of the keys {', '.join(known)}", param_hint="--metadata"
            )
        if key == "origin" and value not in get_args(OriginName):
            raise click.BadParameter(
                f"origin {value!r} is none of {', '.join(get_args(OriginName))}", param_hint="--metadata"
            )
        if not value.isprintable():
            raise click.BadParameter(f"{key} has a character that cannot be printed", param_hint="--metadata")
        if key == "date" and not is_date(value):
            raise click.BadParameter(
                f"date {value!r} is not understood: 1863, 1863-02, 1863-02-14, or a range 1863/1865",
                param_hint="--metadata",
            )
        found[key] = Metadatum(value, "command line")
    return found


def _prefect_flow() -> ModuleType:
    """The module flows/prepare.py, which is loaded by its path: it is no part of the package in a checkout."""
    from . import resources

    # None in sys.modules, as programs hide a module, is not what find_spec takes.
    if sys.modules.get("prefect", True) is None or importlib.util.find_spec("prefect") is None:
        raise click.ClickException("Prefect is not installed: pip install 'teiprep[flow]', or add --no-prefect")
    where = os.environ.get("PREFECT_API_URL")
    _say(
        f"connecting to Prefect at {where} …" if where else "starting Prefect's local server (10–20 s the first time) …"
    )
    spec = importlib.util.spec_from_file_location("teiprep_flow_prepare", resources.path("flows/prepare.py"))
    if spec is None or spec.loader is None:
        raise click.ClickException("flows/prepare.py cannot be loaded; install teiprep again")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    # Loading Prefect calls much that would swallow a KeyboardInterrupt, or print one.
    before = signal.signal(signal.SIGINT, _end_now)
    try:
        spec.loader.exec_module(module)
    except TeiprepError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, teiprep can do without
        why = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise click.ClickException(
            f"Prefect cannot be loaded ({why}): pip install 'teiprep[flow]', or add --no-prefect"
        ) from None
    finally:
        signal.signal(signal.SIGINT, before)
    return module


def _end_now(*_: object) -> NoReturn:
    _stopped()
    os._exit(130)


class _Progress:
    """Says on standard error how far a run is, once it has taken two seconds.

    On a terminal that is one line, written again and again; to a file or a program a line now and then.
    """

    def __init__(self) -> None:
        self._state = (0, 0)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def show(self, done: int, total: int) -> None:
        """So many documents of all are done."""
        self._state = (done, total)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _follow(self) -> None:
        alive = sys.stderr.isatty()
        began = time.monotonic()
        wait, shown = 2.0, False
        while not self._ended.wait(wait):
            done, total = self._state
            if total:
                line = f"{done} of {total} documents, {time.monotonic() - began:.0f} s"
                click.echo(f"\r\x1b[K{line}" if alive else line, nl=not alive, err=True)
                shown = True
            wait = 0.2 if alive else 10.0
        if shown and alive:
            click.echo("\r\x1b[K", nl=False, err=True)


class _Meter:
    """Says on the terminal how many files are checked, once that has taken two seconds; without a thread, for forks."""

    def __init__(self) -> None:
        self._shows = sys.stderr.isatty()
        self._began = self._last = time.monotonic()
        self._shown = False

    def show(self, done: int, total: int) -> None:
        """So many files of all are done."""
        now = time.monotonic()
        if self._shows and now - self._began >= 2 and now - self._last >= 0.2:
            click.echo(f"\r\x1b[K{done} of {total} files, {now - self._began:.0f} s", nl=False, err=True)
            self._last, self._shown = now, True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)


def _report(summary: Summary, raw: Path, build: Path) -> None:
    """What a run did: what needs a look on standard error, the closing table on standard output."""
    most = 20
    folder = raw if raw.is_dir() else raw.parent
    for remark in summary.remarks:
        _say(remark)
    for path in summary.edited[:most]:
        hint = "left alone (--force would overwrite every edited output)"
        _tell(path, None, "warning", "output-edited", f"was changed by hand since it was published; {hint}")
    for one in summary.quarantine[:most]:
        _tell(folder / one.path, *one[2:])
    if (more := sum(max(0, len(found) - most) for found in (summary.edited, summary.quarantine))) > 0:
        _say(f"… and {more} more of these: see {build / 'manifest.jsonl'} and {build / 'quarantine'}")
    for one in summary.told:
        _tell(folder / one.path, *one[2:])
    if summary.first and (more := summary.diagnostics["error"] + summary.diagnostics["warning"] - len(summary.told)):
        _say(f"… and {more} more errors and warnings: {_command()} explain {shlex.quote(str(summary.first))}")
    rows = summary.rows()
    width = max(len(what) for what, _ in rows)
    for what, number in rows:
        click.echo(f"{what.ljust(width)}  {number}")
    click.echo(f"\nTEI is in {build / 'tei'}, the record of every change in {build / 'sidecar'}.")
    if summary.quarantine:
        click.echo(f"Look first at {summary.quarantine[0].more}: why a text could not be encoded.")
    elif summary.first is not None:
        click.echo(f"Look first at {summary.first}; what was done to it, and why:")
        click.echo(f"    {_command()} explain {shlex.quote(str(summary.first))}")
