// A hundred thousand levels of one construct inside of itself. `deep` makes the text, `run` runs it as a script of its own.
const N = 1e5;
const deep = (open, middle = '', close = '') => open.repeat(N) + middle + close.repeat(N);
// For what takes the compiler long.
const fairly = (open, middle = '', close = '') => open.repeat(N / 10) + middle + close.repeat(N / 10);
const run = text => { const value = (0, eval)(text); return typeof value };

//# arrays => RangeError
run(deep('[', '1', ']'))

//# objects => RangeError
run('(' + deep('{a:', '1', '}') + ')')

//# parentheses => RangeError
run(deep('(', '1', ')'))

//# blocks => RangeError
run(deep('{', ';', '}'))

//# functions => RangeError
run(deep('function f(){', '', '}'))

//# function expressions => RangeError
run(deep('(function(){', '', '})'))

//# functions called at once => RangeError
run(deep('(function(){', '', '})()'))

//# arrow functions => RangeError
run(deep('x=>', '1'))

//# arrow functions with bodies => RangeError
run(deep('()=>{', '1', '}'))

//# arrow functions in parameters => RangeError
run(deep('(a=', '1', ')=>1'))

//# async arrow functions => RangeError
run(deep('async x=>', '1'))

//# template literals => RangeError
run(deep('`${', '1', '}`'))

//# templates without nesting => RangeError
run('`' + deep('${1}') + '`')

//# tagged templates in a row => RangeError
run('typeof f' + deep('`a`'))

//# not => boolean
run(deep('!', '1'))

//# minus => number
run(deep('- ', '1'))

//# typeof => string
run(deep('typeof ', '1'))

//# void => undefined
run(deep('void ', '1'))

//# delete => boolean
run(deep('delete ', '1'))

//# await => undefined
run('async function f(){' + fairly('await ', '1') + '}')

//# yield => undefined
run('function* f(){' + fairly('yield ', '1') + '}')

//# new => RangeError
run('()=>' + deep('new ', 'a'))

//# new with arguments => RangeError
run('()=>' + deep('new ', 'a', '()'))

//# ternaries to the right => number
run(deep('1?1:', '1'))

//# ternaries in the middle => number
run(deep('1?', '1', ':1'))

//# members => function
run('()=>a' + deep('.a'))

//# elements => function
run('()=>a' + deep('[0]'))

//# elements inside => RangeError
run('()=>' + deep('a[', '0', ']'))

//# private members => undefined
run('class A{#a;f(){a' + deep('.#a') + '}}')

//# calls in a row => function
run('()=>a' + deep('()'))

//# calls inside => RangeError
run('()=>' + deep('a(', '0', ')'))

//# optional chains => function
run('()=>a' + deep('?.a'))

//# optional calls => RangeError
run('()=>a' + deep('?.()'))

//# plus => number
run('var a=1;' + deep('a+') + 'a')

//# plus of strings => string
run(deep('"a"+') + '"a"')

//# power => RangeError
run('var a=1;' + deep('a**') + 'a')

//# and => number
run('var a=1;' + deep('a&&') + 'a')

//# or => number
run('var a=0;' + deep('a||') + 'a')

//# nullish => object
run('var a=null;' + deep('a??') + 'a')

//# comparisons => boolean
run('var a=1;' + deep('a<') + 'a')

//# in => function
run('()=>' + deep('a in ') + 'a')

//# instanceof => function
run('()=>' + deep('a instanceof ') + 'a')

//# commas => number
run(deep('1,') + '1')

//# assignments => number
run('var a;' + deep('a=') + '1')

//# compound assignments => RangeError
run('var a=1;' + deep('a+=') + '1')

//# member assignments => RangeError
run('()=>' + deep('a.a=') + '1')

//# classes in classes => RangeError
run(deep('class A{m(){', '', '}}'))

//# classes that extend classes => RangeError
run('(' + deep('class extends ', 'Object', '{}') + ')')

//# static blocks => RangeError
run(deep('class A{static{', '', '}}'))

//# computed keys => RangeError
run('(' + deep('{[', '1', ']:1}') + ')')

//# array patterns => RangeError
run('()=>{var ' + deep('[', 'a', ']') + '=1}')

//# object patterns => RangeError
run('()=>{var ' + deep('{a:', 'a', '}') + '=1}')

//# patterns in parameters => RangeError
run('function f(' + deep('[', 'a', ']') + '){}')

//# assignment patterns => RangeError
run('()=>{' + deep('[', 'a', ']') + '=1}')

//# defaults in patterns => RangeError
run('()=>{var ' + deep('[a=') + '1' + deep(']') + '}')

//# if => undefined
run(deep('if(1)', ';'))

//# if else chains => RangeError
run(deep('if(0);else ', ';'))

//# else if with blocks => RangeError
run(deep('if(0){}else ', '{}'))

//# while => undefined
run(deep('while(0)', ';'))

//# do while => RangeError
run(deep('do ', ';', 'while(0);'))

