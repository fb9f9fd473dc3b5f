//! Calls: JavaScript to JavaScript by frames, natives in the caller's window, and native code calling back.
//!
//! A *window* is a frame pointer in the making: header registers below it, arguments from it on. [`call_window`] finds
//! out what the callee is and either pushes a frame or comes back with the result.

use super::{
    coroutine, describe,
    dispatch::run,
    exception::unwind,
    native_frame, proxy_trap,
    regs::{Fp, Go, Pc},
};
use crate::vm::{
    bytecode::{Op, frame},
    heap::{Cell, Code, Kind, Obj, code::code_flag},
    machine::{Args, Completion, NativeFn, Throw, Vm},
    object::create::native_flag,
    value::Value,
};

/// Bytes of native stack that nested runs may take where the host sets no depth.
const NATIVE_STACK: usize = 900 << 10;

/// From this many arguments on, those that have no register stay on the stack.
const MANY_ARGUMENTS: usize = 64;

/// What became of a call.
pub(super) enum Called {
    /// A frame was pushed: go on there.
    Frame(Go),
    /// It is done.
    Value(Value),
}

/// `Call`, all that the fast path leaves over.
#[inline(never)]
pub(super) fn call_op(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    if vm.heap.poll.left < 0
        && let Err(throw) = vm.safepoint()
    {
        return unwind(vm, throw);
    }
    let window = fp.offset(isize::from(pc.b()) + frame::HEADER as isize);
    if pc.x() & 1 != 0 {
        window.set(frame::THIS, Value::UNDEFINED);
    }
    let result = call_window(vm, window, pc.uc(), 0);
    finish_call(vm, pc, fp, result)
}

/// `Call` of a native function.
#[inline(never)]
pub(super) fn call_native_op(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let window = fp.offset(isize::from(pc.b()) + frame::HEADER as isize);
    if pc.x() & 1 != 0 {
        window.set(frame::THIS, Value::UNDEFINED);
    }
    let function = window.callee();
    let meta = function.internal(1).to_int_unchecked();
    if meta & native_flag::SPECIAL != 0 {
        let result = call_window(vm, window, pc.uc(), 0);
        return finish_call(vm, pc, fp, result);
    }
    window.set(frame::NEW_TARGET, Value::UNDEFINED);
    match call_native(vm, window, pc.uc()) {
        Ok(value) => {
            fp.set(pc.a(), value);
            Go {
                pc: pc.offset(1),
                fp,
            }
        }
        Err(throw) => unwind(vm, throw),
    }
}

/// Ends a call instruction.
#[inline(always)]
pub(super) fn finish_call(vm: &mut Vm, pc: Pc, fp: Fp, result: Completion<Called>) -> Go {
    match result {
        Ok(Called::Frame(go)) => go,
        Ok(Called::Value(value)) => {
            fp.set(pc.a(), value);
            Go::next(pc, fp)
        }
        Err(throw) => unwind(vm, throw),
    }
}

