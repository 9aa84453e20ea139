/*
 * Two-phase commit: node 0 asks all others for their votes, and commits when it has them all. Its twins are in
 * bench/handler-families.ts and bench/peers/two-phase-commit.ded.
 *
 * ONCE: the bug. The coordinator does not repeat its commit.
 */
#include "faults.pml"

#define sent(a, b) ((a) == 0 && has(prepares | commits, b) || (b) == 0 && has(votes, a))

inline lose(a, b) {
  if
  :: a == 0 ->
     prepares = prepares & ~only(b);
     commits = commits & ~only(b)
  :: else -> votes = votes & ~only(a)
  fi
}

#define PARTICIPANTS (EVERYBODY & ~1)
#define holds ((prepared & ~down & ~committed) == 0)

byte prepared;          /* who is so, as the others below */
byte committed;
byte voted;             /* for the coordinator */
byte prepares;          /* to whom it has sent what, a round before */
byte commits;
byte votes;             /* who has sent it one */

hidden byte asking, telling, voting;

inline handle() {
  asking = 0;
  telling = 0;
  if
  :: up(0) ->
     if
     :: time == 1 -> asking = PARTICIPANTS
     :: time > 1 && has(committed, 0) ->
#ifndef ONCE
        telling = PARTICIPANTS
#endif
        skip
     :: else -> asking = PARTICIPANTS & ~voted
     fi;
     if
     :: has(committed, 0) -> skip
     :: else ->
        voted = voted | votes;
        if
        :: voted == PARTICIPANTS ->
           committed = committed | 1;
           telling = PARTICIPANTS
        :: else
        fi
     fi
  :: else
  fi;
  voting = prepares & ~down;
  prepared = prepared | voting;
  committed = committed | (commits & ~down);
  prepares = (time < EOT -> asking : 0);
  commits = (time < EOT -> telling : 0);
  votes = (time < EOT -> voting : 0);
  asking = 0;
  telling = 0;
  voting = 0
}

#include "rounds.pml"
