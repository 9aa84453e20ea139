/*
 * The run of a protocol, to be included after it, as docs/faults.md and docs/handlers.md have it: what is sent in one round
 * arrives in the next.
 *
 * A round is one atomic sequence, so that Spin stores one state a round: who crashes, what is lost of what was sent a round
 * before, and then all that the nodes do, which is determined. Losses are chosen where a message would arrive, since one
 * that a crashed node does not get need not be lost. So states consist of nodes, of what is in transit and of the time.
 *
 * A protocol says before:
 *   sent(a, b)     whether anything is in transit from one node to another
 *   lose(a, b)     takes all of that away
 *   handle()       what all nodes do at this time, in a d_step
 *   holds          whether the run satisfies the specification, after EOT
 */
byte channel;  /* the node, or the channel, of which a fault is being chosen; 0 between rounds */

#define from (channel / N)
#define to (channel % N)
#define mayCrash (time < EOT && crashes < CRASHES && mayFail)
#define mayLose (time > 1 && time - 1 < EFF && mayFail)

inline chooseCrashes() {
  do
  :: channel < N && mayCrash && up(channel) ->
     if
     :: true
     :: d_step { down = down | only(channel); crashes++; fails() }
     fi;
     channel++
  :: channel < N && mayCrash && !up(channel) -> channel++
  :: else -> break
  od;
  channel = 0
}

/* To the next channel on which something is on its way that may be lost: none carries what a node sends to itself. */
inline seek() {
  d_step {
    do
    :: channel < N * N && !(from != to && up(to) && sent(from, to)) -> channel++
    :: else -> break
    od
  }
}

inline chooseLosses() {
  do
  :: mayLose ->
     seek();
     if
     :: channel == N * N -> break
     :: else ->
        if
        :: channel++
        :: d_step { lose(from, to); fails(); channel++ }
        fi
     fi
  :: else -> break
  od;
  channel = 0
}

active proctype world() {
  do
  :: atomic {
       time <= EOT ->
       chooseCrashes();
       chooseLosses();
       d_step { handle(); time++ }
     }
  :: time > EOT -> break
  od;
  assert(holds)
}
