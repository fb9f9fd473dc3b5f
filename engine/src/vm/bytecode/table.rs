//! The one table of opcodes. The enum, the encoder's lengths, the listing, the verifier and the docs page come from it.
//!
//! An instruction is one 64-bit little-endian word, `op:u8 x:u8 a:i16 b:i16 c:i16`, followed by the extra words that its
//! row names. Registers are signed: `r0` is the first parameter, negative numbers reach the frame's header
//! (see [`super::frame`]). Jump distances count words from the first word of the jumping instruction.
//!
//! A row reads: `Name(words) "operands" doc`. Operands, in order, separated by blanks:
//! `a=` `b=` `c=` what the field holds: `dst` a register written, `src` a register read, `rw` both, `win` the first
//! register of a call window, `regs` the first of several registers, `imm` a signed number, `idx` an unsigned one,
//! `bc=imm32` / `bc=jump32` a signed 32-bit number in both fields, `c=jump16` a near jump; `x=` a small number or flags;
//! `w1=` ...: `key` (a property key: constant index when compiled, the key's value once linked), `const` (any constant,
//! likewise), `func` (function index), `jump` (i32 distance), `jumps` (two i32 distances: low, high half), `ic` (inline
//! cache, zero when compiled), `data` (index into the code's side tables).

#![allow(
    rustdoc::broken_intra_doc_links,
    reason = "a row's text shows subscripts, as JavaScript does"
)]

macro_rules! opcodes {
    ($( $name:ident($words:literal) $operands:literal $doc:literal )*) => {
        /// What an instruction does. Source of each row: the table in this file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Op { $( #[doc = $doc] $name, )* }

        /// Every opcode, in the order of its number.
        pub const OPS: &[Op] = &[$( Op::$name, )*];

        impl Op {
            /// The name that listings show.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Op::$name => stringify!($name), )* }
            }

            /// How many words the instruction takes, the first one included.
            #[must_use]
            pub const fn words(self) -> usize {
                match self { $( Op::$name => $words, )* }
            }

            /// What its operands are; the module text explains the notation.
            #[must_use]
            pub const fn operands(self) -> &'static str {
                match self { $( Op::$name => $operands, )* }
            }

            /// What it does, in a sentence.
            #[must_use]
            pub const fn doc(self) -> &'static str {
                match self { $( Op::$name => $doc, )* }
            }
        }
    };
}

