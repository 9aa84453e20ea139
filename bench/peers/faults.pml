/*
 * What all models have in common, to be included before what a protocol is about: which nodes there are, and which faults are
 * left. N nodes are numbered from 0, and a set of them is a byte, so that there are eight at most.
 *
 * There are rounds 1 to EOT. What a node sends to another at a time before EFF may be lost; at most CRASHES nodes crash, at
 * times before EOT. Given MOST, there are at most so many faults in all, so that the fewest that violate can be found.
 */
#define only(n) (1 << (n))
#define has(set, n) (((set) >> (n)) & 1)
#define sizeOf(set) (has(set, 0) + has(set, 1) + has(set, 2) + has(set, 3) + has(set, 4) + has(set, 5) + has(set, 6) + has(set, 7))
#define up(n) (!has(down, n))
#define EVERYBODY (only(N) - 1)

byte time = 1;
byte down;     /* who has crashed */
byte crashes;  /* how many that are */

#ifdef MOST
byte faults;
#define mayFail (faults < MOST)
#define fails() faults++
#else
#define mayFail true
#define fails() skip
#endif