/// Calls what the window's callee register holds, with `argc` arguments. The machine stands at the calling instruction;
/// `flags` go into the new frame's header.
pub(super) fn call_window(
    vm: &mut Vm,
    mut window: Fp,
    mut argc: usize,
    flags: u64,
) -> Completion<Called> {
    loop {
        let callee = window.get(frame::CALLEE);
        let Some(function) = callee.as_object() else {
            return Err(vm.throw_uncallable(callee, flags));
        };
        match function.kind() {
            Kind::Function => {
                let code = window.code();
                if code.flags() & code_flag::CLASS != 0 {
                    let name = describe::class_name(vm, function);
                    vm.realm = code.realm();
                    return Err(vm.throw_type(if name.is_empty() {
                        "Class constructors cannot be invoked without 'new'".to_owned()
                    } else {
                        format!("Class constructor {name} cannot be invoked without 'new'")
                    }));
                }
                window.set(frame::NEW_TARGET, Value::UNDEFINED);
                return push_frame(vm, window, code, argc, flags).map(Called::Frame);
            }
            Kind::NativeFunction => {
                window.set(frame::NEW_TARGET, Value::UNDEFINED);
                match function.internal(1).to_int_unchecked() & native_flag::SPECIAL {
                    native_flag::CALL => {
                        let target = window.this();
                        if !vm.is_callable(target) {
                            return call_native(vm, window, argc).map(Called::Value);
                        }
                        // `f.call(this, ...args)`: the first argument's register becomes `this`.
                        if argc == 0 {
                            window.set(frame::THIS, Value::UNDEFINED);
                        } else {
                            window = window.offset(1);
                            argc -= 1;
                        }
                        window.set(frame::CALLEE, target);
                    }
                    native_flag::APPLY => {
                        let target = window.this();
                        let list = if argc > 1 {
                            window.get(1)
                        } else {
                            Value::UNDEFINED
                        };
                        // What throws is the native function's, in its own realm.
                        if !vm.is_callable(target) || !(list.is_object() || list.is_nullish()) {
                            return call_native(vm, window, argc).map(Called::Value);
                        }
                        let this = if argc > 0 {
                            window.get(0)
                        } else {
                            Value::UNDEFINED
                        };
                        (window, argc) = spread_window(vm, target, this, list)?;
                    }
                    native_flag::REFLECT_APPLY => {
                        let arg = |at: usize| match at < argc {
                            true => window.get(at as i16),
                            false => Value::UNDEFINED,
                        };
                        let (target, this, list) = (arg(0), arg(1), arg(2));
                        if !vm.is_callable(target) || !list.is_object() {
                            return call_native(vm, window, argc).map(Called::Value);
                        }
                        (window, argc) = spread_window(vm, target, this, list)?;
                    }
                    native_flag::RESUME_NEXT => {
                        return coroutine::resume_op(
                            vm,
                            window,
                            argc,
                            coroutine::Resume::Next,
                            flags,
                        );
                    }
                    native_flag::RESUME_RETURN => {
                        return coroutine::resume_op(
                            vm,
                            window,
                            argc,
                            coroutine::Resume::Return,
                            flags,
                        );
                    }
                    native_flag::RESUME_THROW => {
                        return coroutine::resume_op(
                            vm,
                            window,
                            argc,
                            coroutine::Resume::Throw,
                            flags,
                        );
                    }
                    native_flag::RESUMABLE => {
                        return native_frame::push(vm, window, function, argc, flags)
                            .map(Called::Frame);
                    }
                    _ => return call_native(vm, window, argc).map(Called::Value),
                }
            }
            Kind::BoundFunction => (window, argc) = unbind(vm, window, function, argc)?,
            Kind::Proxy if vm.is_callable(callee) => {
                (window, argc) = proxy_window(vm, window, function, argc)?;
            }
            _ => return Err(vm.throw_uncallable(callee, flags)),
        }
    }
}

/// A window at the top of the stack for a call of `target` with the elements of `list`.
fn spread_window(vm: &mut Vm, target: Value, this: Value, list: Value) -> Completion<(Fp, usize)> {
    let collected;
    let values: &[Value] = match plain_array(list) {
        Some(ref array) => {
            let values = array.dense_slice();
            let window = filled_window(vm, values)?;
            window.set(frame::CALLEE, target);
            window.set(frame::THIS, this);
            return Ok((window, values.len()));
        }
        None if list.is_nullish() => &[],
        None => {
            collected = vm.list_from_array_like(list)?;
            &collected
        }
    };
    let window = filled_window(vm, values)?;
    window.set(frame::CALLEE, target);
    window.set(frame::THIS, this);
    Ok((window, values.len()))
}

/// An array all of whose elements are dense and none a hole.
pub(in crate::vm) fn plain_array(list: Value) -> Option<Obj> {
    let array = list
        .as_object()
        .filter(|array| array.kind() == Kind::Array)?;
    let dense = array.dense_slice();
    (Value::from(dense.len()) == array.internal(0) && !dense.contains(&Value::HOLE))
        .then_some(array)
}

/// Room for a window with `argc` arguments at the top of the stack, which is raised above it.
pub(super) fn new_window(vm: &mut Vm, argc: usize) -> Completion<Fp> {
    let window = raw_window(vm, argc)?;
    for index in 0..argc {
        window.offset(index as isize).set(0, Value::UNDEFINED);
    }
    Ok(window)
}

/// As [`new_window`], with these arguments.
fn filled_window(vm: &mut Vm, values: &[Value]) -> Completion<Fp> {
    let window = raw_window(vm, values.len())?;
    window.copy_slice(values);
    Ok(window)
}

