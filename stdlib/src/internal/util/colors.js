'use strict';
// The tables behind util.inspect.colors, util.inspect.styles and util.styleText().
// API: https://nodejs.org/docs/latest-v24.x/api/util.html#customizing-utilinspect-colors
// Binding: none. Loaded when a program first asks for colours.

// name: [code that switches it on, code that switches it off] (ECMA-48 SGR)
const colors = {
  __proto__: null,
  reset: [0, 0], bold: [1, 22], dim: [2, 22], italic: [3, 23], underline: [4, 24], blink: [5, 25],
  inverse: [7, 27], hidden: [8, 28], strikethrough: [9, 29], doubleunderline: [21, 24],
};

const hues = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
for (let i = 0; i < hues.length; i++) {
  const name = hues[i];
  const bgName = `bg${name[0].toUpperCase()}${name.slice(1)}`;
  colors[name] = [30 + i, 39];
  colors[bgName] = [40 + i, 49];
  // Bright black goes by the name of gray below.
  if (i > 0) {
    colors[`${name}Bright`] = [90 + i, 39];
    colors[`${bgName}Bright`] = [100 + i, 49];
  }
}
colors.framed = [51, 54];
colors.overlined = [53, 55];
colors.gray = [90, 39];
colors.bgGray = [100, 49];

// An alias reads and writes the colour it stands for, and is not enumerable.
const aliases = {
  gray: ['grey', 'blackBright'],
  bgGray: ['bgGrey', 'bgBlackBright'],
  dim: ['faint'],
  strikethrough: ['crossedout', 'strikeThrough', 'crossedOut'],
  hidden: ['conceal'],
  inverse: ['swapcolors', 'swapColors'],
  doubleunderline: ['doubleUnderline'],
};
for (const name of Object.keys(aliases)) {
  for (const alias of aliases[name]) {
    Object.defineProperty(colors, alias, {
      __proto__: null,
      get() { return this[name]; },
      set(value) { this[name] = value; },
      configurable: true,
      enumerable: false,
    });
  }
}

const styles = {
  __proto__: null,
  special: 'cyan', number: 'yellow', bigint: 'yellow', boolean: 'yellow', undefined: 'grey', null: 'bold',
  string: 'green', symbol: 'green', date: 'magenta', regexp: 'red', module: 'underline',
};

module.exports = { colors, styles };
