"""The Debian packages: built with what installer/dependencies lists, each unit in a package, each key of a configuration file
explained."""

import re

import gate

REASON = "what is built here by hand and what the packages are built from must not come apart"

PACKAGES = "installer/packages"
LIST = "installer/dependencies"
NOT_FOR_PACKAGES = {"ccache", "git"}  # of group build: for whoever develops
FOR_PACKAGES = {"debhelper-compat", "dh-sequence-installsysusers", "python3"}
SETTING = re.compile(r"^#?[a-z-]+ = ")


def build_depends(text):
    found = re.search(r"^Build-Depends:((?:.*\n)(?: .*\n)*)", text, re.MULTILINE)
    return {re.split(r"[ (]", name.strip())[0] for name in found.group(1).split(",")} if found else set()


def check_build_depends(root):
    listed = {line.split()[0] for _, line in gate.numbered_lines(root / LIST)
              if line.split()[1:2] == ["build"] and not line.startswith("#")} - NOT_FOR_PACKAGES
    wanted = build_depends((root / PACKAGES / "debian/control").read_text()) - FOR_PACKAGES
    where = f"{PACKAGES}/debian/control: Build-Depends"
    return ([f"{where} has no {name}, which is in group build of {LIST}" for name in sorted(listed - wanted)] +
            [f"{where}: {name} is not in group build of {LIST}" for name in sorted(wanted - listed)])


def check_units(root):
    lists = [gate.text_of(path) for path in sorted((root / PACKAGES / "debian").glob("*.install"))]
    installed = [line.split()[0] for text in lists for line in text.splitlines() if line.strip()]
    complaints = []
    for path in gate.files_of(root):
        if not str(path).startswith(f"{root / PACKAGES}/") or path.suffix not in (".service", ".conf", ".pa"):
            continue
        if not any(path.match(pattern) for pattern in installed):
            complaints.append(f"{gate.at(root, path)}: no package installs it")
    return complaints


def check_keys(root):
    """Above each key, or the block of lines that it ends, stands what it means."""
    complaints = []
    for path in (root / PACKAGES).glob("*/*.conf"):
        before = ""
        for line, text in gate.numbered_lines(path):
            if path.name in ("kiosk.conf", "collector.conf") and SETTING.match(text) and not before.startswith("# "):
                complaints.append(f"{gate.at(root, path, line)}: say above it what it means")
            before = text
    return complaints


def check(root):
    return check_build_depends(root) + check_units(root) + check_keys(root)


SOUND = {LIST: "# why\ncmake build the build system\nccache build quicker\nxvfb demo a display\n",
         f"{PACKAGES}/debian/control": "Source: x\nBuild-Depends: debhelper-compat (= 13),\n cmake\n\nPackage: x\n",
         f"{PACKAGES}/debian/kiosk.install": f"{PACKAGES}/kiosk/*.service lib/systemd/system\n{PACKAGES}/kiosk/kiosk.conf etc\n",
         f"{PACKAGES}/kiosk/a.service": "[Unit]\n", f"{PACKAGES}/kiosk/kiosk.conf": "# Where.\n#state = /x\n"}
SPOILT = [
    gate.Spoilt("a dependency that packages lack", {LIST: "cmake build x\ng++ build x\n"}, "has no g++"),
    gate.Spoilt("a dependency of packages alone", {LIST: "g++ build x\n"}, "cmake is not in group build"),
    gate.Spoilt("a unit in no package", {f"{PACKAGES}/collector/b.service": "[Unit]\n"}, "no package installs it"),
    gate.Spoilt("a key without a word", {f"{PACKAGES}/kiosk/kiosk.conf": "# Where.\n#state = /x\n\nsound = x\n"},
                "say above it"),
]

if __name__ == "__main__":
    gate.main(REASON, check, SOUND, SPOILT)
