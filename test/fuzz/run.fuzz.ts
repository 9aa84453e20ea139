/**
 * One campaign, in the process that `npm run fuzz` started for it. Laws are stated by vitest's `expect`, which
 * wants vitest around it.
 */
import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { campaigns } from './campaigns/campaigns.js';
import { ORDER, type Order } from './order.js';
import { PositionWriter } from './position.js';

it('fuzzes', async () => {
  const order = JSON.parse(process.env[ORDER]!) as Order;
  const position = new PositionWriter(order.positionFile);
  const result = await campaigns[order.campaign]({
    ...order,
    begin(place, shown) {
      position.write(place, shown());
    },
  });
  position.close();
  writeFileSync(order.resultFile, JSON.stringify(result));
});
