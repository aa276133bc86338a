#!/usr/bin/env python3
"""Runs every `liaison ...` line of the README in order, in an empty folder, on the sample set in place of the network.

    check_commands.py LIAISON

A command may answer yes (0) or no (1); anything else, or a message on stderr of a command that answers yes, is a fault.
"""
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent


def main():
    binary, failures, run = os.path.realpath(sys.argv[1]), 0, 0
    lines = [line.strip() for line in (SOURCE / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("    liaison ")]
    with tempfile.TemporaryDirectory() as folder:
        for line in lines:
            words = shlex.split(line, comments=True)
            arguments = words[1:]
            if arguments[0] == "refresh":
                arguments += ["--mirror", str(SOURCE / "feeds" / "sample")]
            if arguments[0] == "export":
                arguments.append("-q")
            done = subprocess.run([binary, *arguments], cwd=folder, capture_output=True, text=True, check=False, timeout=120,
                                  env={"PATH": os.environ["PATH"], "HOME": folder, "SOURCE_DATE_EPOCH": "1764028800"})
            run += 1
            if done.returncode not in (0, 1) or (done.returncode == 0 and done.stderr):
                failures += 1
                print(f"{line}: exit {done.returncode}: {done.stderr}")
    print(f"{run} commands of the README run, {failures} faults")
    sys.exit(1 if failures or run < 5 else 0)


if __name__ == "__main__":
    main()
