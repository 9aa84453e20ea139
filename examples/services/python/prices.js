import { serve } from '../serve.js';

serve({
  'GET /price': () => 12,
  'GET /discount': () => 3,
});
