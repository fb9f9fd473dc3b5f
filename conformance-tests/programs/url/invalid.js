// What is no URL, and the error that says so.
'use strict';
for (const args of [['x'], ['http://'], ['http://a b/'], ['http://[::1'], ['http://a:99999/'], ['/x', 'nope'], ['http://1.2.3.4.5/'], ['https://exa%00mple']]) {
  try { console.log(new URL(...args).href); } catch (error) { console.log(error.name, error.code, error.message, error.input, error.base); }
  console.log(URL.canParse(...args));
}
try { new URL(); } catch (error) { console.log(error.code, error.message); }
