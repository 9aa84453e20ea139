import { expect, test } from 'vitest';
import { summaryOf } from '../../../src/injector/node/packages/sql.js';

test.each([
  ['select * from orders where id = $1', 'SELECT', 'orders'],
  ['  INSERT INTO shop."Order lines" (id) VALUES (1)', 'INSERT', 'shop.Order lines'],
  ['update only stock set n = n - 1', 'UPDATE', 'stock'],
  ['delete from orders', 'DELETE', 'orders'],
  ['create table if not exists payments (id text)', 'CREATE', 'payments'],
  ['BEGIN', 'BEGIN', undefined],
  ["select 'it''s from nowhere'", 'SELECT', undefined],
  ['-- from here\nselect /* from\nthere */ 1', 'SELECT', undefined],
  ['select $q$ from text $q$, n from counts', 'SELECT', 'counts'],
  ['(select 1 from a) union (select 2 from b)', 'SELECT', 'a'],
  ['', '', undefined],
])('%s', (statement, operation, table) => {
  expect(summaryOf(statement)).toEqual({ operation, table });
});
