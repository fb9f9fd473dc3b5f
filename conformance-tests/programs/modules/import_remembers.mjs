// What a specifier meant once it means for good, though the file is gone.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ouro-import-'));
const file = path.join(folder, 'gone.mjs');
const url = pathToFileURL(file).href;
await import(url).catch((error) => console.log(error.code));
fs.writeFileSync(file, 'export const a = 1;');
const first = await import(url);
fs.rmSync(folder, { recursive: true });
console.log(first.a, await import(url) === first);
