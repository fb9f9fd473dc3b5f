//! Hand-assembled programs.

use std::sync::Arc;

use crate::vm::{
    Vm,
    bytecode::{CodeTemplate, Constant, FunctionKind, Handler, Op, Source, Text},
    compiler::{ScriptOptions, compile_script},
    object::PropKey,
    realm::Intrinsic,
    value::Value,
};

/// A function in the making.
#[derive(Default)]
struct Asm {
    template: CodeTemplate,
}

fn word(op: Op, x: u8, a: i16, b: i16, c: i16) -> u64 {
    op as u64
        | u64::from(x) << 8
        | u64::from(a as u16) << 16
        | u64::from(b as u16) << 32
        | u64::from(c as u16) << 48
}

impl Asm {
    fn new(params: u16, registers: u16) -> Self {
        Self {
            template: CodeTemplate {
                params,
                registers,
                ..CodeTemplate::default()
            },
        }
    }

    fn op(mut self, op: Op, a: i16, b: i16, c: i16) -> Self {
        self.template.words.push(word(op, 0, a, b, c));
        self.template.words.extend((1..op.words()).map(|_| 0));
        self
    }

    /// As `op`, with `x` and word 1.
    fn with(self, op: Op, [a, b, c]: [i16; 3], x: u8, extra: u64) -> Self {
        let mut asm = self.op(op, a, b, c);
        let at = asm.template.words.len() - op.words();
        asm.template.words[at] |= u64::from(x) << 8;
        if op.words() > 1 {
            asm.template.words[at + 1] = extra;
        }
        asm
    }

    fn int(self, a: i16, value: i32) -> Self {
        self.op(Op::LoadInt, a, value as i16, (value >> 16) as i16)
    }

    fn jump(self, op: Op, a: i16, words: i32) -> Self {
        self.op(op, a, words as i16, (words >> 16) as i16)
    }

    fn text(mut self, text: &str) -> Self {
        self.template
            .constants
            .push(Constant::Text(Text::Latin1(text.as_bytes().into())));
        self
    }

    fn inner(mut self, inner: Self) -> Self {
        self.template.functions.push(Arc::new(inner.template));
        self
    }

    fn here(&self) -> u32 {
        self.template.words.len() as u32
    }

    fn handler(mut self, start: u32, end: u32, target: u32, reg: i16) -> Self {
        self.template.handlers.push(Handler {
            start,
            end,
            target,
            reg,
        });
        self
    }

    fn run(self, vm: &mut Vm) -> Result<Value, Value> {
        let code = vm.link(&Arc::new(self.template), 0, Value::UNDEFINED);
        vm.run_code(code, Value::NULL, Value::UNDEFINED)
            .map_err(|throw| throw.0)
    }
}

fn vm() -> Vm {
    let mut vm = Vm::new(1 << 18);
    for which in [
        Intrinsic::GeneratorPrototype,
        Intrinsic::RangeErrorPrototype,
    ] {
        if vm.realms[0].intrinsics[which as usize].is_undefined() {
            let object = vm.new_plain_object();
            vm.set_intrinsic(which, object);
        }
    }
    vm
}

fn fib() -> Asm {
    // r0: n, r1: env of the outer function, window from r4 on
    Asm::new(1, 14)
        .op(Op::JGeI, 0, 2, 2)
        .op(Op::Return, 0, 0, 0)
        .op(Op::CalleeEnv, 1, 0, 0)
        .op(Op::GetEnv, 4 + 4, 1, 0)
        .op(Op::SubI, 4 + 6, 0, 1)
        .with(Op::Call, [2, 4, 1], 1, 0)
        .op(Op::GetEnv, 4 + 4, 1, 0)
        .op(Op::SubI, 4 + 6, 0, 2)
        .with(Op::Call, [3, 4, 1], 1, 0)
        .op(Op::Add, 2, 2, 3)
        .op(Op::Return, 2, 0, 0)
}

