// Malformed UTF-8 becomes U+FFFD, one for each maximal part.
'use strict';
for (const hex of ['61ff62', 'e282', 'f0808080', 'eda080', 'f09f98', 'c0af', 'f4908080', 'e28282ac']) {
  const text = Buffer.from(hex, 'hex').toString();
  console.log(hex, Array.from(text, (c) => c.codePointAt(0).toString(16)).join(' '));
}
console.log(Buffer.from('\ud800x\udc00'));
