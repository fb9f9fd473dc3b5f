import { count, increment } from './counter.mjs';
export const before = count;
increment();
export { count as after } from './counter.mjs';
export function total() { return before + count; }