#[test]
fn recursion_through_an_environment() {
    let mut vm = vm();
    let program = Asm::new(0, 12)
        .op(Op::LoadNull, 0, 0, 0)
        .op(Op::NewEnv, 0, 0, 1)
        .op(Op::Closure, 1, 0, 0)
        .op(Op::SetEnv, 1, 0, 0)
        .op(Op::Move, 2 + 4, 1, 0)
        .int(2 + 6, 20)
        .with(Op::Call, [0, 2, 1], 1, 0)
        .op(Op::Return, 0, 0, 0)
        .inner(fib());
    assert_eq!(program.run(&mut vm), Ok(Value::int(6765)));
}

#[test]
fn a_loop_sums_and_overflows_into_doubles() {
    let mut vm = vm();
    let program = Asm::new(0, 2)
        .int(0, 0)
        .int(1, 0)
        .op(Op::Add, 0, 0, 1)
        .op(Op::Inc, 1, 1, 0)
        .op(Op::LoadNull, 2, 0, 0);
    let mut program = program;
    program.template.registers = 4;
    let program = program
        .int(2, 100_000)
        .op(Op::JLt, 1, 2, -4)
        .op(Op::Return, 0, 0, 0);
    assert_eq!(
        program.run(&mut vm).map(|value| value.as_number()),
        Ok(Some(4_999_950_000.0))
    );
}

#[test]
fn exceptions_find_their_handler_across_frames() {
    let mut vm = vm();
    let thrower = Asm::new(1, 2).op(Op::Throw, 0, 0, 0);
    let program = Asm::new(0, 12)
        .op(Op::LoadNull, 0, 0, 0)
        .op(Op::Closure, 2 + 4, 0, 0)
        .int(2 + 6, 7);
    let start = program.here();
    let program = program.with(Op::Call, [0, 2, 1], 1, 0).int(0, 1);
    let end = program.here();
    let program = program
        .op(Op::Return, 0, 0, 0)
        .handler(start, end, end + 1, 1)
        .op(Op::AddI, 1, 1, 1)
        .op(Op::Return, 1, 0, 0)
        .inner(thrower);
    assert_eq!(program.run(&mut vm), Ok(Value::int(8)));
}

#[test]
fn uncaught_exceptions_leave_the_run() {
    let mut vm = vm();
    let program = Asm::new(0, 2).int(0, 3).op(Op::Throw, 0, 0, 0);
    assert_eq!(program.run(&mut vm), Err(Value::int(3)));
    assert!(vm.stack.pc.is_null());
}

#[test]
fn properties_are_cached_and_stay_right() {
    let mut vm = vm();
    vm.heap.set_stress(1);
    // r0: the object; 100 times o.x = o.x + 1
    let program = Asm::new(0, 4)
        .text("x")
        .with(Op::NewObj, [0, 0, 0], 1, 0)
        .int(1, 0)
        .with(Op::DefProp, [0, 1, 0], 0, 0)
        .int(2, 0);
    let top = program.here();
    let program = program
        .with(Op::GetProp, [1, 0, 0], 0, 0)
        .op(Op::Inc, 1, 1, 0)
        .with(Op::SetProp, [0, 1, 0], 0, 0)
        .op(Op::Inc, 2, 2, 0);
    let back = top as i32 - program.here() as i32;
    let program = program
        .op(Op::JLtI, 2, 100, back as i16)
        .with(Op::GetProp, [1, 0, 0], 0, 0)
        .op(Op::Return, 1, 0, 0);
    assert_eq!(program.run(&mut vm), Ok(Value::int(100)));
}

