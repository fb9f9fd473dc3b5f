// Import.meta.
console.log(Object.keys(import.meta).filter((k) => k !== 'main').sort(), import.meta.url.endsWith('/esm_meta.mjs'));
console.log(import.meta.filename.endsWith('/esm_meta.mjs'), import.meta.dirname === import.meta.filename.slice(0, -13));
console.log(import.meta.resolve('./x.mjs') === new URL('./x.mjs', import.meta.url).href, import.meta.resolve('fs'));
console.log(typeof require, typeof module, this);
