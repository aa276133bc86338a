#!/usr/bin/env python3
"""Runs a golden test of the command line: exact stdout, stderr and exit code of each step.

    run.py LIAISON CASE.test            compare
    run.py --update LIAISON CASE.test   write what came out into the file; read the difference before committing it

A case is a text file of steps, run in order by a shell in an empty folder with the clock stopped at 2025-11-25:

    # a comment
    $ liaison search cheil            the command; $SAMPLE is the checkout's feeds/sample, $SOURCE the checkout
    > one line of stdout
    ! one line of stderr
    = 0                               the exit code

Where a machine's own paths would appear they are replaced by [DIR], [SAMPLE] and [SOURCE].
"""
import os
import pathlib
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent


def steps_of(text):
    """Groups lines into [comments, command, stdout, stderr, code]."""
    steps, comments = [], []
    for line in text.splitlines():
        if line.startswith("$ "):
            steps.append([comments, line[2:], [], [], None])
            comments = []
        elif line.startswith(">"):
            steps[-1][2].append(line[2:])
        elif line.startswith("!"):
            steps[-1][3].append(line[2:])
        elif line.startswith("= "):
            steps[-1][4] = int(line[2:])
        elif not line.strip() or line.startswith("#"):
            comments.append(line)
        else:
            sys.exit(f"not a line of a case: {line!r}")
    return steps, comments


def lines_of(output, folder):
    text = output.decode("utf-8", "backslashreplace")
    for path, name in ((folder, "[DIR]"), (str(SOURCE / "feeds" / "sample"), "[SAMPLE]"), (str(SOURCE), "[SOURCE]")):
        text = text.replace(path, name)
    text = text.replace("\r\n", "\\r\n")
    return text.splitlines()


def main():
    arguments = sys.argv[1:]
    update = arguments[0] == "--update"
    binary, case = arguments[1:] if update else arguments
    case = pathlib.Path(case)
    steps, tail = steps_of(case.read_text(encoding="utf-8"))
    failures, written = 0, []
    with tempfile.TemporaryDirectory() as folder:
        folder = os.path.realpath(folder)
        environment = {
            "PATH": f"{folder}/.bin:{os.environ['PATH']}", "HOME": folder, "LANG": "C.UTF-8", "USER": "tester",
            "SOURCE_DATE_EPOCH": "1764028800", "SAMPLE": str(SOURCE / "feeds" / "sample"), "SOURCE": str(SOURCE),
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
            if name in os.environ:
                environment[name] = os.environ[name]
        os.mkdir(f"{folder}/.bin")
        os.symlink(os.path.realpath(binary), f"{folder}/.bin/liaison")
        for comments, command, out, err, code in steps:
            done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, capture_output=True,
                                  stdin=subprocess.DEVNULL, timeout=280)
            have = lines_of(done.stdout, folder), lines_of(done.stderr, folder), done.returncode
            written += comments + [f"$ {command}"]
            written += [f"> {line}".rstrip() if not line else f"> {line}" for line in have[0]]
            written += [f"! {line}".rstrip() if not line else f"! {line}" for line in have[1]]
            written += [f"= {have[2]}"]
            for what, expected, found in zip(("stdout", "stderr", "exit code"), (out, err, code), have):
                if expected != found and not update:
                    failures += 1
                    print(f"{case}: {command}: {what}")
                    if what == "exit code":
                        print(f"  expected {expected}, found {found}")
                    else:
                        print("\n".join([f"  -{line}" for line in expected] + [f"  +{line}" for line in found]))
    if update:
        case.write_text("\n".join(written + tail) + "\n", encoding="utf-8")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
