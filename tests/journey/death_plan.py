"""Which process dies when: drawn from a seed before the run begins, so that a run can be repeated.

The processes answer to the machine's own timing: the same seed gives the same victims, aims and delays, not the same
microsecond.
"""

import random
from dataclasses import dataclass

KEEPER, SHOWN, AHEAD, COLLECTOR = "keeper", "shown child", "child ahead", "collector"
VICTIMS = {KEEPER: 20, SHOWN: 32, AHEAD: 18, COLLECTOR: 30}  # weights

ANY, SENDING, COMMIT, START = "any moment", "after Send", "during a commit", "during a start"

LONGEST_DELAY_S = {ANY: 1.6, SENDING: 1.2, COMMIT: 0.008, START: 0.7}


@dataclass(frozen=True)
class Death:
    victim: str
    aim: str
    delay_s: float  # after what the aim waits for: the death before it, Send, a commit's first bytes, a start


def drawn(seed, count):
    chance = random.Random(seed)
    deaths = []
    for _ in range(count):
        victim = chance.choices(list(VICTIMS), VICTIMS.values())[0]
        aims = {ANY: 50, SENDING: 25, COMMIT: 12, START: 0}
        if victim == AHEAD:
            aims |= {COMMIT: 0}  # it commits nothing
        if deaths and deaths[-1].victim == victim:
            aims |= {START: 80}
        aim = chance.choices(list(aims), aims.values())[0]
        deaths.append(Death(victim, aim, chance.uniform(0, LONGEST_DELAY_S[aim])))
    return deaths