/// As [`new_window`]; the caller fills in all arguments before anything else happens.
pub(super) fn raw_window(vm: &mut Vm, argc: usize) -> Completion<Fp> {
    if !vm.stack.reserve(argc + frame::HEADER as usize) {
        return Err(vm.throw_range("Maximum call stack size exceeded"));
    }
    let window = vm.stack.top_fp().offset(frame::HEADER as isize);
    window.set(frame::NEW_TARGET, Value::UNDEFINED);
    window.set(frame::ARGC, Value::UNDEFINED);
    window.set(frame::SAVED_FP, Value::UNDEFINED);
    window.set(frame::SAVED_PC, Value::UNDEFINED);
    vm.stack.top = window.offset(argc as isize).0;
    Ok(window)
}

/// Puts a bound function's target, `this` and arguments into the window. It may move: there must be room for the arguments.
/// Internal slots of a bound function: 0 target, 1 `this`, 2 its arguments (a `Slots` cell) or undefined.
pub(super) fn unbind(
    vm: &mut Vm,
    window: Fp,
    function: Obj,
    argc: usize,
) -> Completion<(Fp, usize)> {
    let bound = function.internal(2).as_cell();
    let count = bound.map_or(0, |cell| cell.slots_len());
    let mut to = window;
    if count > 0 {
        // Copied for each function that is bound to another one.
        vm.heap.poll.left -= ((argc + count) / 8) as i64;
        to = new_window(vm, argc + count)?;
        to.offset(count as isize).copy_from(window, argc);
        if let Some(bound) = bound {
            for index in 0..count {
                to.offset(index as isize).set(0, bound.slots_get(index));
            }
        }
        to.set(frame::NEW_TARGET, window.get(frame::NEW_TARGET));
    }
    to.set(frame::CALLEE, function.internal(0));
    to.set(frame::THIS, function.internal(1));
    Ok((to, argc + count))
}

/// Makes the window one for what calling the proxy in it calls: its trap, or its target.
fn proxy_window(vm: &mut Vm, window: Fp, proxy: Obj, argc: usize) -> Completion<(Fp, usize)> {
    vm.raise_top(window, argc);
    let (callee, this, args) = vm.proxy_callee(proxy, window.this(), window.slice(argc))?;
    let (to, argc) = match args {
        Some(args) => (filled_window(vm, &args)?, args.len()),
        None => (window, argc),
    };
    to.set(frame::CALLEE, callee);
    to.set(frame::THIS, this);
    Ok((to, argc))
}

/// Pushes a frame for `code` over the window. The machine stands at the calling instruction.
#[inline]
pub(super) fn push_frame(
    vm: &mut Vm,
    window: Fp,
    code: Code,
    argc: usize,
    flags: u64,
) -> Completion<Go> {
    let registers = code.registers() as usize;
    let end = window.offset(registers.max(argc) as isize);
    if end.0 > vm.stack.limit && !vm.stack.grow(end.0) {
        return Err(vm.throw_range("Maximum call stack size exceeded"));
    }
    let arguments = window;
    let mut window = window;
    if argc > registers && argc >= MANY_ARGUMENTS {
        window = above_arguments(vm, window, code, argc)?;
    }
    window.set(frame::SAVED_PC, Pc(vm.stack.pc).to_raw());
    window.set(frame::SAVED_FP, Fp(vm.stack.fp).to_raw());
    let mut flags = flags;
    if flags & frame::ENTRY == 0
        && !matches!(Pc(vm.stack.pc).op(), Op::Call | Op::New | Op::NativeStep)
    {
        flags |= frame::WIDE;
    }
    window.set(frame::ARGC, Value::from_bits(argc as u64 | flags));
    let params = code.params() as usize;
    if argc < params {
        // Before the array below is put: this may write past the parameters.
        window.clear(argc, params);
    }
    let code_flags = code.flags();
    if code_flags & code_flag::NEEDS_ARGS != 0 {
        vm.realm = code.realm();
        let array = vm.new_array_from(arguments.slice(argc));
        window.set(code.args_reg(), array.into());
    }
    Ok(Go {
        pc: Pc(code.words()),
        fp: window,
    })
}

