/*
 * Acknowledged delivery: whoever has the message tells all that have not said that they have it. Its twins are in
 * bench/handler-families.ts and bench/peers/delivery.ded.
 *
 * ONCE: the bug. Who was told counts as one that has the message.
 */
#include "faults.pml"

#define sent(a, b) has(messages[a] | acknowledgements[a], b)

inline lose(a, b) {
  messages[a] = messages[a] & ~only(b);
  acknowledgements[a] = acknowledgements[a] & ~only(b)
}

#define correctWithout (EVERYBODY & ~down & ~delivered)
#define holds ((delivered & ~down) == 0 || correctWithout == 0)

byte delivered = 1;            /* who has the message */
byte acknowledged[N];          /* who is known to have it, by each */
byte messages[N];              /* to whom each has sent what, a round before */
byte acknowledgements[N];

hidden byte n, m;
hidden byte telling[N], acknowledging[N];

inline handle() {
  for (n : 0 .. N - 1) {
    telling[n] = 0;
    acknowledging[n] = 0;
    if
    :: up(n) ->
       if
       :: has(delivered, n) -> telling[n] = EVERYBODY & ~only(n) & ~acknowledged[n]
       :: else
       fi;
#ifdef ONCE
       acknowledged[n] = acknowledged[n] | telling[n];
#endif
       for (m : 0 .. N - 1) {
         if
         :: has(messages[m], n) ->
            delivered = delivered | only(n);
            acknowledged[n] = acknowledged[n] | only(m);
            acknowledging[n] = acknowledging[n] | only(m)
         :: else
         fi;
         if
         :: has(acknowledgements[m], n) -> acknowledged[n] = acknowledged[n] | only(m)
         :: else
         fi
       }
    :: else
    fi
  }
  for (n : 0 .. N - 1) {
    messages[n] = (time < EOT -> telling[n] : 0);
    acknowledgements[n] = (time < EOT -> acknowledging[n] : 0)
  }
  n = 0;
  m = 0
}

#include "rounds.pml"
