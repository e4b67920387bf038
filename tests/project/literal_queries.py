"""Is every query that reaches a driver made of literals of the source, and of nothing else?

A syntax-tree reading of some modules. An argument of a driver's call is followed back to what it is made of:
constants, names bound to constants, f-strings and joins of these, integers formatted with `:d`. A parameter
makes its function a place where queries arrive too, so that its callers are read in turn. Anything else may
carry a value into a query and is reported.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

DRIVER_CALLS = frozenset({"execute", "executemany", "executescript", "execute_query", "run"})
HARMLESS_METHODS = frozenset({"split", "strip", "splitlines", "join", "format", "replace", "items", "values"})
HARMLESS_CALLS = frozenset({"Query", "cast", "dedent", "enumerate", "list", "reversed", "sorted", "tuple"})


@dataclass(frozen=True, slots=True)
class Finding:
    """A piece of a query that is not a literal: where, and what."""

    module: str
    line: int
    piece: str


@dataclass(slots=True)
class Source:
    """The modules under reading, by dotted name, and the parameters through which queries pass."""

    modules: dict[str, ast.Module]
    carriers: set[tuple[str, str, int | None, str]] = field(default_factory=set)
    findings: set[Finding] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands: its module and the functions around it, innermost last."""

    module: str
    functions: tuple[ast.FunctionDef | ast.AsyncFunctionDef, ...] = ()


def findings(sources: dict[str, str]) -> list[Finding]:
    """Every non-literal piece of a query in these modules (`{dotted name: text}`), in order of place."""
    source = Source({name: ast.parse(text) for name, text in sources.items()})
    before = -1
    while before != len(source.carriers):
        before = len(source.carriers)
        source.findings.clear()
        for name, tree in source.modules.items():
            for call, place in _calls(tree, Place(name)):
                for query in _queries(call, name, source):
                    _follow(query, place, source, frozenset())
    return sorted(source.findings, key=lambda f: (f.module, f.line, f.piece))


def _calls(node: ast.AST, place: Place) -> Iterator[tuple[ast.Call, Place]]:
    for child in ast.iter_child_nodes(node):
        inside = place
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = Place(place.module, (*place.functions, child))
        if isinstance(child, ast.Call):
            yield child, place
        yield from _calls(child, inside)


def _queries(call: ast.Call, module: str, source: Source) -> Iterator[ast.expr]:
    called = _called(call)
    if isinstance(call.func, ast.Attribute) and called in DRIVER_CALLS:
        yield from call.args[:1]
        yield from (k.value for k in call.keywords if k.arg in {"query", "query_", "sql"})
    for home, name, index, parameter in tuple(source.carriers):
        if name == called and (home == module or not name.startswith("_")):
            yield from call.args[index : index + 1] if index is not None else ()
            yield from (k.value for k in call.keywords if k.arg == parameter)


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _follow(expr: ast.expr, place: Place, source: Source, seen: frozenset[str]) -> None:
    pieces = _pieces(expr)
    if pieces is not None:
        for piece in pieces:
            _follow(piece, place, source, seen)
    elif isinstance(expr, ast.Name):
        _follow_name(expr, place, source, seen)
    elif isinstance(expr, ast.Call) and isinstance(expr.func, ast.Name):
        _follow_call(expr, expr.func.id, place, source, seen)
    elif isinstance(expr, ast.Attribute) and isinstance(expr.value, ast.Name):
        _follow_attribute(expr, place, source, seen)
    else:
        _report(expr, place, source)


def _pieces(expr: ast.expr) -> list[ast.expr] | None:  # noqa: C901, PLR0911, PLR0912 one case per kind of expression
    """What an expression is made of; None if that cannot be said here."""
    match expr:
        case ast.Constant():
            return []
        case ast.JoinedStr():
            return [part for part in expr.values if not isinstance(part, ast.Constant)]
        case ast.FormattedValue(format_spec=ast.JoinedStr(values=[ast.Constant(value="d")])):
            return []  # `:d` takes an integer or raises
        case ast.FormattedValue() | ast.NamedExpr() | ast.Starred():
            return [expr.value]
        case ast.BinOp(op=ast.Add()):
            return [expr.left, expr.right]
        case ast.BinOp(op=ast.Mod()):
            return [expr.left, expr.right]
        case ast.IfExp():
            return [expr.body, expr.orelse]
        case ast.BoolOp():
            return expr.values
        case ast.Dict():
            return expr.values
        case ast.DictComp():
            return [expr.value]
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
            return [expr.elt]
        case ast.List() | ast.Tuple() | ast.Set():
            return expr.elts
        case ast.Subscript():
            return [expr.value]
        case ast.Call(func=ast.Attribute(attr=name)) if name in HARMLESS_METHODS:
            return [expr.func.value, *expr.args, *(k.value for k in expr.keywords)]
        case ast.Call(func=ast.Attribute(attr="get")):
            return [expr.func.value, *expr.args[1:]]
        case ast.Call(func=ast.Name(id=name)) if name in HARMLESS_CALLS:
            return expr.args[-1:] if name == "cast" else expr.args[:1]
    return None


