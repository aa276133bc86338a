"""Runs feeds_print over tests/feeds/<format>/<case>/input/* and compares with <case>/expected.ndjson.

usage: golden.py FEEDS_PRINT FOLDER [--update]
"""
import difflib
import pathlib
import subprocess
import sys


def main() -> int:
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    update = "--update" in sys.argv[3:]
    cases = sorted(path.parent for path in folder.glob("*/*/input"))
    failed = 0
    for case in cases:
        form = case.parent.name
        feed = (case / "feed").read_text().strip() if (case / "feed").exists() else "test"
        files = sorted(str(path) for path in (case / "input").iterdir())
        if (case / "settings.json").exists():
            files = ["--settings", str(case / "settings.json"), *files]
        for name in (form, "auto"):
            got = subprocess.run([program, name, feed, *files], capture_output=True, text=True, check=False)
            text = got.stdout if got.returncode == 0 else got.stderr
            expected = case / "expected.ndjson"
            if update:
                expected.write_text(text)
            want = expected.read_text() if expected.exists() else ""
            if text != want:
                failed += 1
                print(f"{case} read as {name}:")
                sys.stdout.writelines(difflib.unified_diff(want.splitlines(True), text.splitlines(True), "expected", "got"))
    print(f"{len(cases)} cases, {failed} differ")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
