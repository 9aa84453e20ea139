/**
 * One campaign, in the process that `npm run fuzz` started for it. Laws are stated by vitest's `expect`, which
 * wants vitest around it.
 */
import { openSync, writeFileSync, writeSync } from 'node:fs';
import { it } from 'vitest';
import { campaigns } from './campaigns/campaigns.js';
import { ORDER, type Order } from './order.js';
import { formatPosition } from './position.js';

it('fuzzes', async () => {
  const order = JSON.parse(process.env[ORDER]!) as Order;
  const position = openSync(order.positionFile, 'w');
  let begun = 0;
  const result = await campaigns[order.campaign]({
    ...order,
    begin(place) {
      writeSync(position, formatPosition({ ...place, begun: ++begun, pid: process.pid }), 0);
    },
  });
  writeFileSync(order.resultFile, JSON.stringify(result));
});