/// A window above the arguments of this one, with the parameters in it. A frame there leaves the arguments on the stack: a
/// function that passes on ever more of them would else reach its depth too late, with all the arrays that they are in.
#[cold]
#[inline(never)]
fn above_arguments(vm: &mut Vm, window: Fp, code: Code, argc: usize) -> Completion<Fp> {
    let above = window.offset(argc as isize + frame::HEADER as isize);
    let end = above.offset(code.registers() as isize);
    if end.0 > vm.stack.limit && !vm.stack.grow(end.0) {
        return Err(vm.throw_range("Maximum call stack size exceeded"));
    }
    for register in [frame::CALLEE, frame::THIS, frame::NEW_TARGET] {
        above.set(register, window.get(register));
    }
    above.copy_from(window, argc.min(code.params() as usize));
    Ok(above)
}

/// Calls the native function in the window.
#[inline(always)]
pub(super) fn call_native(vm: &mut Vm, window: Fp, argc: usize) -> Completion {
    let callee = window.callee();
    let args = Args {
        callee,
        this: window.this(),
        new_target: window.get(frame::NEW_TARGET),
        values: window.slice(argc),
    };
    vm.raise_top(window, argc);
    let mark = vm.roots.len();
    vm.realm = callee.internal(1).to_int_unchecked() as u32 & 0xFFFF;
    let result = native_of(callee)(vm, &args);
    vm.roots.truncate(mark);
    result
}

/// The Rust function of a native function object.
#[inline(always)]
fn native_of(function: Obj) -> NativeFn {
    native_pointer(function.internal(0))
}

/// The Rust function whose address a raw word holds: slot 0 of a native function.
#[inline(always)]
#[must_use]
pub fn native_pointer(word: Value) -> NativeFn {
    let pointer = std::ptr::with_exposed_provenance::<()>(word.bits() as usize);
    // SAFETY: only addresses of `NativeFn`s are kept in such words, from when they are made, for good.
    unsafe { std::mem::transmute::<*const (), NativeFn>(pointer) }
}

/// `CallSpread`
#[inline(never)]
pub(super) fn call_spread(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    let result = poll_call(vm)
        .and_then(|()| spread_operands(vm, pc, fp))
        .and_then(|(window, argc)| call_window(vm, window, argc, 0));
    finish_call(vm, pc, fp, result)
}

/// Every call is a step, and a safepoint when it is time: recursion may be all that a program does. The machine has been
/// entered at the call.
#[inline]
pub(super) fn poll_call(vm: &mut Vm) -> Completion<()> {
    vm.poll_step()
}

/// The window of a spread call: callee, `this` and new.target as the instruction has them, the array's elements as arguments.
pub(super) fn spread_operands(vm: &mut Vm, pc: Pc, fp: Fp) -> Completion<(Fp, usize)> {
    let from = fp.offset(isize::from(pc.b()) + frame::HEADER as isize);
    let (window, argc) = spread_window(vm, from.get(frame::CALLEE), from.this(), from.get(0))?;
    window.set(frame::NEW_TARGET, from.get(frame::NEW_TARGET));
    Ok((window, argc))
}

/// `CallEval`: a direct eval if the callee is this realm's `eval`, else a call.
#[inline(never)]
pub(super) fn call_eval(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    vm.enter(pc, fp);
    if let Err(throw) = poll_call(vm) {
        return unwind(vm, throw);
    }
    let mut window = fp.offset(isize::from(pc.b()) + frame::HEADER as isize);
    let mut argc = pc.uc();
    if pc.x() & 2 != 0 {
        match spread_operands(vm, pc, fp) {
            Ok(spread) => (window, argc) = spread,
            Err(throw) => return unwind(vm, throw),
        }
    }
    let eval = vm.realms[vm.realm as usize].intrinsics[crate::vm::realm::Intrinsic::Eval as usize];
    if window.get(frame::CALLEE) == eval && eval.is_object() {
        let source = if argc > 0 {
            window.get(0)
        } else {
            Value::UNDEFINED
        };
        let result = super::scope::direct_eval(vm, pc, fp, source);
        return finish_call(vm, pc, fp, result);
    }
    let result = call_window(vm, window, argc, 0);
    finish_call(vm, pc, fp, result)
}

