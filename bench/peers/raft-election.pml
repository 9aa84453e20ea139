/*
 * Raft's election, handler by handler as bench/handler-families.ts has it: terms, votes and signs of life. The nodes
 * look in turn, one each round trip, whether they have heard of a leader since they last looked. Of what a node sends to another in one round, what it tells everybody comes first.
 *
 * TWICE: the bug. A node votes for whoever asks it in its term.
 */
#include "faults.pml"

#ifndef TWICE
#define TWICE 0
#endif

#define NOBODY N
#define looks(n) ((time - 1 - 2 * (n)) % (2 * N) == 0)

#define sent(a, b) (has(reached[a], b) || grants[(a) * N + (b)])
#define isLeader(n) has(leaders, n)
#define isCandidate(n) has(candidates, n)

inline lose(a, b) {
  reached[a] = reached[a] & ~only(b);
  grants[(a) * N + (b)] = 0
}

byte term[N];
byte votedFor[N] = NOBODY;
byte votes[N];              /* of candidates: who has voted for it */
byte heard;                 /* who has heard of a leader, or of one to come, since it last looked */
byte leaders;
byte candidates;
byte called[N];             /* the term of what each told everybody a round before, */
byte reached[N];            /* whom that has reached, */
byte beats;                 /* and of whom it was a sign of life, and no request for votes */
byte grants[N * N];         /* the term of the vote that one sent another a round before, or 0 */

hidden byte n, m;
hidden byte calling[N], reaching[N], granting[N * N];
hidden byte beating;

inline follow(node, newTerm) {
  term[node] = newTerm;
  votedFor[node] = NOBODY;
  votes[node] = 0;
  leaders = leaders & ~only(node);
  candidates = candidates & ~only(node)
}

inline tick(node) {
  if
  :: isLeader(node) ->
     calling[node] = term[node];
     reaching[node] = EVERYBODY & ~only(node);
     beating = beating | only(node)
  :: !isLeader(node) && looks(node) ->
     if
     :: has(heard, node) -> heard = heard & ~only(node)
     :: else ->
        term[node]++;
        votedFor[node] = node;
        votes[node] = only(node);
        candidates = candidates | only(node);
        calling[node] = term[node];
        reaching[node] = EVERYBODY & ~only(node)
     fi
  :: else
  fi
}

inline request(node, candidate, its) {
  if
  :: its >= term[node] ->
     if
     :: its > term[node] -> follow(node, its)
     :: else
     fi;
     if
     :: votedFor[node] == NOBODY || votedFor[node] == candidate || TWICE ->
        votedFor[node] = candidate;
        heard = heard | only(node);
        granting[node * N + candidate] = its
     :: else
     fi
  :: else
  fi
}

inline heartbeat(node, its) {
  if
  :: its >= term[node] ->
     if
     :: its > term[node] -> follow(node, its)
     :: else ->
        if
        :: isCandidate(node) ->
           candidates = candidates & ~only(node);
           votes[node] = 0
        :: else
        fi
     fi;
     heard = heard | only(node)
  :: else
  fi
}

inline grant(node, voter, its) {
  if
  :: its == term[node] && isCandidate(node) ->
     votes[node] = votes[node] | only(voter);
     if
     :: 2 * sizeOf(votes[node]) > N ->
        candidates = candidates & ~only(node);
        leaders = leaders | only(node);
        votes[node] = 0
     :: else
     fi
  :: else
  fi
}

inline handle() {
  beating = 0;
  for (n : 0 .. N - 1) {
    if
    :: up(n) ->
       tick(n);
       for (m : 0 .. N - 1) {
         if
         :: has(reached[m], n) && has(beats, m) -> heartbeat(n, called[m])
         :: has(reached[m], n) && !has(beats, m) -> request(n, m, called[m])
         :: else
         fi;
         if
         :: grants[m * N + n] -> grant(n, m, grants[m * N + n])
         :: else
         fi
       }
    :: else
    fi
  }
  beats = (time < EOT -> beating : 0);
  for (n : 0 .. N - 1) {
    called[n] = (time < EOT -> calling[n] : 0);
    reached[n] = (time < EOT -> reaching[n] : 0);
    calling[n] = 0;
    reaching[n] = 0;
    for (m : 0 .. N - 1) {
      grants[n * N + m] = (time < EOT -> granting[n * N + m] : 0);
      granting[n * N + m] = 0;
      assert(n == m || !isLeader(n) || !isLeader(m) || term[n] != term[m])
    }
  }
  n = 0;
  m = 0;
  beating = 0
}

#define holds true

#include "rounds.pml"
