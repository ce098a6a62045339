"""The SBOM in each package: SPDX 2.3 as its specification has it, and true of the files beside it.

    sbom_check.py DEB...
"""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

NEEDED = {"document": ("spdxVersion", "dataLicense", "SPDXID", "name", "documentNamespace", "creationInfo"),
          "packages": ("SPDXID", "name", "downloadLocation"), "files": ("SPDXID", "fileName", "checksums"),
          "relationships": ("spdxElementId", "relationshipType", "relatedSpdxElement")}
IDENTIFIER = re.compile(r"^SPDXRef-[A-Za-z0-9.-]+$")
LOCK = Path(__file__).resolve().parents[2] / "collector/console/package-lock.json"
SUMS = {"SHA1": "sha1", "SHA256": "sha256"}


def shape_of(document):
    complaints = [f"the document has no {name}" for name in NEEDED["document"] if not document.get(name)]
    if document.get("spdxVersion") != "SPDX-2.3" or document.get("dataLicense") != "CC0-1.0":
        complaints.append("it is not SPDX 2.3 under CC0-1.0")
    for kind in ("packages", "files", "relationships"):
        for entry in document.get(kind, []):
            complaints += [f"{kind}: one has no {name}" for name in NEEDED[kind] if not entry.get(name)]
    identifiers = [entry["SPDXID"] for kind in ("packages", "files") for entry in document[kind]]
    complaints += [f"'{each}' is no identifier" for each in identifiers if not IDENTIFIER.match(each)]
    complaints += [f"'{each}' stands there twice" for each in set(identifiers) if identifiers.count(each) > 1]
    known = {*identifiers, "SPDXRef-DOCUMENT"}
    complaints += [f"a relationship with '{end}', which is not there" for entry in document["relationships"]
                   for end in (entry["spdxElementId"], entry["relatedSpdxElement"]) if end not in known]
    return complaints


def truth_of(document, root):
    """Every file of the package but the SBOM itself, with the sums that it has."""
    complaints = []
    listed = {entry["fileName"]: entry for entry in document["files"]}
    there = {f"./{path.relative_to(root)}": path for path in root.rglob("*") if path.is_file() and not path.is_symlink()}
    complaints += [f"{name} is not in the SBOM" for name in sorted(set(there) - set(listed))
                   if not name.endswith("sbom.spdx.json")]
    complaints += [f"{name} is not in the package" for name in sorted(set(listed) - set(there))]
    for name in sorted(set(listed) & set(there)):
        content = there[name].read_bytes()
        for each in listed[name]["checksums"]:
            if hashlib.new(SUMS[each["algorithm"]], content).hexdigest() != each["checksumValue"]:
                complaints.append(f"{name}: another {each['algorithm']}")
    sums = sorted(each["checksumValue"] for entry in document["files"] for each in entry["checksums"]
                  if each["algorithm"] == "SHA1")
    whole = hashlib.sha1("".join(sums).encode()).hexdigest()
    if document["packages"][0]["packageVerificationCode"]["packageVerificationCodeValue"] != whole:
        complaints.append("the verification code is another")
    return complaints


def real_names():
    """Virtual packages, by what provides them here."""
    said = subprocess.run(["dpkg-query", "-W", "-f", "${Package}\\t${Provides}\\n"], capture_output=True, text=True, check=True).stdout
    return {re.split(r"[ (]", provided.strip())[0]: package for package, provides in
            (line.split("\t") for line in said.splitlines()) for provided in provides.split(",") if provided.strip()}


def links_of(document, deb):
    """Each package that dpkg-shlibdeps found stands there as linked."""
    control = subprocess.run(["dpkg-deb", "--field", deb, "Depends"], capture_output=True, text=True, check=True).stdout
    real = real_names()
    needed = {re.split(r"[ (|:]", name.strip())[0] for name in control.split(",") if name.strip().startswith("lib")}
    linked = {each["relatedSpdxElement"] for each in document["relationships"] if each["relationshipType"] == "DYNAMIC_LINK"}
    names = {entry["name"] for entry in document["packages"] if entry["SPDXID"] in linked}
    loaded = {"libgl1-mesa-dri"}  # chosen as it runs
    return [f"{name} is needed, and not said to be linked" for name in sorted(needed - loaded)
            if name not in names and real.get(name) not in names]


def parts_of(document):
    """What the console is made of is what its lock file names."""
    if document["packages"][0]["name"] != "perspective-console":
        return []
    wanted = {f"{path.removeprefix('node_modules/')} {known['version']}" for path, known in
              json.loads(LOCK.read_text())["packages"].items() if path and not known.get("optional")}
    there = {f"{entry['name']} {entry['versionInfo']}" for entry in document["packages"][1:]}
    return [f"{name} is of npm, and not in the SBOM" for name in sorted(wanted - there)]


def main():
    complaints = []
    for deb in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["dpkg-deb", "--extract", deb, folder], check=True)
            found = list(Path(folder).glob("usr/share/doc/*/sbom.spdx.json"))
            if not found:
                complaints.append(f"{deb}: there is none")
                continue
            document = json.loads(found[0].read_text())
            said = shape_of(document) or truth_of(document, Path(folder)) + links_of(document, deb) + parts_of(document)
            complaints += [f"{deb}: {each}" for each in said]
            print(f"{Path(deb).name}: {len(document['files'])} files, {len(document['packages']) - 1} packages of others")
    print("\n".join(complaints))
    sys.exit(1 if complaints else 0)


main()
