"""No script for the shell of which shellcheck says anything; and each stops at the first command that fails."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import gate

REASON = "a shell goes on after most mistakes; what installs, removes and builds must not"

SHEBANG = re.compile(r"#! ?/(?:usr/)?bin/(?:env )?(?:ba|da)?sh\b")
STOPS = re.compile(r"^(?:set -[a-z]*e|exec )", re.MULTILINE)


def scripts_of(root):
    return [path for path in gate.files_of(root) if SHEBANG.match((gate.text_of(path) or "")[:60])]


def check(root):
    if not shutil.which("shellcheck"):
        return ["shellcheck is not installed: installer/install-dependencies test"]
    scripts = scripts_of(root)
    if not scripts:
        return ["there are no scripts"]
    said = subprocess.run(["shellcheck", "--format=json", *scripts], capture_output=True, text=True, check=False)
    complaints = [f"{gate.at(root, Path(each['file']), each['line'])}: SC{each['code']}: {each['message']}"
                  for each in json.loads(said.stdout)]
    complaints += [f"{gate.at(root, path)}: goes on after a command that failed; write 'set -e'"
                   for path in scripts if not STOPS.search(gate.text_of(path))]
    return complaints


SOUND = {"tests/run": "#!/usr/bin/env bash\nset -euo pipefail\nrm -rf \"$1\"\n"}
SPOILT = [
    gate.Spoilt("a name that is split", {"tests/run": "#!/bin/sh\nset -e\nrm -rf $1\n"}, "SC2086"),
    gate.Spoilt("a test that shells read differently", {"installer/x": "#!/bin/sh\nset -e\n[[ -e x ]]\n"}, "SC3010"),
    gate.Spoilt("one that never stops", {"installer/x": "#!/bin/sh\necho x\n"}, "goes on after a command that failed"),
]

if __name__ == "__main__":
    gate.main(REASON, check, SOUND, SPOILT)
