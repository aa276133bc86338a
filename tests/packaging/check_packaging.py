#!/usr/bin/env python3
"""The shell scripts parse, the units are hardened and use options that exist. Usage: check_packaging.py SOURCE_DIR [LIAISON]"""
import pathlib
import re
import shutil
import subprocess
import sys

HARDENING = ["NoNewPrivileges=yes", "PrivateTmp=yes", "ProtectSystem=strict", "ProtectHome=yes", "MemoryMax=", "CapabilityBoundingSet=",
             "RestrictAddressFamilies=", "SystemCallFilter=@system-service", "ReadWritePaths=/var/lib/liaison"]


def main():
    root = pathlib.Path(sys.argv[1])
    faults = []
    for script in [*root.glob("packaging/**/*.sh"), *root.glob("*.sh"), *root.glob("scripts/*.sh"), root / ".ci/run"]:
        result = subprocess.run(["bash", "-n", script], capture_output=True, text=True, check=False)
        if result.returncode:
            faults.append(f"{script}: {result.stderr.strip()}")
        if not script.stat().st_mode & 0o100:
            faults.append(f"{script}: not executable")
    service = (root / "packaging/systemd/liaison-refresh.service").read_text()
    faults += [f"liaison-refresh.service: {line} is missing" for line in HARDENING if line not in service]
    if len(sys.argv) > 2:
        known = subprocess.run([sys.argv[2], "refresh", "--help"], capture_output=True, text=True, check=True).stdout
        texts = service + (root / "packaging/liaison.cron").read_text() + "".join(p.read_text() for p in root.glob("packaging/mirror-host/*.sh"))
        for call in re.findall(r"liaison refresh ([^\n>|]*)", texts):
            for option in re.findall(r"--[a-z-]+", call):
                if option not in known:
                    faults.append(f"refresh has no option {option}")
    if shutil.which("systemd-analyze"):
        for unit in root.glob("packaging/systemd/*.timer"):
            result = subprocess.run(["systemd-analyze", "calendar", re.search(r"OnCalendar=(.*)", unit.read_text()).group(1)],
                                    capture_output=True, text=True, check=False)
            if result.returncode:
                faults.append(f"{unit}: {result.stderr.strip()}")
    for fault in faults:
        print(fault)
    print(f"packaging: {len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
