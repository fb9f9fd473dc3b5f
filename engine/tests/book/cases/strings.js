function show(what, text) { print(what.padEnd(24), storage(text)); }
show("'hello'", 'hello');
show("'grüße'", 'grüße');
show("'日本'", '日本');
show("'日本'.slice(0, 0)", '日本'.slice(0, 0));

// Concatenation.
const ten = 'abcdefghij'.toUpperCase(), thirty = ten + ten + ten;
show('ten + ten', ten + ten);
show('ten + ten + ten', thirty);
show('thirty + "日本"', thirty + '日本');

// The first look makes a rope flat.
const rope = thirty + thirty;
show('thirty + thirty', rope);
rope.charCodeAt(0);
show('after charCodeAt(0)', rope);

// A part of a long string refers to it, a short one is copied.
show('rope.slice(3, 43)', rope.slice(3, 43));
show('rope.slice(3, 13)', rope.slice(3, 13));

// A text that grows at its end.
let text = thirty;
for (let i = 1; i <= 10; i++) {
  text += ten;
  if (i === 4 || i === 10) show(`appended ${i} times`, text);
}

// A name is interned when it is used as one; the string itself stays what it was.
const key = ten + 'KEY';
({})[key];
show('a computed key', key);
show('as Object.keys gives it', Object.keys({ [key]: 1 })[0]);
show("'text'[1]", 'text'[1]);