#[test]
fn endless_recursion_is_a_range_error() {
    let mut vm = vm();
    let forever = Asm::new(0, 8)
        .op(Op::CalleeEnv, 0, 0, 0)
        .op(Op::GetEnv, 1 + 4, 0, 0)
        .with(Op::Call, [0, 1, 0], 1, 0)
        .op(Op::Return, 0, 0, 0);
    let program = Asm::new(0, 12)
        .op(Op::LoadNull, 0, 0, 0)
        .op(Op::NewEnv, 0, 0, 1)
        .op(Op::Closure, 1, 0, 0)
        .op(Op::SetEnv, 1, 0, 0)
        .op(Op::Move, 2 + 4, 1, 0)
        .with(Op::Call, [0, 2, 0], 1, 0)
        .op(Op::Return, 0, 0, 0)
        .inner(forever);
    let error = program
        .run(&mut vm)
        .expect_err("it throws")
        .as_object()
        .expect("an error");
    let message = vm.names.message;
    let text = vm.get_o(error, message).expect("readable");
    assert_eq!(vm.display(text), "\"Maximum call stack size exceeded\"");
}

#[test]
fn generators_keep_their_frame() {
    let mut vm = vm();
    vm.heap.set_stress(1);
    // function* (n) { while (true) { yield n; n = n + 1 } }
    let mut generator = Asm::new(1, 6)
        .op(Op::InitGen, 1, 0, 0)
        .op(Op::Yield, 1, 0, 0)
        .op(Op::AddI, 0, 0, 1)
        .jump(Op::Jump, 0, -2);
    generator.template.flags.is_generator = true;
    let mut program = Asm::new(0, 16)
        .op(Op::LoadNull, 0, 0, 0)
        .op(Op::Closure, 4 + 4, 0, 0)
        .int(4 + 6, 40)
        .with(Op::Call, [0, 4, 1], 1, 0)
        .op(Op::Return, 0, 0, 0)
        .inner(generator);
    program.template.kind = FunctionKind::Toplevel;
    let generator = program.run(&mut vm).expect("a generator");
    let next = vm.new_native(|_, _| Ok(Value::UNDEFINED), vm.names.next, 1);
    vm.make_special(next, crate::vm::object::create::native_flag::RESUME_NEXT);
    vm.root(generator);
    vm.root(next);
    for wanted in 40..45 {
        let result = vm
            .call(next.into(), generator, &[])
            .expect("a result")
            .as_object()
            .expect("an object");
        let key: PropKey = vm.names.value;
        assert_eq!(vm.get_o(result, key), Ok(Value::int(wanted)));
    }
}

/// Runs a script and shows its completion value (or what it throws) as a string.
pub(super) fn eval(vm: &mut Vm, text: &str) -> String {
    let source = Arc::new(Source {
        text: text.to_owned(),
        ..Source::default()
    });
    let template =
        compile_script(source, ScriptOptions::default(), &|_| true).expect("it compiles");
    let code = vm.link(&template, 0, Value::UNDEFINED);
    let value = vm
        .run_code(code, Value::NULL, Value::UNDEFINED)
        .unwrap_or_else(|throw| throw.0);
    let text = vm.to_string(value).expect("it has a text");
    vm.heap.units(&text).to_string_lossy()
}

