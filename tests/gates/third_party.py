"""Which headers of other people may appear in which folder, each with the reason."""

import re

import gate

REASON = "a library that is named in few folders can be replaced, and a reader knows where to look for it"

# (what starts the header's name, the library, folders it may appear in, why there and nowhere else)
TABLE = [
    (("openssl/",), "OpenSSL", ["shared/envelope", "shared/protocol", "collector/keys", "collector/http",
      "collector/people"],
     "cryptography is read by few eyes at a time: sealing, keys, certificates, TLS, passwords"),
    (("glpk.h",), "GLPK", ["collector/release"], "the auditor's integer search; nothing else solves anything"),
    (("libgfshare.h",), "libgfshare", ["collector/keys"], "Shamir's scheme: of a recovery key, and nothing else"),
    (("sqlite3.h",), "SQLite", ["shared/base", "collector/store"],
     "one wrapper in base serves the outbox; all SQL of the collector is in store and postgres"),
    (("libpq",), "libpq", ["collector/postgres"], "one of two stores; what is above knows neither"),
    (("unicode/",), "ICU", ["shared/text"], "messages and numbers in words are text's business alone"),
    (("pango/", "cairo", "ft2build", "fontconfig/"), "Pango and Cairo", ["kiosk/platform", "shared/sheet", "collector/paper"],
     "shaping text belongs to the window and to paper"),
    (("librsvg/",), "librsvg", ["kiosk/platform", "collector/paper"],
     "pictures are drawn for the window and on paper forms"),
    (("imgui", "backends/imgui"), "Dear ImGui", ["kiosk/platform"],
     "everything above the window is tested without one"),
    (("GLFW/", "GL/", "X11/"), "GLFW, OpenGL and X11", ["kiosk/platform"],
     "everything above the window is tested without one"),
    (("glib", "gio/", "gobject/"), "GLib", ["kiosk/platform"], "its event loop is the window's"),
    (("atk", "espeak-ng/", "SDL2/", "sonic.h"), "ATK, espeak-ng, SDL and libsonic", ["kiosk/platform"],
     "outputs of the window's process; rules above it must not depend on them"),
    (("zip.h",), "libzip", ["collector/archive"], "a container is opened in one place, with its limits"),
    (("expat.h",), "expat", ["collector/xlsform"], "a workbook is read piece by piece, with its limits"),
    (("readstat.h",), "ReadStat", ["collector/exports"], "rows for statistics programs are written there"),
    (("libxml/",), "libxml2", ["collector/exports", "collector/documents"],
     "files of other programs are written there, and templates read"),
    (("xlsxwriter.h",), "libxlsxwriter", ["collector/documents"], "it writes temporary files: one place keeps them in memory"),
    (("opus/",), "opusfile", ["kiosk/platform"], "recordings are read where they are heard, and nowhere else"),
    (("pulse/",), "libpulse", ["kiosk/platform"], "whether headphones are plugged in is the machine's to tell"),
    (("curl/",), "libcurl", ["kiosk/upload", "collector/admin"], "the two that are clients"),
    (("boost/asio", "boost/beast"), "Boost.Asio and Beast", ["collector/http", "collector"],
     "each file that includes them costs 25 s of compiling"),
    (("boost/json",), "Boost.JSON", ["shared", "kiosk", "collector"], "JSON is read and written where its meaning is known"),
    (("boost/math",), "Boost.Math", ["collector/tally"], "probabilities are worked out where counts are"),
    (("fmt/",), "fmt", ["shared", "kiosk", "collector"], "the standard library's formatting is not in g++ 12"),
    (("spdlog/",), "spdlog", ["shared/base"], "one log, behind base/log.h"),
    (("CLI/",), "CLI11", ["shared/settings", "collector/admin", "collector", "kiosk"],
     "command lines: admin and the two main.cc; and the files that say the same"),
]
INCLUDE = re.compile(r"^\s*#\s*include\s+<([^>]+)>")
KERNEL = ("sys/", "linux/", "arpa/", "netinet/", "net/")
PLAIN = {"dirent.h", "fcntl.h", "glob.h", "grp.h", "netdb.h", "poll.h", "pwd.h", "sched.h", "signal.h", "spawn.h", "termios.h",
         "unistd.h", "ifaddrs.h", "dlfcn.h", "pthread.h"}


def is_of_the_system(header):
    """The C++ library's headers have neither folder nor suffix; the system's are listed."""
    return ("/" not in header and "." not in header) or header.startswith(KERNEL) or header in PLAIN


def is_allowed(folder, folders):
    if folder in folders:
        return True
    everywhere = set(folders) >= {"shared", "kiosk", "collector"}
    return everywhere and folder.split("/")[0] in folders


def check(root):
    complaints = []
    for path in gate.sources_of(root):
        folder = "/".join(path.relative_to(root).parts[:-1][:2])  # what lies below a room belongs to it
        for line, text in gate.numbered_lines(path):
            found = INCLUDE.match(text)
            if not found or is_of_the_system(found.group(1)):
                continue
            row = next((row for row in TABLE if found.group(1).startswith(row[0])), None)
            where = gate.at(root, path, line)
            if row is None:
                complaints.append(f"{where}: <{found.group(1)}> is in no row of the table of tests/gates/third_party.py")
            elif not is_allowed(folder, row[2]):
                complaints.append(f"{where}: {row[1]} may appear only in {', '.join(row[2])}: {row[3]}")
    return complaints


SOUND = {"shared/envelope/a.cc": "#include <openssl/cms.h>\n#include <vector>\n#include <sys/stat.h>\n",
         "kiosk/visit/b.cc": "#include <boost/json.hpp>\n", "collector/main.cc": "#include <CLI/CLI.hpp>\n"}
SPOILT = [
    gate.Spoilt("OpenSSL in the visit", {"kiosk/visit/b.cc": "#include <openssl/evp.h>\n"}, "OpenSSL may appear only in"),
    gate.Spoilt("ImGui in the screens", {"kiosk/screen/b.cc": "#include <imgui.h>\n"}, "Dear ImGui may appear only in"),
    gate.Spoilt("CLI11 in a room", {"kiosk/upload/b.cc": "#include <CLI/CLI.hpp>\n"}, "CLI11 may appear only in"),
    gate.Spoilt("a library of nobody's", {"kiosk/visit/b.cc": "#include <json/json.h>\n"}, "is in no row"),
]

if __name__ == "__main__":
    gate.main(REASON, check, SOUND, SPOILT)
