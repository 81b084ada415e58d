"""Checks the same manifests with `clm check` and with the validators of others that are found, one after another.

Usage: peers.py CLM SCHEMA TOOLS CLEAN BROKEN. TOOLS is a folder with a Python environment `venv` and `node_modules`; what is missing
in it is looked for on the path, and said to be skipped where it is not there either. CLEAN and BROKEN are folders of manifests,
of which every tenth is damaged in BROKEN. Prints files per CPU second and peak memory: with all rules for `clm check`, by shape
alone for validators of JSON Schema, by layout alone for yamllint.
"""

import glob
import os
import platform
import shutil
import sys
import time

CLM, SCHEMA, TOOLS, CLEAN, BROKEN = sys.argv[1:]
HERE = os.path.dirname(os.path.abspath(__file__))


def found(name):
    """The program of a name, if there is one."""
    own = os.path.join(TOOLS, "venv", "bin", name)
    return own if os.path.exists(own) else shutil.which(name)


def sourcemeta():
    """The program for this machine itself, not the script that starts it."""
    machine = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())
    name = f"jsonschema-linux-{machine}" + ("" if platform.libc_ver()[0] == "glibc" else "-musl")
    inside = glob.glob(os.path.join(TOOLS, "node_modules", "@sourcemeta", "jsonschema", "**", name), recursive=True)
    return next((path for path in inside if os.access(path, os.X_OK) and os.path.isfile(path)), None)


def files(folder):
    return sorted(os.path.join(folder, name) for name in os.listdir(folder))


def peers():
    """Name, command before what is checked, and whether it takes the files one by one."""
    yield "clm check", [CLM, "check", "--isolated"], False
    jsonschema = sourcemeta()
    for mode in ["--fast", ""]:
        # Given the folder it takes twice as long, most of it in the system.
        words = [jsonschema, "validate", SCHEMA, "--continue", *filter(None, [mode])]
        yield f"sourcemeta jsonschema {mode}".strip(), jsonschema and words, True
    ajv = os.path.isdir(os.path.join(TOOLS, "node_modules", "ajv")) and shutil.which("node")
    if ajv:
        shutil.copy(os.path.join(HERE, "ajv.mjs"), TOOLS)
    yield "ajv and js-yaml", ajv and [ajv, os.path.join(TOOLS, "ajv.mjs"), SCHEMA], False
    own = found("check-jsonschema")
    yield "check-jsonschema", own and [own, "--schemafile", SCHEMA, "--default-filetype", "yaml", "--no-cache"], True
    own = found("yamllint")
    yield "yamllint", own and [own, "-d", "relaxed"], False


def run(command):
    """CPU seconds, peak memory in MB and exit code of a command."""
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        try:
            os.execv(command[0], command)
        except OSError:
            os._exit(127)
    _, status, usage = os.wait4(child, 0)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def cold(command, one_by_one):
    """Median milliseconds by the clock for a single file."""
    single = files(CLEAN)[0]
    if not one_by_one and "ajv.mjs" in " ".join(command):
        return None
    times = []
    for _ in range(5):
        start = time.perf_counter()
        run([*command, single])
        times.append(time.perf_counter() - start)
    return sorted(times)[2] * 1e3


def main():
    count = len(os.listdir(CLEAN))
    print(f"checking {count} manifests, and the same with every tenth damaged; files per CPU s, peak MB, one cold file in ms")
    print("aims of clm check: as many files as the fastest of the others, 100 times check-jsonschema, 60 MB, 10 ms")
    for name, command, one_by_one in peers():
        if not command:
            print(f"  {name:28} skipped: not installed")
            continue
        parts = []
        for folder in [CLEAN, BROKEN]:
            given = files(folder) if one_by_one else [folder]
            cpu, peak, code = run([*command, *given])
            # 1 to 3 are what these programs say of manifests with faults. Another may end at the first of the damaged ones, and
            # has not read the rest; anything else is a crash, and no measurement.
            most = 125 if folder == BROKEN and not name.startswith("clm") else 3
            assert 0 <= code <= most, f"{name}: exit code {code}"
            parts.append(f"{count / cpu:8.0f}  {peak:6.0f}" if code <= 3 else "stops at what is no YAML")
        single = cold(command, one_by_one)
        print(f"  {name:28} {'  '.join(parts)}  {single:8.1f}" if single else f"  {name:28} {'  '.join(parts)}")


main()