/// `Return` and `ReturnUndef` of frames that were not simply called.
#[inline(never)]
pub(super) fn leave(vm: &mut Vm, pc: Pc, fp: Fp) -> Go {
    let value = if pc.op() == Op::ReturnUndef {
        Value::UNDEFINED
    } else {
        fp.get(pc.a())
    };
    leave_with(vm, pc, fp, value)
}

/// Leaves the frame with `value`.
pub(super) fn leave_with(vm: &mut Vm, pc: Pc, fp: Fp, value: Value) -> Go {
    let word = fp.argc_word();
    let mut value = value;
    if word & frame::CONSTRUCT != 0 && !value.is_object() {
        value = fp.this();
    }
    if word & frame::RESUMED != 0 {
        vm.enter(pc, fp);
        return coroutine::complete(vm, fp, value);
    }
    let back = super::exception::return_address(fp);
    deliver(vm, word, back, fp, value)
}

/// Gives a frame's result to whoever waits for it, as the frame's flags say.
pub(super) fn deliver(vm: &mut Vm, word: u64, back: (Pc, Fp), fp: Fp, value: Value) -> Go {
    if word & frame::ENTRY != 0 {
        vm.stack.outcome = Ok(value);
        return Go { pc: Pc::halt(), fp };
    }
    if word & frame::TRAP != 0 {
        return proxy_trap::finish(vm, back, fp, value);
    }
    let (pc, fp) = back;
    if word & frame::DISCARD == 0 {
        fp.set(pc.a(), value);
    }
    Go::next(pc, fp)
}

impl Vm {
    /// Makes the top cover a window.
    #[inline(always)]
    pub(super) fn raise_top(&mut self, window: Fp, argc: usize) {
        let end = window.offset(argc as isize).0;
        if end > self.stack.top {
            self.stack.top = end;
        }
    }

    /// Pushes a window at the top for a call that an instruction makes on its own (a getter, say).
    pub(super) fn call_from_op(
        &mut self,
        f: Value,
        this: Value,
        args: &[Value],
        flags: u64,
    ) -> Completion<Called> {
        let window = new_window(self, args.len())?;
        window.set(frame::CALLEE, f);
        window.set(frame::THIS, this);
        for (index, &arg) in args.iter().enumerate() {
            window.offset(index as isize).set(0, arg);
        }
        call_window(self, window, args.len(), flags)
    }

    /// Can a function see its first argument only? Bytecode without `arguments`, rest, or a second parameter.
    pub(in crate::vm) fn takes_one_argument(&self, f: Value) -> bool {
        let function = f
            .as_object()
            .filter(|function| function.kind() == Kind::Function);
        function.is_some_and(|function| {
            let code = Code::from_cell(Cell::from_addr(function.internal(0).payload()));
            code.params() <= 1 && code.flags() & code_flag::NEEDS_ARGS == 0
        })
    }

    /// `Call(f, this, args)`: runs JavaScript. Values that the caller still needs must be rooted.
    ///
    /// # Errors
    /// Whatever the function throws; `RangeError` when calls are nested too deeply.
    #[inline]
    pub fn call(&mut self, f: Value, this: Value, args: &[Value]) -> Completion {
        match self.enter_function(f, this, args) {
            Some(go) => {
                let (pc, fp, top, realm) =
                    (self.stack.pc, self.stack.fp, self.stack.top, self.realm);
                self.stack.native_depth += 1;
                let outcome = self.run_nested(go);
                self.stack.native_depth -= 1;
                (self.stack.pc, self.stack.fp, self.stack.top, self.realm) = (pc, fp, top, realm);
                outcome
            }
            None => self.call_slowly(f, this, args),
        }
    }