def _follow_call(call: ast.Call, name: str, place: Place, source: Source, seen: frozenset[str]) -> None:
    """A function of the same module that makes a query: what it returns is followed."""
    made = [
        (node.value, Place(place.module, (function,)))
        for function in source.modules[place.module].body
        if isinstance(function, ast.FunctionDef) and function.name == name
        for node in ast.walk(function)
        if isinstance(node, ast.Return) and node.value is not None
    ]
    mark = f"{place.module}:call:{name}"
    if not made:
        _report(call, place, source)
    elif mark not in seen:
        for value, inside in made:
            _follow(value, inside, source, seen | {mark})


def _follow_name(name: ast.Name, place: Place, source: Source, seen: frozenset[str]) -> None:
    mark = f"{place.module}:{len(place.functions)}:{name.id}"
    if mark in seen:
        return
    seen |= {mark}
    for depth in range(len(place.functions), 0, -1):
        function = place.functions[depth - 1]
        if _follow_parameter(name.id, function, place.module, source):
            return
        inside = Place(place.module, place.functions[:depth])
        if _follow_bindings(name.id, function, inside, source, seen):
            return
    if not _follow_global(name.id, place.module, source, seen):
        _report(name, place, source)


def _follow_parameter(
    name: str, function: ast.FunctionDef | ast.AsyncFunctionDef, module: str, source: Source
) -> bool:
    positional = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
    if positional[:1] in (["self"], ["cls"]):
        del positional[0]
    if name in positional:
        source.carriers.add((module, function.name, positional.index(name), name))
        return True
    if name in {a.arg for a in function.args.kwonlyargs}:
        source.carriers.add((module, function.name, None, name))
        return True
    return False


def _follow_bindings(name: str, scope: ast.AST, place: Place, source: Source, seen: frozenset[str]) -> bool:
    values = [value for target, value in _bindings(scope) if name in target]
    for value in values:
        _follow(value, place, source, seen)
    return bool(values)


def _bindings(scope: ast.AST) -> Iterator[tuple[set[str], ast.expr]]:
    """Names and what they are bound to: assignments, loops, comprehensions, `with`."""
    for node in ast.walk(scope):
        match node:
            case ast.Assign():
                for target in node.targets:
                    yield _names(target), node.value
            case ast.AnnAssign(value=ast.expr()) | ast.AugAssign() | ast.NamedExpr():
                yield _names(node.target), node.value
            case ast.For() | ast.comprehension():
                yield _names(node.target), node.iter


def _names(target: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(target) if isinstance(n, ast.Name)}


def _follow_global(name: str, module: str, source: Source, seen: frozenset[str]) -> bool:
    tree = source.modules[module]
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module in source.modules:
            for alias in node.names:
                if (alias.asname or alias.name) == name:
                    return _follow_global(alias.name, node.module, source, seen)
    held = ast.Module(
        body=[n for n in tree.body if not isinstance(n, ast.FunctionDef | ast.ClassDef)], type_ignores=[]
    )
    return _follow_bindings(name, held, Place(module), source, seen)


def _follow_attribute(expr: ast.Attribute, place: Place, source: Source, seen: frozenset[str]) -> None:
    owner = expr.value.id if isinstance(expr.value, ast.Name) else ""
    for node in source.modules[place.module].body:
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                imported = f"{node.module}.{alias.name}"
                known = (alias.asname or alias.name) == owner and imported in source.modules
                if known and _follow_global(expr.attr, imported, source, seen):
                    return
    _report(expr, place, source)


def _report(expr: ast.expr, place: Place, source: Source) -> None:
    source.findings.add(Finding(place.module, expr.lineno, ast.unparse(expr)))
