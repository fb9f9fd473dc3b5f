// A program of this runtime reads what it is piped, by events and by iteration.
const { spawnSync } = require('child_process');
const run = (code) => spawnSync(process.execPath, ['-e', code], { input: 'line 1\nline 2\n', encoding: 'utf8' }).stdout;
console.log(run('process.stdin.setEncoding("utf8").on("data", (d) => console.log([d])).on("end", () => console.log("end"))'));
console.log(run('(async () => { for await (const c of process.stdin) console.log(String(c).length); })()'));
console.log(run('console.log(require("fs").readFileSync(0, "utf8").split("\\n"))'));
console.log(run('require("readline").createInterface({ input: process.stdin }).on("line", (l) => console.log("<" + l + ">"))'));