    /// Pushes an entry frame for a plain function, where that needs no thought.
    #[inline]
    fn enter_function(&mut self, f: Value, this: Value, args: &[Value]) -> Option<Go> {
        let function = f
            .as_object()
            .filter(|function| function.kind() == Kind::Function)?;
        let window = self.stack.top_fp().offset(frame::HEADER as isize);
        let code = Code::from_cell(Cell::from_addr(function.internal(0).payload()));
        let registers = code.registers() as usize;
        let fits = window.offset(registers.max(args.len()) as isize).0 <= self.stack.limit;
        if !fits
            || code.flags() & (code_flag::CLASS | code_flag::NEEDS_ARGS) != 0
            || self.is_too_deep()
        {
            return None;
        }
        self.heap.poll.left -= 1;
        window.set(frame::CALLEE, function.into());
        window.set(frame::SAVED_PC, Pc(self.stack.pc).to_raw());
        window.set(frame::SAVED_FP, Fp(self.stack.fp).to_raw());
        window.set(
            frame::ARGC,
            Value::from_bits(args.len() as u64 | frame::ENTRY),
        );
        window.set(frame::NEW_TARGET, Value::UNDEFINED);
        window.set(frame::THIS, this);
        for (index, &arg) in args.iter().enumerate() {
            window.offset(index as isize).set(0, arg);
        }
        let params = code.params() as usize;
        if args.len() < params {
            window.clear(args.len(), params);
        }
        Some(Go {
            pc: Pc(code.words()),
            fp: window,
        })
    }

    #[inline(never)]
    fn call_slowly(&mut self, f: Value, this: Value, args: &[Value]) -> Completion {
        self.nested(|vm| {
            let window = new_window(vm, args.len())?;
            window.set(frame::CALLEE, f);
            window.set(frame::THIS, this);
            for (index, &arg) in args.iter().enumerate() {
                window.offset(index as isize).set(0, arg);
            }
            match call_window(vm, window, args.len(), frame::ENTRY)? {
                Called::Frame(go) => vm.run_nested(go),
                Called::Value(value) => Ok(value),
            }
        })
    }

    /// Runs until the entry frame that was just pushed is left. What an instruction of this run roots ends with it
    /// ([`Vm::enter`]); the roots below are the caller's.
    pub(super) fn run_nested(&mut self, go: Go) -> Completion {
        let outer = std::mem::replace(&mut self.root_base, self.roots.len());
        run(self, go.pc, go.fp);
        self.roots.truncate(self.root_base);
        self.root_base = outer;
        std::mem::replace(&mut self.stack.outcome, Ok(Value::UNDEFINED))
    }

    /// Is there too little native stack for another nested run?
    #[inline]
    fn is_too_deep(&mut self) -> bool {
        let marker = 0u8;
        let here = (&raw const marker).addr();
        if self.stack.native_depth == 0 {
            self.stack.native_base = here;
            if std::mem::take(&mut self.stack.was_stale) {
                self.stack.clear_above(self.stack.top_fp());
            }
        }
        match self.limits.native_depth {
            0 => self.stack.native_base.abs_diff(here) > NATIVE_STACK,
            limit => self.stack.native_depth >= limit,
        }
    }

    /// Runs `body` one level deeper, and puts the machine back to where it stands now.
    pub(in crate::vm) fn nested<T>(
        &mut self,
        body: impl FnOnce(&mut Self) -> Completion<T>,
    ) -> Completion<T> {
        if self.is_too_deep() {
            return Err(self.throw_range("Maximum call stack size exceeded"));
        }
        let (pc, fp, top, realm) = (self.stack.pc, self.stack.fp, self.stack.top, self.realm);
        self.heap.poll.left -= 1;
        self.stack.native_depth += 1;
        let result = body(self);
        self.stack.native_depth -= 1;
        (self.stack.pc, self.stack.fp, self.stack.top, self.realm) = (pc, fp, top, realm);
        result
    }

    /// Runs linked code as the body of a script, module or eval: over the environment `env` (or null), with `this`.
    ///
    /// # Errors
    /// Whatever it throws.
    pub fn run_code(&mut self, code: Code, env: Value, this: Value) -> Completion {
        let function = self.new_closure(code, env);
        self.call(function.into(), this, &[])
    }

    fn throw_uncallable(&mut self, value: Value, flags: u64) -> Throw {
        let is_native = !self.stack.pc.is_null() && Pc(self.stack.pc).op() == Op::NativeStep;
        if is_native || flags & frame::ENTRY != 0 {
            self.throw_not_callable(value)
        } else {
            describe::not_a_function(self, value)
        }
    }

    /// A `TypeError` for a call of `value` by native code, which has no source text.
    #[must_use]
    pub fn throw_not_callable(&mut self, value: Value) -> Throw {
        let text = self.display(value);
        self.throw_type(format!("{text} is not a function"))
    }
}