//# for => undefined
run(deep('for(;0;)', ';'))

//# for of => RangeError
run(fairly('for(a of [])', ';'))

//# for in => undefined
run(fairly('for(a in {})', ';'))

//# with => RangeError
run(deep('with({})', ';'))

//# try => RangeError
run(deep('try{', '', '}finally{}'))

//# catch => RangeError
run(deep('try{}catch(e){', '', '}'))

//# switch => RangeError
run(deep('switch(1){case 1:', '', '}'))

//# labels of their own => undefined
let text = ''; for (let i = 0; i < N / 10; i++) text += 'a' + i + ':'; run(text + ';')

//# the same label => SyntaxError
run(deep('a:', ';'))

//# spread => RangeError
run(deep('[...', '[]', ']'))

//# import calls => RangeError
run('()=>' + deep('import(', '1', ')'))

//# object methods => RangeError
run('(' + deep('{a(){return ', '1', '}}') + ')')

//# getters => RangeError
run('(' + deep('{get a(){return ', '1', '}}') + ')')

//# regular expression groups => SyntaxError
run('typeof /' + deep('(', 'a', ')') + '/')

//# groups of the constructor => SyntaxError
typeof new RegExp(deep('(', 'a', ')'))

//# groups without captures => SyntaxError
typeof new RegExp(deep('(?:', 'a', ')'))

//# lookaheads => SyntaxError
typeof new RegExp(deep('(?=', 'a', ')'))

//# lookbehinds => SyntaxError
typeof new RegExp(deep('(?<=', 'a', ')'))

//# quantified groups => SyntaxError
typeof new RegExp(deep('(?:', 'a', ')?')).test('a')

//# repeated groups => SyntaxError
typeof new RegExp(deep('(?:', 'a', ')*')).test('a')

//# alternatives => boolean
typeof new RegExp(deep('a|') + 'b').test('b')

//# classes of sets => SyntaxError
typeof new RegExp(deep('[', 'a', ']'), 'v')

//# modifiers => SyntaxError
new RegExp(deep('(?:a', 'a', ')')).test('b')

//# the body of a function made at run time => RangeError
typeof new Function(deep('[', '1', ']'))

//# the parameter of a function made at run time => RangeError
typeof new Function(deep('[', 'a', ']'), '')

//# brackets that never close => RangeError
run(deep('['))

//# braces that never close => RangeError
run(deep('{'))

//# parentheses that never close => RangeError
run(deep('('))

//# templates that never close => RangeError
run(deep('`${'))

//# brackets that were never open => SyntaxError
run(deep(']'))

//# arrows without a body => SyntaxError
run(deep('=>'))

//# brackets in strings are no brackets => string
run('"' + deep('[') + '"')

//# brackets in comments are no brackets => number
run('/*' + deep('[') + '*/1')

//# html comments => undefined
run(deep('<!--\n'))

//# brackets in an expression's class => string
run('typeof /[' + deep('(') + ']/')

//# direct eval in a function => RangeError
(function () { return typeof eval(deep('[', '1', ']')) })()

//# statements side by side => number
run(deep('1;'))

//# functions side by side => undefined
run(deep('function f(){}\n'))

//# a class that extends a class that extends a class => SyntaxError
run(deep('class extends '))

//# decorators => SyntaxError
run(deep('@'))

//# groups of a literal => SyntaxError
run('x = /' + deep('(?:', 'a', ')') + '/')

//# lookaheads of a literal => SyntaxError
run('x = /' + deep('(?=', 'a', ')') + '/')

//# sets of a literal => SyntaxError
run('x = /' + deep('[', 'a', ']') + '/v')

//# behind an HTML-like comment with a backtick => RangeError
run('<!-- `\n' + deep('[') + '\n`')

//# behind a regular expression with a backtick => RangeError
run('if(1)/`/;' + deep('[') + '`')

//# behind a division of an object => RangeError
run('x={}/' + deep('[', '1', ']'))

//# behind a regular expression that is added => RangeError
run('x = 1 + /`/;' + deep('[') + '`')

//# behind a string that goes on in the next line => RangeError
run("'a\\\r\n' ;" + deep('[') + "'")

//# behind a comment that ends with a carriage return => RangeError
run('//\r' + deep('['))

//# behind a comment that ends with a line separator => RangeError
run('//\u2028' + deep('['))

//# behind a hashbang with a backtick => RangeError
run('#!`\n' + deep('[') + '\n`')

//# chains in brackets in chains => RangeError
run(('!'.repeat(20000) + '(').repeat(100))

//# else if with commas => RangeError
run(deep('if(0)a,b;else ', ';'))

//# else if with try => RangeError
run(deep('if(0)try{}catch{}else ', ';'))

//# else if with do => RangeError
run(deep('if(0)do{}while(0);else ', ';'))

//# in after an object => boolean
run('({}' + deep('in{}') + ')')

//# await in an arrow function => SyntaxError
run(deep('async x=>await\n'))