opcodes! {
    // ---- loads and moves
    Nop(1) "" "Does nothing."
    LoadUndef(1) "a=dst" "a = undefined"
    LoadNull(1) "a=dst" "a = null"
    LoadTrue(1) "a=dst" "a = true"
    LoadFalse(1) "a=dst" "a = false"
    LoadHole(1) "a=dst" "a = the hole: an uninitialised binding"
    LoadInt(1) "a=dst bc=imm32" "a = the number"
    LoadConst(2) "a=dst w1=const" "a = the constant (string, double, BigInt)"
    Move(1) "a=dst b=src" "a = b"

    // ---- arithmetic; each converts its operands as ECMA-262 says, left before right
    Add(1) "a=dst b=src c=src" "a = b + c"
    Sub(1) "a=dst b=src c=src" "a = b - c"
    Mul(1) "a=dst b=src c=src" "a = b * c"
    Div(1) "a=dst b=src c=src" "a = b / c"
    Mod(1) "a=dst b=src c=src" "a = b % c"
    Exp(1) "a=dst b=src c=src" "a = b ** c"
    BitAnd(1) "a=dst b=src c=src" "a = b & c"
    BitOr(1) "a=dst b=src c=src" "a = b | c"
    BitXor(1) "a=dst b=src c=src" "a = b ^ c"
    Shl(1) "a=dst b=src c=src" "a = b << c"
    Shr(1) "a=dst b=src c=src" "a = b >> c"
    UShr(1) "a=dst b=src c=src" "a = b >>> c"
    AddI(1) "a=dst b=src c=imm" "a = b + c"
    SubI(1) "a=dst b=src c=imm" "a = b - c"
    MulI(1) "a=dst b=src c=imm" "a = b * c"
    BitAndI(1) "a=dst b=src c=imm" "a = b & c"
    BitOrI(1) "a=dst b=src c=imm" "a = b | c"
    BitXorI(1) "a=dst b=src c=imm" "a = b ^ c"
    ShlI(1) "a=dst b=src c=imm" "a = b << c"
    ShrI(1) "a=dst b=src c=imm" "a = b >> c"
    UShrI(1) "a=dst b=src c=imm" "a = b >>> c"
    Inc(1) "a=dst b=src" "a = ToNumeric(b) + 1"
    Dec(1) "a=dst b=src" "a = ToNumeric(b) - 1"
    Neg(1) "a=dst b=src" "a = -b"
    Plus(1) "a=dst b=src" "a = ToNumber(b)"
    BitNot(1) "a=dst b=src" "a = ~b"
    Not(1) "a=dst b=src" "a = !b"
    TypeOf(1) "a=dst b=src" "a = typeof b"
    ToNumeric(1) "a=dst b=src" "a = ToNumeric(b)"
    ToString(1) "a=dst b=src" "a = ToString(b), as in a template literal"
    ToPropertyKey(1) "a=dst b=src" "a = ToPropertyKey(b) as a value"
    ToObject(1) "a=dst b=src" "a = ToObject(b)"
    Concat(1) "a=dst b=regs c=idx" "a = the c strings from register b on, joined"

    // ---- comparison
    Eq(1) "a=dst b=src c=src" "a = b == c"
    Ne(1) "a=dst b=src c=src" "a = b != c"
    StrictEq(1) "a=dst b=src c=src" "a = b === c"
    StrictNe(1) "a=dst b=src c=src" "a = b !== c"
    Lt(1) "a=dst b=src c=src" "a = b < c"
    Le(1) "a=dst b=src c=src" "a = b <= c"
    Gt(1) "a=dst b=src c=src" "a = b > c"
    Ge(1) "a=dst b=src c=src" "a = b >= c"
    In(1) "a=dst b=src c=src" "a = b in c"
    InstanceOf(1) "a=dst b=src c=src" "a = b instanceof c"

    Step(1) "x=count" "takes x steps off the counter and polls it: long code without a jump back has some"

    // ---- jumps; a backward jump polls the step counter
    Jump(1) "bc=jump32" "goes there"
    JumpTrue(1) "a=src bc=jump32" "goes there if ToBoolean(a)"
    JumpFalse(1) "a=src bc=jump32" "goes there unless ToBoolean(a)"
    JumpNullish(1) "a=src bc=jump32" "goes there if a is undefined or null"
    JumpNotNullish(1) "a=src bc=jump32" "goes there unless a is undefined or null"
    JumpEqNull(1) "a=src bc=jump32" "goes there if a == null"
    JumpNeNull(1) "a=src bc=jump32" "goes there if a != null"
    JumpUndef(1) "a=src bc=jump32" "goes there if a is undefined"
    JumpNotUndef(1) "a=src bc=jump32" "goes there unless a is undefined"
    JumpHole(1) "a=src bc=jump32" "goes there if a is the hole"
    JumpNotHole(1) "a=src bc=jump32" "goes there unless a is the hole"
    JLt(1) "a=src b=src c=jump16" "goes there if a < b"
    JLe(1) "a=src b=src c=jump16" "goes there if a <= b"
    JGt(1) "a=src b=src c=jump16" "goes there if a > b"
    JGe(1) "a=src b=src c=jump16" "goes there if a >= b"
    JNotLt(1) "a=src b=src c=jump16" "goes there unless a < b"
    JNotLe(1) "a=src b=src c=jump16" "goes there unless a <= b"
    JNotGt(1) "a=src b=src c=jump16" "goes there unless a > b"
    JNotGe(1) "a=src b=src c=jump16" "goes there unless a >= b"
    JEq(1) "a=src b=src c=jump16" "goes there if a == b"
    JNe(1) "a=src b=src c=jump16" "goes there if a != b"
    JStrictEq(1) "a=src b=src c=jump16" "goes there if a === b"
    JStrictNe(1) "a=src b=src c=jump16" "goes there if a !== b"
    JLtI(1) "a=src b=imm c=jump16" "goes there if a < b"
    JLeI(1) "a=src b=imm c=jump16" "goes there if a <= b"
    JGtI(1) "a=src b=imm c=jump16" "goes there if a > b"
    JGeI(1) "a=src b=imm c=jump16" "goes there if a >= b"
    JNotLtI(1) "a=src b=imm c=jump16" "goes there unless a < b"
    JNotLeI(1) "a=src b=imm c=jump16" "goes there unless a <= b"
    JNotGtI(1) "a=src b=imm c=jump16" "goes there unless a > b"
    JNotGeI(1) "a=src b=imm c=jump16" "goes there unless a >= b"
    JStrictEqI(1) "a=src b=imm c=jump16" "goes there if a === b"
    JStrictNeI(1) "a=src b=imm c=jump16" "goes there if a !== b"

    // ---- bindings: environments hold the captured variables, registers the others
    CalleeEnv(1) "a=dst" "a = the environment that the running function closed over"
    NewEnv(2) "a=dst b=src c=idx x=fill w1=data" "a = a new environment of c slots inside b (null: none); slots are undefined, or holes if x is 1; w1: 0, or 1 + index of its scope info"
    CopyEnv(1) "a=dst b=src" "a = a copy of the environment b, for the next iteration of a loop"
    GetEnv(1) "a=dst b=src c=idx x=depth" "a = slot c of the environment x levels out from b"
    GetEnvCheck(2) "a=dst b=src c=idx x=depth w1=key" "as GetEnv; ReferenceError if the slot is a hole (w1: the name)"
    SetEnv(1) "a=src b=src c=idx x=depth" "slot c of the environment x levels out from b = a"
    SetEnvCheck(2) "a=src b=src c=idx x=depth w1=key" "as SetEnv; ReferenceError if the slot was a hole"
    GetImport(2) "a=dst b=src c=idx x=depth w1=key" "as GetEnvCheck through a module's imported binding"
    CheckTdz(2) "a=src w1=key" "ReferenceError if a is the hole (w1: the name)"
    CheckThis(1) "a=src" "ReferenceError if a, the this of a derived constructor, is the hole"
    ThrowConst(2) "w1=key" "TypeError: Assignment to constant variable."
    CoerceThis(1) "a=dst" "a = this as a sloppy function sees it (register -1 is rewritten too)"

    // ---- global names; x bit 0: strict, bit 1: a missing name is undefined (typeof)
    GetGlobal(4) "a=dst x=flags w1=key w2=ic w3=ic" "a = the global variable; ReferenceError if there is none"
    SetGlobal(4) "a=src x=flags w1=key w2=ic w3=ic" "the global variable = a; in strict code ReferenceError if there is none"
    InitGlobalLex(2) "a=src w1=key" "initialises the global let, const or class w1 with a"
    DeclareGlobals(2) "x=flags w1=data" "GlobalDeclarationInstantiation of side table w1; x is 1 for eval code (deletable)"
    DefineGlobalFunc(2) "a=src x=flags w1=key" "CreateGlobalFunctionBinding(w1, a); x is 1 for eval code (deletable)"

    // ---- names that only run time can resolve: with, sloppy direct eval
    NewWithEnv(1) "a=dst b=src c=src" "a = an object environment over the object c inside b"
    NewVarEnv(1) "a=dst b=src" "a = an empty environment inside b to which sloppy direct eval adds its variables"
    GetName(2) "a=dst b=src x=flags w1=key" "a = the variable w1 looked up from environment b; x bit 1: typeof"
    GetNameCall(2) "a=dst b=src c=dst w1=key" "as GetName, for a call: a = the function, c = its this (a with object, else undefined)"
    SetName(2) "a=src b=src x=flags w1=key" "assigns to the variable w1 looked up from b; x bit 0: strict"
    ResolveName(2) "a=dst b=src w1=key" "a = what holds the variable w1 looked up from b (an environment or object), undefined if nothing does"
    GetRef(2) "a=dst b=src c=src x=flags w1=key" "a = the variable w1 in b, as ResolveName gave it; c: the environment it was looked up from"
    SetRef(2) "a=src b=src c=src x=flags w1=key" "assigns to the variable w1 in b, as ResolveName gave it; c: the environment it was looked up from; x bit 0: strict"
    DeleteName(2) "a=dst b=src w1=key" "a = delete w1, looked up from b"
    DeclareVar(2) "a=src b=src x=flags w1=key" "sloppy eval: declares var w1 in the variable environment found from b; x bit 1: with function value a, else undefined if new"

    // ---- properties; x bit 0: strict
    GetProp(4) "a=dst b=src w1=key w2=ic w3=ic" "a = b.w1"
    SetProp(4) "a=src b=src x=flags w1=key w2=ic w3=ic" "a.w1 = b"
    GetElem(1) "a=dst b=src c=src" "a = b[c]"
    GetElemRef(1) "a=dst b=src c=rw" "a = b[c], and c becomes ToPropertyKey(c) after b was found to be no undefined or null: for b[c] += ..."
    SetElem(1) "a=src b=src c=src x=flags" "a[b] = c"
    DelProp(2) "a=dst b=src x=flags w1=key" "a = delete b.w1"
    DelElem(1) "a=dst b=src c=src x=flags" "a = delete b[c]"
    SuperBase(1) "a=dst b=src" "a = the prototype of home object b"
    GetSuper(1) "a=dst b=regs" "a = property b+2 (any value) of b with receiver b+1"
    SetSuper(1) "a=src b=regs x=flags" "property b+2 of b with receiver b+1 = a"
    DefProp(4) "a=src b=src w1=key w2=ic w3=ic" "defines the own property w1 of the object literal a as b"
    DefField(4) "a=src b=src w1=key w2=ic w3=ic" "CreateDataPropertyOrThrow(a, w1, b): a class field"
    DefElem(1) "a=src b=src c=src" "CreateDataPropertyOrThrow(a, b, c); b is a property key"
    DefMethod(1) "a=src b=src c=src x=flags" "defines method c under key b on a; x bit 0: enumerable"
    DefGetter(1) "a=src b=src c=src x=flags" "defines getter c under key b on a; x bit 0: enumerable"
    DefSetter(1) "a=src b=src c=src x=flags" "defines setter c under key b on a; x bit 0: enumerable"
    SetProto(1) "a=src b=src" "__proto__: b in a literal: sets the prototype of a if b is an object or null"
    SetHome(1) "a=src b=src" "the home object of function a = b"
    GetHome(1) "a=dst b=src" "a = the home object of function b, undefined if it has none"
    SetFnName(1) "a=src b=src x=prefix" "SetFunctionName(a, b); x: 0 none, 1 get, 2 set; anonymous functions and classes without own name only"
    CopyProps(1) "a=src b=src c=regs x=count" "CopyDataProperties(a, b, the x keys from register c on)"

    // ---- literals
    NewObj(2) "a=dst x=count w1=ic" "a = {} with room for x properties"
    NewArr(1) "a=dst c=idx" "a = [] with room for c elements"
    NewArrFrom(1) "a=dst b=regs c=idx" "a = an array of the c values from register b on"
    ArrPush(1) "a=src b=src" "appends b to the array literal a"
    ArrHole(1) "a=src" "appends a hole to the array literal a"
    ArrSpread(1) "a=src b=src" "appends what the iterable b gives to the array literal a"
    NewRegExp(3) "a=dst w1=const w2=const" "a = new RegExp of pattern w1 and flags w2"
    GetTemplate(2) "a=dst w1=data" "a = the template object of call site w1"
    Closure(1) "a=dst b=src c=idx" "a = a closure of function c over the environment b"

    // ---- classes
    NewClass(2) "a=regs b=src c=src x=flags w1=func" "a = the class constructor, a+1 = its prototype; b: environment; x bit 0: extends c"
    SetFields(1) "a=src b=src" "b is the function that initialises the fields of instances of class a"
    RunFields(1) "a=src b=src" "runs the field initialiser of class constructor b with this = a, if there is one"
    NewPrivate(2) "a=dst w1=key" "a = a new private name described w1"
    GetPrivate(1) "a=dst b=src c=src" "a = b.#c"
    SetPrivate(1) "a=src b=src c=src" "a.#b = c"
    DefPrivate(1) "a=src b=src c=src x=kind" "adds private b to a with value c; x: 0 field, 1 method (not writable), 2 getter, 3 setter"
    HasPrivate(1) "a=dst b=src c=src" "a = #c in b"

    // ---- calls: see `frame` for the window
    NativeStep(1) "a=dst b=win x=phase" "a native function that calls back goes on: it returns, or a = a call of the window b; x: 0 start, 1 a is the result of its call, 2 a is what its call threw"
    Call(1) "a=dst b=win c=idx x=flags" "a = call of the window b with c arguments; x bit 0: this is undefined and needn't be set"
    CallSpread(1) "a=dst b=win" "as Call; the arguments are the elements of the array in the first argument's register"
    CallEval(2) "a=dst b=win c=idx x=flags w1=data" "as Call, or direct eval if the callee is %eval%; w1: eval scope; x bit 0: strict, bit 1: arguments are spread"
    New(1) "a=dst b=win c=idx" "a = new of the window b with c arguments; new.target is the callee"
    NewSpread(1) "a=dst b=win" "as New with the arguments in an array"
    SuperCall(1) "a=dst b=win c=idx" "a = Construct(callee, c arguments, new.target as the window has it)"
    SuperCallSpread(1) "a=dst b=win" "as SuperCall with the arguments in an array"
    GetSuperCtor(1) "a=dst b=src" "a = the prototype of function b; TypeError if that is no constructor"
    Return(1) "a=src" "returns a"
    ReturnUndef(1) "" "returns undefined"
    CheckCtorReturn(1) "a=src b=src" "derived constructor: a is an object, or undefined and then a = b (this, checked); else TypeError"
    Throw(1) "a=src" "throws a"
    ThrowError(2) "x=kind w1=const" "throws a new error with message w1; x: 0 TypeError, 1 ReferenceError, 2 SyntaxError, 3 RangeError"
    Debugger(1) "" "a debugger statement"
    Count(1) "bc=imm32" "counts a run of the range, for coverage"
    CreateArgs(3) "a=dst b=src c=src x=kind w1=data w2=data" "a = the arguments object of the values in array b; x is 1 for mapped: to the environment c, w1 is the side table of slots"
    RestArgs(1) "a=dst b=src c=idx" "a = an array of the values in array b from index c on"
    ImportCall(1) "a=dst b=src c=src x=phase" "a = import(b, c)"
    ImportMeta(1) "a=dst" "a = import.meta"

    // ---- iteration. An iterator takes 3 registers: the iterator, its next method, scratch
    RequireObjectCoercible(1) "a=src" "TypeError if a is undefined or null: it cannot be destructured"
    GetIter(1) "a=regs b=src x=kind" "a, a+1 = the iterator of b and its next method; x: 0 sync, 1 async, 2 sync and never a fast one"
    IterStep(2) "a=dst b=regs w1=jumps" "if the iterator b is a fast one: a = its next value and goes to the first target, or to the second when done; else falls through"
    CheckIterResult(1) "a=src" "TypeError unless a is an object: Iterator result x is not an object"
    IterReturn(1) "a=dst b=regs" "a = the return method of iterator b (undefined if none or if b is a fast one)"
    CheckObject(1) "a=src x=kind" "TypeError unless a is an object; x: 0 iterator result, 1 iterator"
    ForInStart(1) "a=dst b=src" "a = an enumerator over the enumerable string keys of b"
    ForInNext(2) "a=dst b=src w1=jump" "a = the next key of enumerator b that is still there; goes there when done"

    // ---- generators and async functions
    InitGen(1) "a=dst" "makes the generator object (a), moves this frame into it and returns it to the caller; goes on here at the first next()"
    Yield(1) "a=regs b=src x=kind" "gives b to the caller of next() (x: 0 as an iterator result, 1 b is one already); when resumed a = the value sent, a+1 = 0 next, 2 return (throw is thrown here)"
    YieldDelegate(1) "a=regs b=src x=kind" "as Yield, but throw is not thrown: a+1 = 1; x: 0 b is an iterator result already, 1 b is the value (async generator)"
    AsyncStart(1) "a=dst" "a = the promise of this async function"
    Await(1) "a=dst b=src" "suspends until the promise of b settles; a = its value, or its reason is thrown here"
    AsyncReturn(1) "a=src b=src" "resolves promise a with b and leaves the function; the caller of the function gets a"
    AsyncThrow(1) "a=src b=src" "rejects promise a with b and leaves the function; the caller of the function gets a"

    // ---- explicit resource management
    AddDisposable(1) "a=rw b=src x=kind" "AddDisposableResource(a, b): a is undefined or the list so far; x: 0 sync, 1 async"
    DisposeNext(2) "a=win b=rw c=dst w1=jump" "takes the last resource off list b: callee and this of window a are set to its method (undefined: nothing to call) and value, c = is it async; goes there when empty"
    SuppressError(1) "a=dst b=src c=src" "a = SuppressedError of error b and suppressed error c"

    // ---- quickened forms: the interpreter writes them over the general ones, the compiler never emits them
    GetPropOwn(4) "a=dst b=src c=imm w1=key w2=ic w3=ic" "GetProp hit: inline slot at byte c"
    GetPropOut(4) "a=dst b=src c=imm w1=key w2=ic w3=ic" "GetProp hit: out-of-line slot at byte c"
    GetPropProto(4) "a=dst b=src c=imm w1=key w2=ic w3=ic" "GetProp hit: slot of a prototype"
    GetPropPoly(4) "a=dst b=src c=imm w1=key w2=ic w3=ic" "GetProp over several shapes"
    GetPropLength(4) "a=dst b=src c=imm w1=key w2=ic w3=ic" "GetProp of an array's or string's length"
    SetPropOwn(4) "a=src b=src c=imm x=flags w1=key w2=ic w3=ic" "SetProp hit: inline slot at byte c"
    SetPropOut(4) "a=src b=src c=imm x=flags w1=key w2=ic w3=ic" "SetProp hit: out-of-line slot"
    SetPropAdd(4) "a=src b=src c=imm x=flags w1=key w2=ic w3=ic" "SetProp that adds an inline slot"
    SetPropPoly(4) "a=src b=src c=imm x=flags w1=key w2=ic w3=ic" "SetProp over several shapes"
    DefPropAdd(4) "a=src b=src c=imm w1=key w2=ic w3=ic" "DefProp that adds an inline slot"
    GetGlobalSlot(4) "a=dst x=flags w1=key w2=ic w3=ic" "GetGlobal hit"
    SetGlobalSlot(4) "a=src x=flags w1=key w2=ic w3=ic" "SetGlobal hit"
    GetPropPrimitive(4) "a=dst b=src c=imm w1=key w2=ic w3=ic" "GetProp of a primitive: slot of its prototype"
    GetPropGetter(4) "a=dst b=src c=imm w1=key w2=ic w3=ic" "GetProp that calls a getter"
    SetPropAddOut(4) "a=src b=src c=imm x=flags w1=key w2=ic w3=ic" "SetProp that adds an out-of-line slot"
    Halt(1) "" "ends a nested run of the interpreter"
}
