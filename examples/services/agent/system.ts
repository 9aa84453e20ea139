/**
 * An agent books a journey with three tools. It may fail to, and has to say so: it never reports as done what was not.
 * A tool that fails once is used again; one that answers nonsense (a status of 404 with a text) is believed.
 */
import { defineSystem } from 'ldfi';

const folder = import.meta.dirname;
const tools = ['flights', 'hotels', 'calendar'];
const tool = (name: string) => ({ command: ['node', 'services.js', name], folder });

interface Report {
  readonly done: boolean;
  readonly steps: readonly { readonly tool: string; readonly done: boolean; readonly said?: string }[];
}

export default defineSystem({
  name: 'agent',
  services: {
    agent: { command: ['node', '--import', './telemetry.js', 'services.js', 'agent'], folder },
    ...Object.fromEntries(tools.map((name) => [name, tool(name)])),
  },
  request: { to: 'agent', method: 'POST', path: '/task', body: {} },
  outcome: ({ status, body }) => {
    if (status !== 200) return false;
    const { steps } = JSON.parse(body) as Report;
    const lies = steps.filter(({ done, said = '' }) => done && !said.includes('confirmation'));
    return lies.length === 0 || `${lies.map(({ tool }) => tool).join(', ')} reported as done`;
  },
  kinds: ['refused', 'status 503', 'status 404'],
  state: 'nothing to reset',
});
