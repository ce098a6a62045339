"""installer/quickstart, after the build: sets the demonstration up and runs it. See quickstart --help."""

import argparse
import os
import signal
import sys
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
REFERENCE_CASE = TOP / "tests" / "fixtures" / "croydon-2012" / "responses.json"


def arguments_of(words):
    parser = argparse.ArgumentParser(prog="installer/quickstart", add_help=False)
    parser.add_argument("--programs", type=Path, required=True)
    parser.add_argument("--demo", nargs="?", type=Path, const=REFERENCE_CASE)
    parser.add_argument("--folder", type=Path, default=Path("demo"))
    return parser.parse_args(words)


def show_results(demonstration, inspection):
    print("\n== Tally\n")
    print(demonstration.collector.tally(inspection))
    print("== Section, full (for inspectors, not for release)\n")
    print(demonstration.collector.section(inspection))


def say_passphrases(demonstration):
    opening, recovery = demonstration.collector.passphrases
    print("Passphrases, made for this demonstration and kept nowhere:")
    print(f"  to open the responses  {opening}")
    print(f"  to recover             {recovery}")


def answer_all(demonstration, responses):
    started = time.monotonic()
    print(f"\n== {len(responses.visits)} visits, through the kiosk's window on a virtual display")
    demonstration.open_display(responses.all_texts)
    demonstration.answer(responses.visits)
    demonstration.kiosk.wait_until_all_sent()
    chosen = demonstration.choose_comments(responses)
    print(f"The kiosk says: {demonstration.kiosk.status()}. Quotations chosen: {chosen}.")
    show_results(demonstration, responses.inspection)
    print(f"Visits and results took {time.monotonic() - started:.0f} s.")
    print(f"Screenshots, one of every screen: {demonstration.screenshots}")


def open_for_a_person(demonstration, responses):
    print("\n== The kiosk's window is open. Answer a visit, press Send, then look from another terminal:\n")
    program, data = demonstration.collector.program, demonstration.collector.data
    print(f"  {program} --data {data} section {responses.inspection} --full")
    print(f"  {program} --data {data} tally {responses.inspection}\n")
    print("Ctrl-C ends everything.")
    demonstration.kiosk.open({}, None)
    if demonstration.processes.running["kiosk"].wait() != 0:
        demonstration.processes.must_run("kiosk")  # says how it ended
    print("The kiosk was closed.")


def end_on_signals():
    """However it is ended, what was started is ended first; also where a shell started us with Ctrl-C ignored."""
    def stop(number, frame):
        raise KeyboardInterrupt
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)


def run(arguments):
    import responses as responses_module  # after --help, so that it needs no package
    from demonstration import Demonstration
    has_display = bool(os.environ.get("DISPLAY"))
    assets = TOP / "assets"
    responses = responses_module.read((arguments.demo or REFERENCE_CASE).resolve(), assets)
    with Demonstration(arguments.folder, arguments.programs, assets) as demonstration:
        print(f"== Demonstration in {demonstration.folder}")
        demonstration.set_up(responses)
        say_passphrases(demonstration)
        if arguments.demo or not has_display:
            answer_all(demonstration, responses)
        else:
            open_for_a_person(demonstration, responses)


def main(words):
    sys.stdout.reconfigure(line_buffering=True)
    arguments = arguments_of(words)
    end_on_signals()
    from failure import Failure
    try:
        run(arguments)
    except KeyboardInterrupt:
        print("\nEnded, with everything that was started.", file=sys.stderr)
        return 130
    except Failure as failure:
        logs = arguments.folder.resolve() / "logs"
        place = f"\nLogs: {logs}" if any(logs.glob("*.log")) else ""
        print(f"\nquickstart: {failure}{place}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