/// Programs and what they give, with and without a collection at every safepoint.
const PROGRAMS: &[(&str, &str)] = &[
    (
        "var s = 0; for (let i = 0; i < 50; i++) { s += { a: i }.a } s",
        "1225",
    ),
    (
        "class A { #p = 1; constructor(x) { this.x = x } get p() { return this.#p + this.x } } class B extends A { get p() { return super.p * 2 } } new B(4).p",
        "10",
    ),
    (
        "function f() { return arguments.length + arguments[1] } f(1, 2, 3)",
        "5",
    ),
    ("function f(a) { arguments[0] = 7; return a } f(1)", "7"),
    ("function f(a, ...r) { return r.join() } f(1, 2, 3)", "2,3"),
    (
        "function* g() { let x = yield 1; yield x * 2 } var it = g(); it.next(); it.next(21).value",
        "42",
    ),
    (
        "function* g() { yield* [1, 2, 3] } var s = ''; for (var v of g()) s += v; s",
        "123",
    ),
    (
        "var o = { a: 1, b: 2, __proto__: { c: 3 } }, s = ''; for (var k in o) { s += k; delete o.b } s",
        "ac",
    ),
    (
        "var r = []; try { null.x } catch (e) { r.push(e.message) } finally { r.push('f') } r.join()",
        "Cannot read properties of null (reading 'x'),f",
    ),
    (
        "(function () { try { return 1 } finally { return 2 } })()",
        "2",
    ),
    ("var o = {}; o.f()", "TypeError: o.f is not a function"),
    (
        "const { a } = null",
        "TypeError: Cannot destructure property 'a' of 'null' as it is null.",
    ),
    (
        "x; let x",
        "ReferenceError: Cannot access 'x' before initialization",
    ),
    (
        "class A {} A()",
        "TypeError: Class constructor A cannot be invoked without 'new'",
    ),
    (
        "1n + 1",
        "TypeError: Cannot mix BigInt and other types, use explicit conversions",
    ),
    (
        "function f(n) { return n ? [1].map(() => f(n - 1))[0] : 'deep' } f(50)",
        "deep",
    ),
    (
        "var a = new Uint8Array(4); a[1] = 300; a[9] = 1; a[1] + a.length",
        "48",
    ),
    (
        "var a = [1, 2]; a[2] = 3; a.length = 1; a[1] = 9; a.join()",
        "1,9",
    ),
    (
        "var f = function (a, b) { return this + a + b }.bind('t', 1); f(2)",
        "t12",
    ),
    ("Math.max.apply(null, [1, 5, 3]) + Math.min(...[4, 2])", "7"),
    (
        "var n = 0; var o = { get x() { return ++n }, set x(v) { n = v } }; o.x; o.x = 5; o.x",
        "6",
    ),
    (
        "function P() { this.a = 1 } P.prototype.m = function () { return this.a }; var s = 0; for (var i = 0; i < 9; i++) { s += new P().m() } s",
        "9",
    ),
    (
        "function f() { var q = 1; eval('var z = q + 1'); return z } f()",
        "2",
    ),
    ("with ({ w: 3 }) w", "3"),
    (
        "var a=[1,2,3,4], log=[]; a.map(function(x,i,o){ if(i===1) a.length=3; return x*this.k }, {k:2}).concat(a).join()",
        "2,4,6,,1,2,3",
    ),
    (
        "var a=[1,2,3,4,5]; a.filter(function(x,i){ if(i===1) a[2]={}; if(i===3) a.push(9); return i===2 ? '' : i===4 ? 'y' : x & 1 }).join()",
        "1,5",
    ),
    (
        "var a=[1,2,3]; var C=class extends Array{}; var b=C.from(a).map(x=>x+1); b.constructor.name+b.length+b",
        "C32,3,4",
    ),
    (
        "var a=[5,6,7], s=''; a.forEach(function(x,i){ if(i===0) delete a[1]; s+=i+':'+x+' ' }); s",
        "0:5 2:7 ",
    ),
    (
        "var out, a=[1,2,3,4]; a.constructor={ [Symbol.species]: function(){ return out=[] } }; try { a.map(function(x,i){ if(i===1) Object.freeze(out); return x }) } catch(e) { e.name+out }",
        "TypeError1",
    ),
    (
        "var log=[]; try { [1,2,3].forEach(function(x){ log.push(x); if(x===2) throw 'stop' }) } catch(e) { log.push(e) } log.join()",
        "1,2,stop",
    ),
    (
        "var f=Math.max.bind(null, 2); [1,2,3].map(f).join()+[0,1,2].map(Object).length+[1,2,3].reduce(Math.min)",
        "NaN,NaN,NaN3NaN",
    ),
    (
        "var n=0; [3,1,2].reduce(function(p,x,i,o){ return p+x*i+o.length+arguments.length },0.5)",
        "26.5",
    ),
    (
        "[1,2,3].some(function(x){return x>1?'yes':0})+','+[1,2,3].every(function(x){return x<3?{}:null})+','+[4,5,6].find(function(x){return x===5?1:NaN})+','+[4,5,6].findIndex(x=>x>5)",
        "true,false,5,2",
    ),
    (
        "function* g(){ yield 1 } [1,2].map(g).length+''+[1,2].map(class{}.constructor.prototype.bind ? x=>new (class{ constructor(){ this.x=x } })().x : 0)",
        "21,2",
    ),
    (
        "var s=0; [9,7,8,1,3,2,5,4,6,0].sort(function(a,b){ s++; return a-b+0.5-0.5 }).join('')+[3,1,2].toSorted((a,b)=>'x'[0]&&b-a).join('')",
        "0123456789321",
    ),
    (
        "var a=[]; for(var i=0;i<300;i++) a.push({k:i*7919%37,i}); a.sort((x,y)=>x.k-y.k).every((x,i)=>!i||a[i-1].k<x.k||a[i-1].k===x.k&&a[i-1].i<x.i)+''+a.sort((x,y)=>(y.i-x.i)/3)[0].i",
        "true299",
    ),
    (
        "var a=[1,2,3], r=a.map(function(x,i,o){ r2=o.map(y=>y+x); return r2.reduce((p,q)=>p+q) }), r2; r.join()",
        "9,12,15",
    ),
    (
        "var s=''; for (var n=0;n<40;n++) { var t='abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'; var a=t.slice(3,3+n), b=t.substring(3,3+n), c=t.substr(3,n); s+= (a===b)+(b==c)+(a!==t.slice(4,4+n))+a.length+' ' } s.length+s.slice(-40)",
        "113 30 31 32 33 34 35 36 37 38 39 40 41 42 ",
    ),
    (
        "var r=[]; for (var [a,b] of [['','' ],['a','b'],['ab','ab'],['x'.repeat(9),'x'.repeat(8)+'y'],['\\u0100b','\\u0100b'],['\\u0100b','ab'],['aé','aé']]) { var c=(a+'!').slice(0,-1), d=(b+'!').slice(0,-1); r.push(c===d, c!=d, c==d ? 1 : 0) } r.join()",
        "true,false,1,false,true,0,true,false,1,false,true,0,true,false,1,false,true,0,true,false,1",
    ),
    (
        "['abc'.slice(-2,-1),'abc'.slice(5),'abc'.slice(-9,2),'abc'.slice(1.7),'abc'.slice(undefined,2),'abc'.slice(NaN,'2'),'abc'.slice(2,1),'abc'.substring(2,0),'abc'.indexOf('c',-1),'abc'.startsWith('b',1.9),'abc'.endsWith('b',2),'abc'.includes('a',1),'abc'.startsWith('',9),'abc'.slice(-2147483648,2147483647)].join('|')",
        "b||ab|bc|ab|ab||ab|2|true|true|false|true|abc",
    ),
    (
        "[['a','b','c'].join('-'),['a'].join('xx'),[].join(),['a',,'b'].join(),['a',1,null].join('+'),['é','ü'].join('\\u1234'),['\\u1234','b'].join(','),['ab'+'cdefghijklmnopqrstuvwxyz0123456789','z'].join(''),['x'.repeat(40),'y'].join('long separator that has many units'),Array(3).join('.'),Object.assign(['a','b'],{length:3}).join('/')].join('#')",
        "a-b-c#a##a,,b#a+1+#éሴü#ሴ,b#abcdefghijklmnopqrstuvwxyz0123456789z#xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxlong separator that has many unitsy#..#a/b/",
    ),
    (
        "['a b  c'.split(' '),'a b  c'.split(' ',2),'a,b,'.split(','),',,'.split(','),'xaaay'.split('aa'),'abc'.split('abc'),'\\u1234,b'.split(','),'a'.repeat(50).split('a').length,'k=v; '.repeat(40).split('; ',33).length].map(String).join('|')",
        "a,b,,c|a,b|a,b,|,,|x,ay|,|ሴ,b|51|33",
    ),
    (
        "var a=[1,2]; var o=Object.freeze(['p','q']); try { o.push('r') } catch(e) { a.push(e.name) } a.concat(o).join('')",
        "12TypeErrorpq",
    ),
    (
        "function big(o){ for (var i=0;i<200;i++) o['k'+i]=i; return o } var o=big({}), s=0, n=0; for (var k in o) { if (n===5) { delete o.k7; delete o.k150 } if (n===9) { o.late=1; o.k7='again' } n++; s+=o[k] } n+','+s+','+('k150' in o)+o['k7']+o.late",
        "198,19743,falseagain1",
    ),
    (
        "var o=Object.create({ set x1(v){ log.push('set'+v) }, get x2(){ return 'got' } }), log=[]; for (var i=0;i<150;i++) o['y'+i]=i; for (var j of [1,2]) o['x'+j]=j; log.push(o['x'+2], 'x1' in o, Object.keys(o).length, o['y'+149], o['toString'+''] === Object.prototype.toString); log.join()",
        "set1,got,true,150,149,true",
    ),
    (
        "'use strict'; var o=Object.create(null), r=[]; for (var i=0;i<150;i++) o['y'+i]=i; Object.defineProperty(o,'ro',{value:1}); Object.defineProperty(o,'acc',{get(){ return this===o },set(v){ r.push(v) }}); for (var k of ['ro','acc','y0','7','007','-1']) try { o[k]=5 } catch(e) { r.push(e.name) } r.push(o['ac'+'c'], o[7], o['0'+'07'], o['-'+1], o['y'+0], o['r'+'o']); Object.freeze(o); try { o['new'+1]=1 } catch(e) { r.push(e.message) } try { o['y'+5]=1 } catch(e) { r.push(e.name) } r.join()",
        "TypeError,5,true,5,5,5,5,1,Cannot add property new1, object is not extensible,TypeError",
    ),
    (
        "var p={}; var o=Object.create(p); for (var i=0;i<140;i++) o['k'+i]=1; p.extra=1; var seen=''; for (var k in o) { if (k==='k3') delete p.extra; if (k==='extra') seen+='extra' } var q=Object.create({extra:1}); for (var i=0;i<140;i++) q['k'+i]=1; for (var k in q) if (k==='extra') seen+='+'; seen",
        "+",
    ),
    (
        "var o={}; for (var i=0;i<140;i++) o['k'+i]=1; o.__proto__=new Proxy({},{ get(t,k){ return 'proxy '+String(k) }, set(t,k,v,r){ Object.defineProperty(r,k,{value:v+'!',configurable:true}); return true } }); o['a'+'b']='c'; o['q'+'x']+o['ab']+o['k'+1]",
        "proxy qxc!1",
    ),
    (
        "var o={}, t=''; for (var i=0;i<300;i++) o['k'+i]=i; for (var r=0;r<3;r++) { for (var i=0;i<300;i+=2) delete o['k'+i]; for (var i=0;i<300;i+=2) o['k'+i]=-i; } var n=0; for (var k in o) n+=o[k]; n+Object.keys(o)[0]+Object.keys(o)[299]",
        "150k1k298",
    ),
];

