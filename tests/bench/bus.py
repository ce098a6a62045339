"""The kiosk on an accessibility bus on which a client listens: how soon its first picture is there, and what is done in
a visit while nobody does anything and nothing is said. Beside the bare window, which is on no bus."""

import time

import session_bus
from kiosk import BARE, KEEPER_AND_TWO_WINDOWS, kiosk_stand, open_and_time, settled
from usage import activity_of

from figure import DIFFERENCE, Figure


def bus(bench):
    bare_ms, kiosk_ms = [], []
    with kiosk_stand(bench, "bus") as (stand, watcher):
        session = session_bus.start_bus(stand.processes, stand.folder / "tmp")
        session_bus.want_accessibility(stand.processes)
        client = session_bus.Client({**session, **stand.environment})
        for _ in range(bench.pick(5, 1)):
            stand.kiosk.close()
            _, took_ms = open_and_time(stand.start_bare_window, watcher, "the bare window")
            bare_ms.append(took_ms)
            stand.processes.end("bare")
            keeper, took_ms = open_and_time(stand.start_kiosk, watcher, "the kiosk")
            kiosk_ms.append(took_ms)
            client.wait("the kiosk is on the bus", client.nodes)
        begin_visit(client)
        settled(keeper.pid, KEEPER_AND_TWO_WINDOWS)
        bare, _ = open_and_time(stand.start_bare_window, watcher, "the bare window")
        idle = list(idle_figures(keeper.pid, bare.pid, client, bench.pick(30, 10)))
    return [Figure("kiosk.bus.start", "start, with a client on a bus", "ms", kiosk_ms, BARE, bare_ms, at_most=1.6), *idle]


def begin_visit(client):
    """By the first button of the start screen, which is a questionnaire's."""
    button = client.wait("a visit can begin", lambda: next(
        (node for node in client.nodes() if node.get_role_name() == "push button"), None))
    client.atspi.Action.do_action(button, 0)
    client.wait("it has begun", lambda: client.has(button, client.atspi.StateType.DEFUNCT) or not button.get_name())


def idle_figures(keeper, bare, client, seconds):
    """All of the kiosk's processes, in a visit."""
    settled(bare, 1)
    kiosk = settled(keeper, KEEPER_AND_TWO_WINDOWS)
    client.listen()  # to what was told meanwhile
    before = {process: activity_of(process) for process in (*kiosk, bare)}
    time.sleep(seconds)
    spent = {process: activity_of(process) - before[process] for process in (*kiosk, bare)}
    label = f"on the bus, {seconds} s idle"
    for what, unit, end in (("wakeups", "wakes", ""), ("cpu_ms", "ms", ", CPU")):
        yield Figure(f"kiosk.bus.idle.{what.removesuffix('_ms')}", label + end, unit,
                     [sum(getattr(spent[process], what) for process in kiosk)], BARE, [getattr(spent[bare], what)],
                     DIFFERENCE, at_most=0)
