"""No file of the project names a host of a package registry, or a path of the machine that it was written on."""

import re

import gate

REASON = "what builds must build anywhere from the system's own packages, and a path of one machine is true there alone"

# The address of a format's definition is a name: nothing is fetched from it.
REGISTRIES = re.compile(r"https?://(?!www\.debian\.org/doc/)[^\s\"'<>)]*(?:npm|debian|ubuntu|pypi|crates|golang|rubygems|conan|vcpkg)[^\s\"']*")
MACHINE_PATH = re.compile(r"(?<![\w.-])/(?:work|root|Users|home/[a-z]+)/[\w.-]+")
OUTSIDE = re.compile(r"(?<![\w/])(?:\.\./)+shared/(?:design|data|prototype|hooks)")


def check(root):
    complaints = []
    for path in gate.files_of(root):
        if path.name == "LICENSE":
            continue
        for line, text in gate.numbered_lines(path):
            where = gate.at(root, path, line)
            complaints += [f"{where}: names a registry: {found}" for found in REGISTRIES.findall(text)]
            complaints += [f"{where}: a path of one machine: {found}" for found in MACHINE_PATH.findall(text)]
            complaints += [f"{where}: a file outside the project: {found}" for found in OUTSIDE.findall(text)]
    return complaints


SOUND = {"README.md": "See https://www.openssl.org and /etc/perspective, ~/.local/share, ../shared/base\n"}
SPOILT = [
    gate.Spoilt("a registry", {"cmake/a.cmake": "URL https://deb." + "debian" + ".org/debian\n"}, "names a registry"),
    gate.Spoilt("a machine's path", {"tests/a.py": "open('/" + "work/main/x')\n"}, "a path of one machine"),
    gate.Spoilt("a home", {"README.md": "cd /" + "home/jo/perspective\n"}, "a path of one machine"),
    gate.Spoilt("a file outside", {"README.md": "see ../" + "shared/design/x.md\n"}, "outside the project"),
]

if __name__ == "__main__":
    gate.main(REASON, check, SOUND, SPOILT)
