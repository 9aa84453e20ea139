import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkScenario, replayScenario } from '../../../src/runner/check-scenario.js';
import { dedalusScenario } from '../../../src/runner/scenario/dedalus-scenario.js';
import { ScenarioError } from '../../../src/runner/scenario/error.js';
import { isViolated } from '../../../src/injector/run.js';
import { newFolder } from '../../folders.js';

const PROTOCOL = 'sent("a", "b")@1;\nlog(B)@async :- sent(_, B);\nlog(B)@next :- log(B);\n';
const SPECIFICATION = 'pre(B) :- sent(_, B)@1;\npost(B) :- log(B);\n';
const HEADER = '// ldfi: nodes a, b\n// ldfi: bounds 4/2/0 expect violated\n';
const bounds = { eot: 5, eff: 3, crashes: 0 };

describe('dedalusScenario', () => {
  it('reads what the file says, and what it includes', async () => {
    const folder = newFolder({
      'p.ded': `${HEADER}include "s.ded";\n${PROTOCOL}`,
      's.ded': SPECIFICATION,
    });
    const file = join(folder, 'p.ded');
    const scenario = dedalusScenario(pathToFileURL(file));
    expect(scenario).toMatchObject({ name: file, nodes: ['a', 'b'], bounds: { eot: 4, eff: 2, crashes: 0 } });
    const result = await checkScenario(scenario);
    expect(result.verdict.kind).toBe('violated');
    expect(result.expected).toBe('violated');
    expect(result.location).toEqual({ file, scenario: undefined });
    expect(isViolated(replayScenario(scenario, 'drop a->b@1').run)).toBe(true);
  });

  it('takes a name, nodes, bounds and parts instead', () => {
    const folder = newFolder({ 'p.ded': PROTOCOL, 's.ded': SPECIFICATION });
    const parts = [join(folder, 's.ded')];
    const scenario = dedalusScenario(join(folder, 'p.ded'), {
      name: 'telling',
      nodes: ['a', 'b', 'c'],
      bounds,
      with: parts,
    });
    expect(scenario).toMatchObject({ name: 'telling', nodes: ['a', 'b', 'c'], bounds, expect: undefined });
  });

  it.each([
    ['is not there', 'q.ded', {}, 'there is no file'],
    ['has errors', 'broken.ded', {}, 'DED'],
    ['gives no bounds', 'p.ded', {}, 'no bounds are given'],
    ['has no specification', 'p.ded', { bounds }, 'DED701'],
  ])('throws where the file %s', (_, name, options, message) => {
    const folder = newFolder({
      'p.ded': `${PROTOCOL}${name === 'p.ded' && !('bounds' in options) ? SPECIFICATION : ''}`,
      'broken.ded': 'p(',
    });
    const read = () => dedalusScenario(join(folder, name), options);
    expect(read).toThrow(ScenarioError);
    expect(read).toThrow(message);
  });
});
