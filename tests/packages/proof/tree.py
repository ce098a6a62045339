"""A fresh Debian, made by debootstrap once, and the packages that were built, as an apt repository in it."""

import shutil
import subprocess
import tempfile
from pathlib import Path


def run(*words, limit_s=900, **more):
    subprocess.run([str(word) for word in words], check=True, timeout=limit_s, **more)


def mirror():
    """Where this machine gets Debian from, and with it the proof: written down nowhere."""
    said = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages",
                           "Codename: bookworm"], capture_output=True, text=True, check=True).stdout.split()
    if not said:
        raise SystemExit("prove: apt knows no mirror of bookworm: apt-get update")
    return said[0]


def base(folder):
    """The smallest Debian that boots."""
    if (folder / "etc/machine-id").exists() or (folder / "var/lib/dpkg/status").exists():
        return folder
    made = folder.with_suffix(".new")
    shutil.rmtree(made, ignore_errors=True)
    run("debootstrap", "--variant=minbase", "--include=systemd-sysv,dbus,ca-certificates", "bookworm", made, mirror())
    made.rename(folder)
    return folder


def use_our_sources(tree):
    """The mirrors that this machine has, updates too, with what apt was told about them."""
    apt = Path("/etc/apt")
    for name in ("sources.list", "sources.list.d", "apt.conf.d"):
        theirs = tree / "etc/apt" / name
        if theirs.is_dir():
            shutil.rmtree(theirs)
        else:
            theirs.unlink(missing_ok=True)
        if (apt / name).is_dir():
            shutil.copytree(apt / name, theirs)
        elif (apt / name).exists():
            shutil.copy(apt / name, theirs)
    for path in (tree / "etc/apt/apt.conf.d").glob("docker*"):  # they would throw away what is downloaded
        path.unlink()
    for path in [*(tree / "etc/apt/sources.list.d").iterdir()]:
        if "debian" not in path.name:
            path.unlink()


def index_of(debs):
    """What apt is told of them; each lies beside it."""
    with tempfile.TemporaryDirectory() as folder:
        for deb in debs:
            shutil.copy(deb, folder)
        return subprocess.run(["dpkg-scanpackages", "--multiversion", "."], cwd=folder, capture_output=True, text=True,
                              check=True).stdout


def offer(tree, debs):
    """These packages, and no others of ours, in a repository of files."""
    repository = tree / "repository"
    shutil.rmtree(repository, ignore_errors=True)
    repository.mkdir()
    for deb in debs:
        shutil.copy(deb, repository)
    (repository / "Packages").write_text(index_of(debs))
    (tree / "etc/apt/sources.list.d/perspective.list").write_text("deb [trusted=yes] file:/repository ./\n")


def download(tree, *names):
    """What these packages need, while there is a network; the machine that is booted has none."""
    inside = ["unshare", "--mount", "chroot", tree, "env", "DEBIAN_FRONTEND=noninteractive"]
    run(*inside, "apt-get", "update", "-q", stdout=subprocess.DEVNULL)
    run(*inside, "apt-get", "install", "-q", "-y", "--download-only", "--no-install-recommends", *names,
        stdout=subprocess.DEVNULL)
