#!/usr/bin/env python3
"""House rules that a machine can check. Usage: check.py CHECK SOURCE_DIR; see CHECKS at the end.

Prints every fault as FILE:LINE: what, and ends with 1 when there is one.
"""
import functools
import pathlib
import re
import sys

CODE_FOLDERS = ("src", "include", "tests", "bench")
MAX_LINES = 800


def code_files(root, *folders):
    for folder in folders or CODE_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".cpp", ".hpp"):
                yield path


@functools.lru_cache(maxsize=None)
def text_of(path):
    return path.read_text(encoding="utf-8")


TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<d>[^(\s]{0,16})\(.*?\)(?P=d)"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])\'(?:\\.|[^\'\\\n])+\'',
    re.DOTALL)


@functools.lru_cache(maxsize=None)
def bare_code(path):
    """The file with comments and literals blanked, line numbers kept."""
    return TOKEN.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), text_of(path))


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def grep(root, paths, pattern, message, strip=True):
    expression = re.compile(pattern)
    for path in paths:
        text = bare_code(path) if strip else text_of(path)
        for match in expression.finditer(text):
            yield f"{path.relative_to(root)}:{line_of(text, match.start())}: {message}: {match.group(0).strip()}"


def module_ranks(root):
    ranks = {}
    for line in text_of(root / "src/MODULES").splitlines():
        match = re.fullmatch(r"(\d+) ([a-z]+)", line)
        if match:
            ranks[match.group(2)] = int(match.group(1))
    return ranks


def module_of(root, path):
    parts = path.relative_to(root).parts
    if parts[0] == "include":
        return parts[2] if len(parts) > 3 else None
    return parts[1] if len(parts) > 2 else None


def check_ranks(root):
    ranks = module_ranks(root)
    include = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.MULTILINE)
    for path in code_files(root, "src", "include"):
        module = module_of(root, path)
        where = path.relative_to(root)
        if module is None:
            continue
        if module not in ranks:
            yield f"{where}: module '{module}' is not in src/MODULES"
            continue
        for match in include.finditer(text_of(path)):
            parts = match.group(1).split("/")
            public = parts[0] == "liaison"
            other = parts[1] if public else parts[0]
            line = line_of(text_of(path), match.start())
            if len(parts) < (3 if public else 2):
                if not match.group(1).endswith("_data.hpp"):
                    yield f"{where}:{line}: include by path from the root, not {match.group(1)}"
            elif other not in ranks:
                yield f"{where}:{line}: unknown module '{other}'"
            elif other != module and not public:
                yield f"{where}:{line}: private header of module '{other}': {match.group(1)}"
            elif other != module and ranks[other] >= ranks[module]:
                yield (f"{where}:{line}: {module} (rank {ranks[module]}) may not include {other} "
                       f"(rank {ranks[other]}): only lower ranks")


def check_printing(root):
    paths = [p for p in code_files(root, "src", "include") if module_of(root, p) not in ("cli", "server")]
    return grep(root, paths, r"\bstd::(cout|cerr|clog)\b|\b(printf|fprintf|puts|fputs|putchar|vprintf)\s*\(|\bfmt::print\b"
                r"|\bspdlog::(info|warn|error|critical|debug|trace)\b|<iostream>",
                "only cli and server print; return a value")


def check_habits(root):
    library = list(code_files(root, "src", "include"))
    everything = list(code_files(root))
    yield from grep(root, everything, r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b", "finish it or file an issue", strip=False)
    yield from grep(root, library, r"(?m)^[ \t]*#[ \t]*define\b.*", "no macros")
    yield from grep(root, library, r"\bnew\s+[A-Za-z_][\w:<>]*\s*[({\[;]|\bdelete\s*(\[\s*\])?\s*[A-Za-z_*(]", "no new or delete")
    yield from grep(root, everything, r"\busing\s+namespace\s+std\s*;", "no using namespace std")
    yield from grep(root, everything, r"#include\s*<(format|expected|ranges)>", "not in our toolchain")
    yield from grep(root, [p for p in library if module_of(root, p) != "store"], r"#include\s*<sqlite3\.h>",
                    "SQL lives in store only")
    yield from grep(root, [p for p in library if p.parts[-2] != "base"],
                    r"\bsystem_clock::now\b|\bstd::time\s*\(|\bgettimeofday\b", "ask base::Clock")
    yield from grep(root, library, r"\bsetlocale\b|\bstd::locale\b", "no locale")
    yield from grep(root, everything, r"/" r"work/\w+", "a path of one machine", strip=False)
    for path in everything:
        where = path.relative_to(root)
        lines = text_of(path).count("\n")
        if lines > MAX_LINES:
            yield f"{where}: {lines} lines, over {MAX_LINES}: split it"
        if path.suffix == ".hpp" and not text_of(path).startswith("#pragma once\n"):
            yield f"{where}:1: a header begins with #pragma once"
        if not re.fullmatch(r"[a-z][a-z0-9_]*\.[ch]pp", path.name):
            yield f"{where}: file names are snake_case"
        if re.search(r"(^|/)(utils?|common|misc|helpers?)[./]", str(where)):
            yield f"{where}: name it after what it holds"


def check_readme(root):
    readme = root / "README.md"
    if not readme.exists():
        yield "README.md: missing"
        return
    for module in module_ranks(root):
        if (root / "src" / module).is_dir() and f"`{module}`" not in text_of(readme):
            yield f"README.md: does not name the module `{module}`"


def check_packages(root):
    names = text_of(root / "scripts/packages.txt").splitlines()
    for i, name in enumerate(names):
        if not re.fullmatch(r"[a-z0-9][a-z0-9+.-]+", name):
            yield f"scripts/packages.txt:{i + 1}: not a package name: {name!r}"
        if name in names[:i]:
            yield f"scripts/packages.txt:{i + 1}: twice: {name}"


CHECKS = {"ranks": check_ranks, "printing": check_printing, "habits": check_habits, "readme": check_readme,
          "packages": check_packages}


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in CHECKS:
        sys.exit(f"usage: check.py {'|'.join(CHECKS)} SOURCE_DIR")
    faults = list(CHECKS[sys.argv[1]](pathlib.Path(sys.argv[2])))
    for fault in faults:
        print(fault)
    print(f"{sys.argv[1]}: {len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
