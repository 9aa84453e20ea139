/**
 * Every code that a diagnostic can carry. Codes are stable: one that is no longer raised is not given a new
 * meaning. `docs/diagnostics.md` shows each with a sample and is tested against this table.
 *
 * DED1xx syntax, DED2xx names, types and constants, DED3xx binding, DED4xx stratification, DED5xx header,
 * DED6xx files, DED7xx specification and times, DED8xx rules in TypeScript; RUN1xx what a run or a check was
 * asked to do, RUN2xx scenarios in modules, configurations and `ldfi init`,
 * RUN3xx what goes wrong in handlers, RUN4xx certificates, RUN5xx traces, RUN6xx running systems.
 */
export type Severity = 'error' | 'warning';

/** What a code stands for. */
export interface CodeEntry {
  readonly severity: Severity;
  readonly title: string;
  readonly explanation: string;
  readonly fix: string;
}

function error(title: string, explanation: string, fix: string): CodeEntry {
  return { severity: 'error', title, explanation, fix };
}

function warning(title: string, explanation: string, fix: string): CodeEntry {
  return { severity: 'warning', title, explanation, fix };
}

/** Codes never change what they mean. */
export type DiagnosticCode = keyof typeof codes;

/** Every code, with its severity, a title, what it means, and what to do. */
export const codes = {
  DED101: error(
    'unexpected character',
    'A character that starts no token of the language.',
    'Remove it; the hint names what other languages write so.',
  ),
  DED102: error(
    'unterminated string',
    'A string has no closing quote on its line.',
    'Close it with `"`; a line break inside a string is written `\\n`.',
  ),
  DED103: error(
    'unknown escape',
    'A backslash in a string is followed by something that is no escape.',
    'Use `\\"`, `\\\\`, `\\n`, `\\t` or `\\u{hex}`.',
  ),
  DED104: error('malformed number', 'Numbers are whole and decimal.', 'Write digits only.'),
  DED105: error(
    'integer too large',
    'An integer is past 9007199254740991 (2^53 - 1), the largest that is exact.',
    'Use a smaller number, or a string where it is only a name.',
  ),
  DED106: error('unterminated comment', 'A `/*` has no `*/` after it.', 'Close the comment.'),
  DED107: error(
    'unexpected token',
    'The text does not go on as the grammar asks.',
    'See what was expected, and the hint.',
  ),
  DED108: error(
    'missing semicolon',
    'A clause is followed by another without `;`.',
    'End the clause with `;`.',
  ),
  DED109: error(
    'expression too large',
    'A term has more than 200 operators and parentheses.',
    'Name a part of it by a relation of its own.',
  ),
  DED110: error(
    'fact without a time',
    'A fact holds at one logical timestep, and that must be said.',
    'Write `@1` before the `;`; persist it with a rule `p(X)@next :- p(X);`.',
  ),
  DED111: error(
    'head at an absolute time',
    'A rule derives its head whenever its body holds.',
    'Drop the time, or use `@next` or `@async`; to fire at one time only, put the time on a premise.',
  ),
  DED112: error(
    'malformed time',
    'An `@` is followed by something that is no time for that place.',
    'A head takes `@next` or `@async`; a fact and a premise take an integer from 1.',
  ),
  DED113: error(
    'fact that is not constant',
    'A fact consists of strings and integers; a bare name is a variable.',
    'Put the name in quotes, or make the fact a rule.',
  ),
  DED114: error(
    'misplaced or malformed aggregate',
    'Aggregates are `count<X> min<X> max<X> sum<X> avg<X>`, in the head of a rule.',
    'Aggregate in the head of a rule of its own and read the result from there.',
  ),
  DED115: error(
    'too many premises',
    'A rule has more than 500 premises.',
    'Derive a part of the body by a relation of its own.',
  ),
  DED199: warning(
    'more diagnostics',
    'So many were found that the remaining ones are only counted.',
    'Fix the ones shown first.',
  ),
  DED201: error(
    'arity conflict',
    'A relation has the same number of columns everywhere.',
    'Make the two places agree, or rename one of the relations.',
  ),
  DED202: error(
    'type conflict',
    'A column or variable is used as two types. Where messages go to and come from is a location.',
    'Make the two places agree.',
  ),
  DED203: error(
    'crash is built in',
    '`crash(observer, node, time)` holds for the crashes of the run and cannot be derived.',
    'Use another name.',
  ),
  DED204: warning(
    'relation never derived',
    'A rule reads a relation that no fact or rule derives, so it is always empty.',
    'Correct the name, or include the file that derives it.',
  ),
  DED205: warning(
    'message depends on crash',
    '`crash` is known everywhere, at once and in advance; a protocol that reads it could not be built.',
    'Read `crash` in the specification only; detect failures by timeouts.',
  ),
  DED206: error('division by zero', 'A constant divisor is zero.', 'Divide by something else.'),
  DED207: error(
    'constant overflow',
    'Constant arithmetic passes 2^53 - 1 in size, beyond which integers are not exact.',
    'Use smaller numbers.',
  ),
  DED208: error(
    'nothing to be durable',
    'A relation is declared durable that there is not, or that is at no node: its first column is no location.',
    'Correct the name, or leave it out: outages take away facts of nodes alone.',
  ),
  DED301: error(
    'unbound variable',
    'A variable of a head, `notin`, comparison or expression occurs in no positive atom.',
    'Add an atom that binds it; use `_` in a `notin` for "any".',
  ),
  DED302: error(
    'wildcard in a head',
    'A head must say what it derives; `_` says nothing.',
    'Use a variable that the body binds, or a constant.',
  ),
  DED303: error(
    'wildcard without a value',
    '`_` matches anything in an atom; it cannot be compared or computed with.',
    'Name the variable.',
  ),
  DED304: error(
    'rule without a positive atom',
    'The location of a rule is that of its first positive atom, and it has none.',
    'Add an atom that says where and when the rule fires.',
  ),
  DED305: warning(
    'variable in one notin alone',
    'A variable that stands in a single `notin` and nowhere else in its rule is a wildcard there.',
    'Write `_` for "any", or the variable that was meant.',
  ),
  DED401: error(
    'unstratified negation or aggregation',
    'Within a timestep a relation depends on its own absence, or on an aggregate of itself.',
    'Break the cycle, usually by deriving one of its relations `@next`.',
  ),
  DED501: error(
    'malformed header line',
    'A `// ldfi:` line is not of the documented form.',
    'Use `// ldfi: nodes a, b, c`, `// ldfi: durable log` or `// ldfi: bounds 6/4/1 expect violated`.',
  ),
  DED502: error(
    'repeated header entry',
    'The nodes are given twice, or a node is; or durable relations.',
    'Keep one.',
  ),
  DED503: warning(
    'header line not at the top',
    'A `// ldfi:` line after the first clause has no effect.',
    'Move it above the first clause.',
  ),
  DED601: error('file not found', 'A file that is given or included does not exist.', 'Correct the path.'),
  DED602: error('not a text file', 'A file is not UTF-8 text.', 'Give a Dedalus source file.'),
  DED603: error('unreadable file', 'A file exists but cannot be read.', 'See the reason given.'),
  DED604: error(
    'cycle of includes',
    'A file includes itself, perhaps through others.',
    'Remove one include.',
  ),
  DED605: error('no clauses', 'The program has neither facts nor rules.', 'Give a file that has.'),
  DED606: error(
    'file outside the root',
    'A file lies, or a link leads, outside of the folders that ldfi reads files from. It was not read.',
    'Move it inside, or name a folder that holds both by `--root`.',
  ),
  DED607: error(
    'too long a program',
    'A program, with all that it includes, is longer than what is read.',
    'Include less; look for links that lead in circles.',
  ),
  DED701: error(
    'specification missing',
    'A check needs `pre` and `post`: a run violates when at EOT a tuple is in `pre` and not in `post`; or `always` and `alwaysPost`, which are read at every time.',
    'Add rules for both of a pair, or give the file that has them by `--with`.',
  ),
  DED702: error(
    'pre and post differ in arity',
    'Tuples of `pre` are looked up in `post`, so both have the same number of columns; so do `always` and `alwaysPost`.',
    'Give both the same columns.',
  ),
  DED703: error(
    'pre and post differ in type',
    'A column holds integers in one and names in the other, so that no tuple of `pre` is ever in `post`, nor one of `always` in `alwaysPost`.',
    'Give both the same columns.',
  ),
  DED704: warning(
    'fact after EOT',
    'A fact holds at a time after the last logical timestep, so it is never seen.',
    'Raise EOT or give an earlier time.',
  ),
  DED705: warning(
    'premise after EOT',
    'A premise reads a time after the last logical timestep, so it never holds.',
    'Raise EOT or give an earlier time.',
  ),
  DED801: error(
    'unknown column',
    'A column is given that the relation does not have.',
    'Correct its name, or declare it.',
  ),
  DED802: error(
    'column left out',
    'A head or a fact must say all of what it derives; a premise may leave out what does not matter.',
    'Give the column.',
  ),
  DED803: error(
    'not a value',
    'Something stands where a value is expected, or a value that is none of those declared.',
    'Give a string, an integer, a variable or an expression of the type declared.',
  ),
  DED804: error(
    'malformed name',
    'Relations, columns and variables have the names that they can have in Dedalus.',
    'Use letters, digits, `_`, `.` and `?`.',
  ),
  DED805: error(
    'misplaced part',
    'Something stands among premises, or among the parts of a program, that cannot be one.',
    'End a rule with `.when(...)`, a fact with `.at(1)`; give atoms and comparisons as premises.',
  ),
  RUN101: error('usage', 'The command line is not of a documented form.', 'See `ldfi --help`.'),
  RUN102: error('malformed nodes', 'The list of nodes is empty, or names a node twice.', 'Write `a,b,c`.'),
  RUN103: error(
    'undeclared node',
    'A message goes to, or comes from, what is not among the nodes.',
    'Correct the name, or add it to the nodes.',
  ),
  RUN104: error(
    'no nodes',
    'No nodes were given, and the program has no constants where messages go to or come from.',
    'Give them with `--nodes` or in the header.',
  ),
  RUN105: error(
    'malformed bounds',
    'EOT is an integer from 1, EFF and crashes are integers from 0.',
    'Give `--eot`, `--eff` and `--crashes`, or a header line with bounds such as `6/4/1`.',
  ),
  RUN106: error(
    'EFF not before EOT',
    'Omissions end before the last timestep, so that the protocol has time to recover.',
    'Raise EOT or lower EFF.',
  ),
  RUN107: error('more crashes than nodes', 'A node crashes at most once.', 'Allow fewer crashes.'),
  RUN108: error(
    'malformed faults',
    'The faults to inject are not of the documented form.',
    'Write `drop a->b@1; crash C@6`.',
  ),
  RUN109: error(
    'fault outside the bounds',
    'A fault names a time at which it cannot occur within the bounds.',
    'Give a time within the bounds, or widen them.',
  ),
  RUN110: error(
    'division by zero while running',
    'A rule divides by a value that is zero in a reachable state.',
    'Exclude zero by a comparison, in a rule that derives the divisor.',
  ),
  RUN111: error(
    'integer overflow while running',
    'Arithmetic passes 2^53 - 1 in size, beyond which integers are not exact.',
    'Bound the values; a counter that a rule raises within one timestep has no end.',
  ),
  RUN113: error(
    'solver failure',
    'The SAT solver failed, usually for want of memory.',
    'Choose the other solver, or lower the bounds.',
  ),
  RUN115: error(
    'too many facts',
    'One run derives more facts of a relation at one time than its budget, perhaps without end.',
    'Bound what a recursive rule derives within one timestep.',
  ),
  RUN116: error(
    'too many faults',
    'So many different faults are within the bounds that a check would not come to an end.',
    'Lower EFF, or check the protocol on fewer nodes.',
  ),
  RUN117: error(
    'output that cannot be written',
    'Standard output took in only a part of the results, most likely since a disk is full. The verdicts stand, and are told on standard error.',
    'Make room, or write elsewhere, and run it again.',
  ),
  RUN118: warning(
    'name near that of a node',
    'A name that is no node stands in a column of nodes, and differs little from the name of one.',
    'Correct the name, or ignore this where it is meant.',
  ),
  RUN119: warning(
    'node that nothing reaches',
    'The program names a node nowhere, so that no message goes to it or comes from it; it can crash, and no more.',
    'Add it to the facts of the program, or leave it out of `--nodes`.',
  ),
  RUN121: error(
    'work that was lost',
    'A module, a handler or a property ended the thread that ran it, such as by taking all memory within one call. The rest goes on without it.',
    'Find out what it does; `ldfi check` of that scenario alone, with lower bounds, may show it.',
  ),
  RUN122: error(
    'work that does not begin in time',
    'The time of `--timeout` was over before there was a check: in a configuration, a module, a folder, a pattern, or a program.',
    'Give more time, or name less to look at.',
  ),
  RUN123: error(
    'error that nobody catches',
    'Code that a module left running, such as a timer or a promise, failed.',
    'Let modules define scenarios, and leave nothing running.',
  ),
  RUN124: warning(
    'scenarios that were not checked',
    'With `--bail`, a check ends at the first scenario that would not let it exit 0, and says nothing of those after it.',
    'Mend that scenario, or leave out `--bail`.',
  ),
  RUN125: error(
    'nobody who could be reliable',
    'Bounds take a node or a link to be reliable that there is not.',
    'Correct the name, or leave it out.',
  ),
  RUN126: warning(
    'fault that nothing asks for',
    'The bounds admit a fault by a name that no handler asked for by `context.fault`, and no rule reads by `fault(N, "name")`, so that it changes nothing.',
    'Correct the name where it is asked for or in the bounds, or leave out the bound.',
  ),
  RUN127: warning(
    'operations that no property is about',
    'Handlers record operations by `context.invoke`, and no property is `linearizable`, so that nothing is asked of them.',
    'Add a property such as `{ linearizable: models.register() }`, or do not record them.',
  ),
  RUN128: warning(
    'bound that admits nothing',
    'The bounds name a kind of faults, and within the other bounds there is none: most begin and end before EFF, outages and crashes before `crashesBefore`, and to what is reliable nothing happens. The verdict says nothing of such faults.',
    'Widen the bound that leaves them no room, or leave out the kind.',
  ),
  RUN131: error(
    'malformed question',
    'A question about a run is not of a form that `ldfi explain` reads, or asks about what the protocol does not have.',
    'Write `why` or `why-not`, then a fact, a message, a node or nothing.',
  ),
  RUN132: error(
    'question about what is otherwise',
    'Why something is so is asked where it is not, or why it is not where it is.',
    'Ask the other question, or name another time or other faults.',
  ),
  RUN133: warning(
    'what ldfi tells of itself was not sent',
    'Spans and counts of ldfi itself go to where `OTEL_EXPORTER_OTLP_ENDPOINT` says, and something went wrong on the way. It has no say in any verdict.',
    'Start a collector there that takes OTLP over HTTP as JSON, or unset the variable.',
  ),
  RUN140: error(
    'report is not written',
    'The file that `--reporter` names for a report, or the summary of a job, cannot be written.',
    'Make sure that its folder can be written to, or name another file.',
  ),
  RUN141: error(
    'no saved counterexample',
    'A file in `ldfi-regressions/` is not as ldfi writes them, or is of another version.',
    'Restore it as it was written, or remove it and save anew by `ldfi check --save`.',
  ),
  RUN142: error(
    'counterexample is not saved',
    'A counterexample cannot be written to `ldfi-regressions/`.',
    'Make sure that the folder can be written to.',
  ),
  RUN143: error(
    'counterexample that is no test',
    'What the faults of a saved counterexample cut is not there any more, or a test cannot have its scenario on these nodes.',
    'Name the scenario, and faults that there are, by `--inject`.',
  ),
  RUN144: error(
    'test is not written',
    'The file that a test would be written to is there already, or cannot be written.',
    'Name another by `--output`.',
  ),
  RUN145: error(
    'document that cannot be shown',
    'A file is no JSON document of checks or of what is tolerated, or is of another version.',
    'Name what `ldfi check --json` or `ldfi tolerance --json` wrote, and write it anew where its version is another.',
  ),
  RUN146: error(
    'page that is not opened',
    'The program that opens files is missing, or cannot be run.',
    'Open the page by hand.',
  ),
  RUN147: warning(
    'page that does not say why',
    'A document does not say what its counterexamples rest on, or what happens in them, and the scenario that it names is not at hand, is a module that nobody said may be run, or runs in another way by now.',
    'Name the module after the document, or let `ldfi check --reporter html=<file>` or `ldfi tolerance --html <file>` write the page where it checks.',
  ),
  RUN199: error(
    'bug in ldfi',
    'Something happened that no input should cause.',
    'Report it, with the command line, the files and the version.',
  ),
  RUN201: error(
    'module that cannot be loaded',
    'A scenario or a configuration does not compile, throws when it is run, or imports what is not there.',
    'Correct it; the line is that of the innermost call in a file of yours.',
  ),
  RUN202: error(
    'no scenario',
    'A module exports no scenario, or exports an object that only looks like one.',
    'Write `export default defineScenario({ ... })`, or export several by name.',
  ),
  RUN203: error(
    'malformed scenario',
    'A field of a scenario is missing, or of the wrong type.',
    'Give what is expected; the compiler tells it earlier.',
  ),
  RUN204: error(
    'unknown field',
    'A scenario has a field that means nothing, most likely by a slip.',
    'Correct its name, or remove it.',
  ),
  RUN205: error(
    'name given twice',
    'Two scenarios of one file have the same name, so that a name does not tell which one is meant.',
    'Rename one of them.',
  ),
  RUN206: error(
    'no scenario of that name',
    'No scenario has a name that the pattern of `--grep` matches.',
    'Give another pattern; `ldfi check --list` shows the names.',
  ),
  RUN207: error(
    'malformed pattern',
    'The pattern of `--grep` is no regular expression.',
    'Put `\\` before a sign that stands for itself.',
  ),
  RUN208: error(
    'nothing to look at',
    'No file is named, or a folder holds no scenario.',
    'Name files, or folders that hold scenarios; [the command line](cli.md) says which files of a folder do.',
  ),
  RUN209: error(
    'not a program of rules',
    'Only rules can be printed as Dedalus; handlers are TypeScript.',
    'Read the handlers themselves, or look at a run by `ldfi replay`.',
  ),
  RUN210: error(
    'no single configuration',
    'The configuration that is asked for is not there, or there are several.',
    'Name one by `--config`, or keep one `ldfi.config.ts`.',
  ),
  RUN211: error(
    'malformed configuration',
    'A configuration exports no object, or has a key that means nothing.',
    'Write `export default defineConfig({ ... })` with the keys that are named.',
  ),
  RUN212: error(
    'wrong value in the configuration',
    'A key of the configuration has a value that it cannot have.',
    'Give what is expected.',
  ),
  RUN213: warning(
    'unknown variable',
    'A variable of the environment is nearly, but not quite, that of a setting, and has no effect.',
    'Correct its name.',
  ),
  RUN214: error(
    'root that is not there',
    'The folder that files may be read from is none.',
    'Give a folder to `--root`.',
  ),
  RUN215: error(
    'file of no known kind',
    'A file that is named is neither a module nor a program of Dedalus, as its name tells.',
    'Name scenarios `.ts`, `.mts`, `.cts`, `.js`, `.mjs` or `.cjs`, and programs of Dedalus `.ded`.',
  ),
  RUN216: error(
    'module that is not to be run',
    'A module is named, though `--no-modules`, or the setting, says that none is to be run.',
    'Leave out one of the two.',
  ),
  RUN217: warning(
    'part of a program',
    'A file of Dedalus in a folder has no messages, or no `pre` and `post`, and no other file that was found includes it.',
    'Include it, give it by `--with`, or leave it: the programs beside it are checked.',
  ),
  RUN218: error(
    'node without a role',
    'A scenario whose nodes have roles is to be checked on a node that has none, so that nobody knows what it does.',
    'Name nodes that its `nodes` give a role, or give a role to this one.',
  ),
  RUN219: warning(
    'property that is never asked',
    'What a property leads to has to come within so many timesteps, and no time before EOT has that many after it: the property asks nothing of any run.',
    'Give a later EOT, or let it come within fewer timesteps.',
  ),
  RUN221: error(
    'malformed name',
    'The name for a first scenario cannot be the name of a file.',
    'Use letters, digits and `-`.',
  ),
  RUN222: error(
    'file that cannot be written',
    '`ldfi init` could not write a file, or not understand one that it is to extend.',
    'Correct what is wrong and run it again: what is there already is kept.',
  ),
  RUN223: error(
    'no scenario at that line',
    'A line of a file was named, as in `retry.ts:12`, that is above all of its scenarios.',
    'Name a line within the scenario, or choose by `--grep`.',
  ),
  RUN224: error(
    'types that do not agree',
    'With `--typecheck`, the compiler that is installed beside a module finds an error in it, or in what it imports.',
    'Mend it; the code in parentheses is that of TypeScript.',
  ),
  RUN225: error(
    'types that were not checked',
    'With `--typecheck`, no TypeScript is installed where the modules are, or it cannot be run.',
    'Install `typescript` there, or leave out `--typecheck`.',
  ),
  RUN301: error(
    'handler that throws',
    'A handler, `init`, `observe` or a property threw an error.',
    'Look at the line, with the state and the faults that led there: lost and late messages lead to states that a good run never sees.',
  ),
  RUN302: error(
    'handler that is no function of its input',
    'Called twice with the same input, at once or later in the check, a handler, `init`, `observe` or a property gave different results, so that no run of it stands for another.',
    'Use nothing but the state, the event and the context: no variable that outlives the call.',
  ),
  RUN303: error(
    'not plain data',
    'State, messages and observations are plain data, so that they can be compared: null, booleans, finite numbers, strings, and arrays, objects, sets and maps of these. What a set holds, and the keys of a map, have no parts.',
    'Hold what is named in one of these.',
  ),
  RUN304: error(
    'message to an unknown node',
    'A handler sends to something that is no node.',
    'Send to a node of the scenario.',
  ),
  RUN305: error(
    'message that nobody receives',
    'A handler sends something whose `type` names none of the handlers in `onMessage`.',
    'Correct the type, or add a handler for it.',
  ),
  RUN306: error(
    'malformed timer',
    'A timer needs a name, a whole number of timesteps from 1, and a protocol with `onTimer`.',
    'Give what is missing.',
  ),
  RUN307: error(
    'property without a judgement',
    '`pre` and `when` give true or false; all other functions of properties give true, false, or a sentence that says why.',
    'Return one of these.',
  ),
  RUN308: error(
    'context used too late',
    'A handler used its context, or its state, when it had returned already, when nothing can come of it.',
    'Handlers are synchronous: send, set timers and use the state before returning.',
  ),
  RUN309: error(
    'handler that does not return',
    'The time budget ended within a handler, and called alone it did not return either.',
    'Look for a loop that has no end in the state that is shown.',
  ),
  RUN310: error(
    'handler that changes what it was given',
    'Messages and observations are frozen, for other runs share them, and so is the state in `observe`.',
    'Change a copy. In handlers, the state may be changed.',
  ),
  RUN311: error(
    'run without an outcome',
    'A replay of handlers took longer than a minute, though each of them returns; or a run took more memory than there is.',
    'Look for a handler that works long, and for what becomes more with time; or replay up to an earlier EOT.',
  ),
  RUN312: error(
    'state without bounds',
    'A state, a message or an observation is longer than can be compared again and again.',
    'Bound what grows: keep what is needed to go on, and not a history.',
  ),
  RUN313: error(
    'handler that looks at more than its input',
    'While a handler, `init`, `observe` or a property ran, it used a clock, chance, a timer, the network or a promise. Another run with the same input would see others.',
    'Use `context.time` and `context.timers`, and let what is drawn by chance be a part of the scenario.',
  ),
  RUN314: error(
    'handler that leaves two states',
    'A handler changed the state that it was given, and returned another one as well.',
    'Assign to the state, or return a new one.',
  ),
  RUN315: error(
    'malformed name of a fault',
    'A handler asks by `context.fault` for something that cannot be the name of a fault.',
    "Name it by a letter, and then letters, digits, `_` or `-`: `context.fault('unsynced')`.",
  ),
  RUN316: error(
    'malformed operation',
    'A handler begins an operation by `context.invoke` with something that is no object with a `type`.',
    "Say what is done, and with what: `context.invoke({ type: 'write', value: 1 })`.",
  ),
  RUN317: error(
    'end of an operation that has not begun',
    'A handler calls `context.complete`, and its node has begun no operation, or has come to the end of it already. In a run without faults that may never happen: an answer that was given up may still come, and one may come twice.',
    'Keep in the state what the node waits for, and call `complete` only while it does.',
  ),
  RUN401: error(
    'certificate that cannot be written',
    'The folder for certificates, or a file in it, cannot be written. The verdict stands.',
    'Give a folder that can be written; what was there before is left as it was.',
  ),
  RUN402: error(
    'certified without a certificate',
    'A certificate was asked for of a verdict that leaves no formula to be solved again. The verdict stands.',
    'Let the strategy `compiled` decide, within lower bounds if it passes its budget.',
  ),
  RUN403: error(
    'unreadable certificate',
    'A file of a certificate is missing, cannot be read, or is not of the documented form.',
    'Name the folder that `ldfi check --certificate` wrote, with all its files.',
  ),
  RUN404: error(
    'certificate of another version',
    'The certificate is of a version that this ldfi does not know.',
    'Verify it by the version that wrote it, or check the scenario again.',
  ),
  RUN405: error(
    'altered certificate',
    'A file of a certificate is not as it was written, or says something that is not so.',
    'Take the original, or check the scenario again.',
  ),
  RUN406: error(
    'certificate of another protocol',
    'The protocol is not the one that was certified; what was shown of that one says nothing of this one.',
    'Name the file that was certified, or check the scenario again.',
  ),
  RUN407: error(
    'formula of something else',
    'The formula is not the one that the protocol leads to within the bounds of the certificate.',
    'Check the scenario again.',
  ),
  RUN408: error(
    'proof that proves nothing',
    'A step of the proof does not follow from those before it, or the last is not a contradiction.',
    'Check the scenario again with `--proof`.',
  ),
  RUN409: error(
    'certificate not verified',
    'Verification ended before it was done, for want of time or memory. It says nothing about the certificate.',
    'Give more time by `--timeout`, or another solver by `--solver`.',
  ),
  RUN501: error(
    'unreadable traces',
    'A file, or what else was named, cannot be read, or is of no known format of traces to its end. What came before is not passed over.',
    'Name what OpenTelemetry, Jaeger or Zipkin wrote, as JSON or protobuf; `ldfi trace --help` has examples.',
  ),
  RUN502: error(
    'flawed traces',
    'With `--strict`, nothing is concluded from traces of which one has a flaw.',
    'Mend the instrumentation that the flaws point to, or leave out `--strict`.',
  ),
  RUN503: error(
    'no traces',
    'Nothing that was named has a span.',
    'Look whether the service that should have written them was asked for anything.',
  ),
  RUN504: error(
    'more traces than there is memory for',
    'All spans are kept until the last is read.',
    'Read fewer at a time, or give more memory: `NODE_OPTIONS=--max-old-space-size=8000` gives 8 GB.',
  ),
  RUN505: error(
    'malformed predicate',
    'What follows `--where` or `--outcome` is no predicate of requests.',
    'Compare a field with a value, as in `latency > 500ms`, and join that by `and`, `or` and `not`.',
  ),
  RUN506: error(
    'no server of traces',
    'At the address after `--from`, neither Zipkin nor Jaeger answers.',
    'Give the address of its query API, such as `http://localhost:9411` or `http://localhost:16686`.',
  ),
  RUN507: warning(
    'as many traces as were asked for',
    'The server answered with as many traces as `--limit` allows, so that there may be more.',
    'Raise `--limit`, or ask for less by `--since`, `--service` or `--operation`.',
  ),
  RUN508: error(
    'nothing can be received',
    'The address and the port of `--listen` cannot be listened at.',
    'Choose a port that is free, such as 0 for any; and with `--allow-host` an address of this machine.',
  ),
  RUN509: error(
    'no page was written',
    'The file after `--html` cannot be written. What was found is told all the same.',
    'Name a file in a folder that can be written.',
  ),
  RUN510: error(
    'a trace to be drawn is not there',
    'No trace that was read has an id which begins with what follows `--picture`, or several have.',
    'Name a trace of the report, with as much of its id as tells it from the others.',
  ),
  RUN601: error(
    'a running system cannot be driven',
    'A service did not start or is not where the system says, or the system is not described as it has to be.',
    'The message says which, and shows the end of what the service has written.',
  ),
  RUN602: error(
    'a running system is no protocol',
    'What `defineSystem` makes is driven through faults by `ldfi check`; it has no rules or handlers to replay or print.',
    'Use `ldfi check`.',
  ),
} satisfies Readonly<Record<string, CodeEntry>>;
