"""Reads the sources of the window: which words are marked, what `tr` is given, what is shown bare.

A place is told as `file:line: what is wrong there`.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

MARK, SHOW = "QT_TR_NOOP", "tr"
HERE = {MARK, SHOW, "CONTEXT"}
MARKED_FIELDS = {"Action": ("label", "group"), "Screen": ("label",), "Step": ("title", "words")}
"""The fields that hold a marked word, shown with `tr(one.field)`; the classes that have them."""

MAKERS = re.compile(r"[A-Z]\w*(Widget|Label|Button|CheckBox|Card|Column|Error|Action)|Column")
MORE_MAKERS = {"line_edit", "said_card", "rows_card", "getOpenFileName", "getSaveFileName"}
"""What is given words as it is made; after the first argument roles and keys may stand too."""

SHOWERS = {
    "setText", "setTitle", "setWindowTitle", "setToolTip", "setStatusTip", "setWhatsThis",
    "setPlaceholderText", "setAccessibleName", "setAccessibleDescription", "setLabelText",
    "setHorizontalHeaderLabels", "setPlainText", "addRow", "addTab", "addItem", "addAction", "say",
    "note", "offer", "report", "show_words", "mark_wrong", "show_step",
}  # fmt: skip
"""What is given words to show."""

ROLE = re.compile(r"[a-z_.-]+")
BUGS = {"ValueError", "RuntimeError", "KeyError", "TypeError", "AssertionError"}
"""Errors that no surgeon is told of in words."""

TERMINAL = {"desktop.self_check", "desktop.start", "desktop.screenshots"}
"""What is said there is read in a terminal by those who build the program."""

KEYS_OF_CODE = {"date order", "day first", "month first", "import reading"}
"""What two words name in the code, and nobody is shown."""

NAMES = {"Plumbline"}
KEYS = re.compile(r"((Ctrl|Shift)\+)*(Ctrl|Shift|Tab|Esc|Home|End|Space|F\d+|\W|[A-Z])")
TAG = re.compile(r"<[^>]*>?")
WORD = re.compile(r"[A-Za-z]{2,}")
PHRASE = re.compile(r"[A-Za-z]{2,},? [a-z]{2,}")
CODE = re.compile(r"[{}<>;|\[\]]")
FIELD = re.compile(r"\{([^{}]*)\}")

Sources = Mapping[str, ast.Module]
Words = dict[str, list[ast.expr]]


def read(folder: Path) -> dict[str, ast.Module]:
    """Return the syntax trees below a folder by the modules' names."""
    found = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder.parent).with_suffix("").parts
        found[".".join(parts)] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def marked(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the line and text of every literal in `tr("…")` and `QT_TR_NOOP("…")`."""
    for call in _calls(tree, {MARK, SHOW}):
        if call.args and isinstance(call.args[0], ast.Constant):
            yield call.lineno, str(call.args[0].value)


def unmarked_phrases(sources: Sources) -> list[str]:
    """Return the phrases that stand in no mark, wherever they go."""
    found = []
    for name, tree in sources.items():
        if name in TERMINAL:
            continue
        aside = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and _name(call.func) in BUGS | {MARK, SHOW}:
                aside |= {id(one) for one in call.args}
        found += [
            f"{name}:{text.lineno}: {text.value}"
            for text in ast.walk(tree)
            if isinstance(text, ast.Constant) and id(text) not in aside and _is_phrase(text.value)
        ]
    return found


def wrong_places(sources: Sources) -> list[str]:
    """Return every place where words would escape translation, or break in it."""
    constants = {name: _constants(tree) for name, tree in sources.items()}
    found = []
    for name, tree in sources.items():
        known = {**constants[name], **_imported(tree, constants)}
        bare = set() if name in TERMINAL else {*_shown_bare(tree, known)}
        for line, what in sorted({*_wrong(tree, known), *bare}):
            found.append(f"{name}:{line}: {what}")
    return found


def _wrong(tree: ast.Module, known: Words) -> Iterator[tuple[int, str]]:
    loops = _loops(tree, known)
    for call in ast.walk(tree):
        if isinstance(call, ast.Attribute) and call.attr == SHOW:
            yield call.lineno, "a method called tr has a context of its own"
    for joined in ast.walk(tree):
        if isinstance(joined, ast.JoinedStr) and any(marked(joined)):
            yield joined.lineno, "Qt's tool reads nothing inside an f-string"
    for call in _calls(tree, {MARK}):
        if not _is_text(call.args[0]):
            yield call.lineno, "what is marked is no literal"
    for call in _calls(tree, {SHOW}):
        if len(call.args) != 1 or call.keywords:
            yield call.lineno, "tr takes one text"
        elif not _may_be_shown(call.args[0], known, loops):
            yield call.lineno, f"tr is given what is not marked: {ast.unparse(call.args[0])}"
    for line, text in marked(tree):
        bad = [one for one in FIELD.findall(text) if not one.isidentifier()]
        if bad or FIELD.sub("", text).count("{") or FIELD.sub("", text).count("}"):
            yield line, f"a place in the text is no plain name: {text}"
    for call in _calls(tree, set(MARKED_FIELDS)):
        yield from _wrong_fields(call, known)


def _wrong_fields(call: ast.Call, known: Words) -> Iterator[tuple[int, str]]:
    """A class whose field is shown with tr is made with a marked word there."""
    fields = MARKED_FIELDS[_name(call.func)]
    order = {"Action": ("name", "label", "group"), "Screen": ("key", "label")}
    places = order.get(_name(call.func), ("screen", "title", "words"))
    given = {**dict(zip(places, call.args, strict=False))}
    given |= {one.arg: one.value for one in call.keywords if one.arg}
    for field in fields:
        if field in given and not _is_marked(given[field], known):
            yield call.lineno, f"{_name(call.func)}.{field} is not marked"


def _may_be_shown(shown: ast.expr, known: Words, loops: set[str]) -> bool:
    if _is_text(shown):
        return True
    if isinstance(shown, ast.Attribute):
        return _is_marked_field(shown)
    while isinstance(shown, ast.Subscript):
        shown = shown.value
    return isinstance(shown, ast.Name) and (_all_marked(shown.id, known) or shown.id in loops)


def _is_marked(value: ast.expr, known: Words) -> bool:
    if isinstance(value, ast.Name):
        return _all_marked(value.id, known)
    if isinstance(value, ast.Attribute):
        return _is_marked_field(value)
    return isinstance(value, ast.Call) and _name(value.func) == MARK


def _is_marked_field(value: ast.Attribute) -> bool:
    return any(value.attr in fields for fields in MARKED_FIELDS.values())


def _all_marked(name: str, known: Words) -> bool:
    """Whether a constant is marked, or a table that marks a text in each of its rows."""
    values = known.get(name, [])
    return bool(values) and all(any(_calls(one, {MARK})) for one in values)


def _loops(tree: ast.Module, known: Words) -> set[str]:
    """Return the names that walk a table of marked words."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.comprehension):
            names = {one.id for one in ast.walk(node.iter) if isinstance(one, ast.Name)}
            if any(_all_marked(name, known) for name in names):
                found |= {one.id for one in ast.walk(node.target) if isinstance(one, ast.Name)}
    return found


def _shown_bare(tree: ast.Module, known: Words) -> Iterator[tuple[int, str]]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            for argument, first in _words_given(call):
                for line, text in _bare(argument, known):
                    if first or not ROLE.fullmatch(text):
                        yield line, f"shown without tr: {text}"


def _words_given(call: ast.Call) -> list[tuple[ast.expr, bool]]:
    """Return the arguments of a call that people read; those marked False may be a role."""
    name = _name(call.func)
    if name == "add_foot":
        return [(call.args[1], True)]
    if name in SHOWERS:
        given = (*call.args, *(one.value for one in call.keywords))
        return [(one, True) for one in given]
    if name in BUGS or not (name in MORE_MAKERS | {"__init__"} or MAKERS.fullmatch(name)):
        return []
    return [(one, not place) for place, one in enumerate(call.args)]


def _bare(shown: ast.expr, known: Words) -> Iterator[tuple[int, str]]:
    """Yield the words in an expression that stand outside `tr`."""
    if isinstance(shown, ast.Constant):
        if _is_words(shown.value):
            yield shown.lineno, str(shown.value)
    elif isinstance(shown, ast.Name):
        texts = (one for value in known.get(shown.id, []) for one in ast.walk(value))
        for text in texts:
            if isinstance(text, ast.Constant) and _is_words(text.value):
                yield shown.lineno, str(text.value)
    elif isinstance(shown, ast.Call):
        if isinstance(shown.func, ast.Attribute):
            yield from _bare(shown.func.value, known)
    elif isinstance(shown, ast.IfExp):
        yield from _bare(shown.body, known)
        yield from _bare(shown.orelse, known)
    elif isinstance(shown, ast.FormattedValue):
        yield from _bare(shown.value, known)
    elif isinstance(shown, ast.JoinedStr | ast.BinOp | ast.BoolOp | ast.Tuple | ast.List):
        for part in ast.iter_child_nodes(shown):
            if isinstance(part, ast.expr):
                yield from _bare(part, known)


def _constants(tree: ast.Module) -> Words:
    """Return what the module's constants are made of: one expression, or one a row."""
    found: Words = {}
    for node in tree.body:
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            targets, value = [node.target], node.value
        for target in targets:
            if isinstance(target, ast.Name):
                found[target.id] = _rows(value)
            elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                pairs = zip(target.elts, value.elts, strict=True)
                found |= {one.id: [made] for one, made in pairs if isinstance(one, ast.Name)}
    return found


def _rows(value: ast.expr) -> list[ast.expr]:
    if isinstance(value, ast.Dict):
        return value.values
    if isinstance(value, ast.Tuple | ast.List | ast.Set):
        return value.elts
    return [value] if isinstance(value, ast.Call | ast.Constant) else []


def _imported(tree: ast.Module, constants: Mapping[str, Words]) -> Words:
    found: Words = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in constants:
            theirs = constants[node.module]
            for one in node.names:
                if one.name in theirs and one.name not in HERE:
                    found[one.asname or one.name] = theirs[one.name]
    return found


def _calls(tree: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def _is_text(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def _is_words(value: object) -> bool:
    if not isinstance(value, str) or value in NAMES or KEYS.fullmatch(value):
        return False
    return WORD.search(TAG.sub("", value)) is not None


def _is_phrase(value: object) -> bool:
    if not isinstance(value, str) or value in KEYS_OF_CODE or CODE.search(value):
        return False
    return PHRASE.search(value) is not None


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
