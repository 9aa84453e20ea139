/*
 * The synod of Paxos, handler by handler as scenarios/handlers/paxos.ts has it: all nodes are acceptors; node 0 proposes with
 * ballot 1, and node 1, from time 2 on, with ballot 2. A value is the ballot of whoever proposes it as its own; 0 is none.
 *
 * The order of what a node sends to another in one round matters. So there is a queue for each channel that has a proposer at
 * one of its ends: up to four messages of seven bits, the first of which are the lowest.
 *
 * BROKEN: the bug. Acceptors accept a ballot lower than they have promised.
 */
#include "faults.pml"

#ifndef BROKEN
#define BROKEN 0
#endif

#define QUORUM (N / 2 + 1)
#define ballotOf(proposer) ((proposer) + 1)

/* What a proposer is at. */
#define IDLE 0
#define PREPARING 1
#define PROPOSING 2
#define CHOSEN 3

#define message(kind, ballot, value) ((kind) << 4 | (ballot) << 2 | (value))
#define kindOf(message) ((message) >> 4)
#define ballotIn(message) ((message) >> 2 & 3)
#define valueIn(message) ((message) & 3)
#define PREPARE 1
#define PROMISE 2 /* of what was accepted */
#define PROPOSE 3
#define ACCEPT 4

#define isChannel(a, b) ((a) < 2 || (b) < 2)
#define CHANNELS (4 * N - 4)
#define queue(a, b) ((a) < 2 -> (a) * N + (b) : 2 * N + ((a) - 2) * 2 + (b))
#define BITS 7

#define sent(a, b) (isChannel(a, b) && messages[queue(a, b)])
#define lose(a, b) messages[queue(a, b)] = 0

#define isChosen(proposer) (attempt[proposer] == CHOSEN)
#define agreement (!isChosen(0) || !isChosen(1) || value[0] == value[1])
#define progress (N - crashes < QUORUM || !up(1) || isChosen(1))
#define holds (agreement && progress)

byte promised[N];          /* the highest ballot heard of */
byte accepted[N];          /* the ballot of the last proposal accepted, and its value */
byte acceptedValue[N];
byte attempt[2];
byte answers[2];           /* who has answered, for as long as it matters */
byte highest[2];           /* while preparing: of what acceptors have accepted, and its value */
byte value[2];             /* when proposing or chosen, the value; while preparing, that of `highest` */
int messages[CHANNELS];    /* sent a round before */

hidden byte n, m, k, message_, number;
hidden int arrived;
hidden int sending[CHANNELS];

inline put(a, b, what) {
  k = 0;
  do
  :: sending[queue(a, b)] >> (BITS * k) -> k++
  :: else -> break
  od;
  assert(k < 4);
  sending[queue(a, b)] = sending[queue(a, b)] | what << (BITS * k)
}

inline putToAll(a, but, what) {
  number = 0;
  do
  :: number < N ->
     if
     :: has(but, number) -> skip
     :: else -> put(a, number, what)
     fi;
     number++
  :: else -> break
  od
}

/* A proposer that promises a higher ballot than its own gives its own up. */
inline heed(node, ballot) {
  if
  :: ballot > promised[node] ->
     promised[node] = ballot;
     if
     :: node < 2 && attempt[node] != CHOSEN ->
        attempt[node] = IDLE;
        answers[node] = 0;
        highest[node] = 0;
        value[node] = 0
     :: else
     fi
  :: else
  fi
}

/* A proposer begins when its time has come, and asks again whoever has not answered after a round trip of 2. */
inline campaign(proposer) {
  if
  :: attempt[proposer] != CHOSEN && promised[proposer] <= ballotOf(proposer) && time >= ballotOf(proposer) &&
     (time - ballotOf(proposer)) % 2 == 0 ->
     if
     :: attempt[proposer] == IDLE ->
        heed(proposer, ballotOf(proposer));
        attempt[proposer] = PREPARING
     :: else
     fi;
     if
     :: attempt[proposer] == PREPARING ->
        putToAll(proposer, answers[proposer], message(PREPARE, ballotOf(proposer), 0))
     :: else ->
        putToAll(proposer, answers[proposer], message(PROPOSE, ballotOf(proposer), value[proposer]))
     fi
  :: else
  fi
}

inline receivePromise(proposer, acceptor, what) {
  if
  :: attempt[proposer] == PREPARING ->
     answers[proposer] = answers[proposer] | only(acceptor);
     if
     :: ballotIn(what) > highest[proposer] ->
        highest[proposer] = ballotIn(what);
        value[proposer] = valueIn(what)
     :: else
     fi;
     if
     :: sizeOf(answers[proposer]) >= QUORUM ->
        attempt[proposer] = PROPOSING;
        answers[proposer] = 0;
        value[proposer] = (highest[proposer] -> value[proposer] : ballotOf(proposer));
        highest[proposer] = 0;
        putToAll(proposer, 0, message(PROPOSE, ballotOf(proposer), value[proposer]))
     :: else
     fi
  :: else
  fi
}

inline receiveAccept(proposer, acceptor) {
  if
  :: attempt[proposer] == PROPOSING ->
     answers[proposer] = answers[proposer] | only(acceptor);
     if
     :: sizeOf(answers[proposer]) >= QUORUM ->
        attempt[proposer] = CHOSEN;
        answers[proposer] = 0
     :: else
     fi
  :: else
  fi
}

inline receive(node, sender, what) {
  if
  :: kindOf(what) == PREPARE && ballotIn(what) >= promised[node] ->
     put(node, sender, message(PROMISE, accepted[node], acceptedValue[node]));
     heed(node, ballotIn(what))
  :: kindOf(what) == PROMISE -> receivePromise(node, sender, what)
  :: kindOf(what) == PROPOSE && (ballotIn(what) >= promised[node] || BROKEN) ->
     put(node, sender, message(ACCEPT, 0, 0));
     heed(node, ballotIn(what));
     accepted[node] = ballotIn(what);
     acceptedValue[node] = valueIn(what)
  :: kindOf(what) == ACCEPT -> receiveAccept(node, sender)
  :: else
  fi
}

inline receiveAll(node, sender) {
  arrived = messages[queue(sender, node)];
  do
  :: arrived ->
     message_ = arrived & 127;
     arrived = arrived >> BITS;
     receive(node, sender, message_)
  :: else -> break
  od
}

inline handle() {
  for (n : 0 .. N - 1) {
    if
    :: up(n) ->
       if
       :: n < 2 -> campaign(n)
       :: else
       fi;
       for (m : 0 .. N - 1) {
         if
         :: isChannel(m, n) -> receiveAll(n, m)
         :: else
         fi
       }
    :: else
    fi
  }
  for (n : 0 .. CHANNELS - 1) {
    messages[n] = (time < EOT -> sending[n] : 0);
    sending[n] = 0
  }
  n = 0;
  m = 0;
  k = 0;
  number = 0;
  message_ = 0
}

#include "rounds.pml"