#[test]
fn programs() {
    for stress in [0, 1] {
        for (text, wanted) in PROGRAMS {
            let mut vm = Vm::new(1 << 18);
            vm.heap.set_stress(stress);
            assert_eq!(&eval(&mut vm, text), wanted, "{text}, stress {stress}");
        }
    }
}

#[test]
fn running_out_of_memory_is_an_error_that_can_be_caught() {
    let mut vm = Vm::new(1 << 18);
    vm.heap.set_limit(vm.heap.used() + (16 << 20));
    let program = "var keep = []; try { for (;;) keep.push([1, 2, 3, 4]) } catch (e) { keep = null; e.message + (1 + 1) }";
    assert_eq!(eval(&mut vm, program), "Out of memory2");
}

/// Builds old data of every sort, then changes all of it at random while slices of marking run at every safepoint.
const CHANGES: &str = "
    var random = 1;
    function next(below) { random = (random * 1103515245 + 12345) % 2147483648; return random % below }
    var list = [], map = new Map, set = new Set, weak = new WeakMap, refs = [], texts = [], closures = [], other = {};
    function closure(i) { var a = { i }; return { get: () => a.i, put: j => { a = { i: j } } } }
    function name(i) { return 'a text that is long enough to be no copy ' + i }
    for (var i = 0; i < 150; i++) {
      var key = { i };
      list.push({ i, key }); map.set(name(i), { i }); set.add(key); weak.set(key, { i, key }); refs.push(new WeakRef(key));
      texts.push(name(i) + ' and more' + i); closures.push(closure(i)); other[name(i)] = { i };
    }
    for (var round = 0; round < 500; round++) {
      var i = next(150), j = next(150);
      switch (next(9)) {
        case 0: var t = list[i]; list[i] = { i, key: t.key }; break;
        case 1: map.delete(name(i)); map.set(name(i), { i }); break;
        case 2: var key = { i }; set.delete(list[i].key); list[i].key = key; set.add(key); weak.set(key, { i, key });
          refs[i] = new WeakRef(key); break;
        case 3: texts[i] = name(i) + ' and more' + i; texts[j].charCodeAt(50); break;
        case 4: closures[i].put(-i); closures[i].put(i); break;
        case 5: delete other[name(i)]; other[name(i)] = { i }; break;
        case 6: list.push(list[i]); list[i] = null; list[i] = list.pop(); break;
        case 7: list[i]['extra' + next(20)] = { i }; break;
        case 8: map = new Map(map); break;
      }
    }
    var wrong = 0;
    for (var i = 0; i < 150; i++) {
      var { key } = list[i];
      if (list[i].i !== i || key.i !== i || map.get(name(i)).i !== i || !set.has(key)) wrong++;
      if (weak.get(key).i !== i || weak.get(key).key !== key || refs[i].deref() !== key) wrong++;
      if (texts[i] !== name(i) + ' and more' + i || closures[i].get() !== i || other[name(i)].i !== i) wrong++;
      for (var k in list[i]) if (k.startsWith('extra') && list[i][k].i !== i) wrong++;
    }
    wrong + map.size + set.size";

