import def, { a as b, "str" as c } from "x";
import * as ns from "y";
export { b as again, local };
export * from "z";
export default function () { return b + ns.q; }
let local = await def;
export const k = () => local;
function hoisted() { return import.meta; }
{
  using r = def();
  c(r);
}
