// Promises that nobody sees need not be made: what is seen, values and the order of jobs, stays the same.
'use strict';
const log = [];
const say = (what) => log.push(what);

async function ticks(name, values) {
  for (const value of values) {
    try {
      say(`${name} ${await value}`);
    } catch (error) {
      say(`${name} threw ${error}`);
    }
  }
}

async function* generate(name, values) {
  for (const value of values) {
    await value;
    say(`${name} yields`);
    yield value;
  }
  return 'end';
}

async function drain(name, values) {
  const generator = generate(name, values);
  for await (const value of generator) say(`${name} ${value}`);
  say(`${name} ${JSON.stringify(await generator.next())}`);
}

// Executors that see one argument, two, all, or throw.
const caught = [];
const settle = (promise) => promise.then((value) => caught.push(`ok ${value}`), (error) => caught.push(`no ${error}`));
settle(new Promise((resolve) => resolve(1)));
settle(new Promise((resolve) => { throw 2; }));
settle(new Promise((resolve) => { resolve(3); throw 4; }));
settle(new Promise((resolve, reject) => { reject(5); resolve(6); }));
settle(new Promise(function () { arguments[1](7); }));
settle(new Promise(function (resolve) { arguments[1](arguments.length); }));
settle(new Promise((...both) => both[1](both.length)));
settle(new Promise((resolve, reject = 8) => reject(typeof reject)));
settle(new Promise(function (resolve) { eval('arguments[1]')(9); }));
settle(new Promise(Function.prototype.call.bind((ignored, reject) => reject(10), null)));
settle(new (class extends Promise {})((resolve) => { throw 11; }));
let late;
settle(new Promise((resolve) => { late = resolve; throw 12; }));
late(13);

ticks('a', [1, 'x', null, Promise.resolve(2), Promise.reject(3), { then(ok) { ok(4); } }]);
drain('g', [1, Promise.resolve(2), undefined]);
let chain = Promise.resolve();
for (let i = 0; i < 12; i++) chain = chain.then(() => say(`tick ${i}`));

const all = (name, list) => Promise.all(list).then(
  (values) => say(`${name} [${values.map(String)}]`),
  (error) => say(`${name} failed ${error}`));
all('empty', []);
all('mixed', [1, Promise.resolve(2), { then(ok) { ok(3); } }, new Promise((ok) => queueMicrotask(() => ok(4)))]);
all('rejected', [1, Promise.reject('r'), Promise.reject('s')]);
all('many', Array.from({ length: 100 }, (_, i) => new Promise((ok) => (i % 2 ? ok(i) : queueMicrotask(() => ok(i))))));

// One promise with several reactions keeps their order.
let open;
const shared = new Promise((ok) => { open = ok; });
for (const n of [1, 2, 3]) shared.then((value) => say(`reaction ${n} ${value}`));
open('opened');

setTimeout(() => {
  console.log(log.join('\n'));
  console.log(caught.join('\n'));
}, 1);