#[test]
fn what_changes_between_slices_is_not_lost() {
    for stress in [1, 3] {
        let mut vm = Vm::new(1 << 18);
        vm.heap.set_stress(stress);
        assert_eq!(eval(&mut vm, CHANGES), "300", "stress {stress}");
        assert!(vm.heap.counts.full > 5);
    }
}

#[test]
fn instructions_leave_no_roots_behind() {
    let mut vm = Vm::new(1 << 16);
    let text = "let made; function F() { this.n = arguments.length } \
                for (let i = 0; i < 5000; i++) { made = new F(...[1, 2]); made instanceof F; F.apply({}, { length: 2 }); \
                  let { n, ...rest } = made; `${[n]}` + {}; }";
    let source = Source {
        text: text.to_owned(),
        ..Source::default()
    };
    let template =
        crate::vm::compiler::compile_script(Arc::new(source), Default::default(), &|_| true)
            .unwrap();
    let code = vm.link(&template, 0, Value::UNDEFINED);
    let this = vm.realms[0].global_this;
    vm.run_code(code, Value::NULL, this).unwrap();
    assert!(vm.roots.len() < 10, "{} roots are left", vm.roots.len());
    assert!(
        vm.roots.capacity() < 1000,
        "{} roots at a time",
        vm.roots.capacity()
    );
}
