//! Checks that compiled code keeps the format's promises: what the interpreter relies on without looking.

use super::frame::HEADER;
use super::operands::{Field, Operand, op_of, operands, short, wide};
use super::{CodeTemplate, Op};

/// Checks a function and all functions in it.
///
/// # Errors
/// A sentence on the first broken promise.
pub fn verify(code: &CodeTemplate) -> Result<(), String> {
    let mut starts = vec![false; code.words.len() + 1];
    let mut at = 0;
    let mut last = None;
    while let Some(&word) = code.words.get(at) {
        let op = op_of(word).ok_or_else(|| format!("word {at}: no opcode"))?;
        starts[at] = true;
        last = Some(op);
        at += op.words();
    }
    if at != code.words.len() {
        return Err("the last instruction is cut off".to_owned());
    }
    if !last.is_some_and(ends) {
        return Err("control falls off the end".to_owned());
    }
    let mut at = 0;
    while let Some(&word) = code.words.get(at) {
        let Some(op) = op_of(word) else { break };
        for (field, operand) in operands(op) {
            check(code, &starts, at, word, op, field, operand)
                .map_err(|problem| format!("word {at} {}: {problem}", op.name()))?;
        }
        at += op.words();
    }
    for handler in &code.handlers {
        let fine = |word: u32| starts.get(word as usize) == Some(&true);
        if handler.start >= handler.end
            || !fine(handler.start)
            || handler.end as usize > code.words.len()
            || !fine(handler.target)
            || handler.reg < 0
            || handler.reg as u16 >= code.registers
        {
            return Err(format!("handler {handler:?}"));
        }
    }
    if !code.positions.is_sorted_by(|a, b| a.word < b.word) {
        return Err("positions are not sorted".to_owned());
    }
    if code.params > code.registers {
        return Err("more parameters than registers".to_owned());
    }
    for inner in &code.functions {
        verify(inner)?;
    }
    Ok(())
}

/// May the code end with this instruction?
fn ends(op: Op) -> bool {
    matches!(
        op,
        Op::Return
            | Op::ReturnUndef
            | Op::Throw
            | Op::ThrowError
            | Op::Jump
            | Op::AsyncReturn
            | Op::AsyncThrow
    )
}

fn check(
    code: &CodeTemplate,
    starts: &[bool],
    at: usize,
    word: u64,
    op: Op,
    field: Field,
    operand: Operand,
) -> Result<(), String> {
    let extra = match field {
        Field::Word(index) => code.words.get(at + index).copied().unwrap_or(0),
        _ => 0,
    };
    let jump = |distance: i64| {
        let target = usize::try_from(at as i64 + distance).unwrap_or(usize::MAX);
        match starts.get(target) {
            Some(true) => Ok(()),
            _ => Err(format!("jump to {target}")),
        }
    };
    match operand {
        Operand::Dst | Operand::Src | Operand::ReadWrite => register(
            code,
            short(word, field),
            operand != Operand::Dst || op == Op::Move,
        ),
        Operand::Window => {
            let first = short(word, field);
            let count = if matches!(op, Op::Call | Op::New | Op::SuperCall | Op::CallEval) {
                short(word, Field::C)
            } else if op == Op::NativeStep {
                0
            } else {
                i16::from(op != Op::DisposeNext)
            };
            register(code, first, false)?;
            if i32::from(first) + i32::from(HEADER) + i32::from(count) > i32::from(code.registers) {
                return Err("the window is cut off".to_owned());
            }
            Ok(())
        }
        Operand::Registers => registers(code, word, op, field),
        Operand::Jump => jump(match field {
            Field::C => i64::from(short(word, Field::C)),
            Field::Word(_) => i64::from(extra as u32 as i32),
            _ => i64::from(wide(word)),
        }),
        Operand::Jumps => {
            jump(i64::from(extra as u32 as i32))?;
            jump(i64::from(wide(extra)))
        }
        Operand::Key | Operand::Constant if extra as usize >= code.constants.len() => {
            Err(format!("constant {extra}"))
        }
        Operand::Function if extra as usize >= code.functions.len() => {
            Err(format!("function {extra}"))
        }
        Operand::Unsigned if op == Op::Closure => {
            let index = usize::from(short(word, Field::C) as u16);
            if index < code.functions.len() {
                Ok(())
            } else {
                Err(format!("function {index}"))
            }
        }
        Operand::Data => data(code, op, extra),
        _ => Ok(()),
    }
}

fn data(code: &CodeTemplate, op: Op, extra: u64) -> Result<(), String> {
    let index = extra as usize;
    let fine = match op {
        Op::NewEnv => index <= code.scopes.len(),
        Op::CallEval => index < code.evals.len(),
        Op::DeclareGlobals => index < code.globals.len(),
        Op::GetTemplate => index < code.templates.len(),
        _ => true,
    };
    if fine {
        Ok(())
    } else {
        Err(format!("table entry {index}"))
    }
}

fn registers(code: &CodeTemplate, word: u64, op: Op, field: Field) -> Result<(), String> {
    let first = short(word, field);
    let count = match (op, field) {
        (Op::Concat | Op::NewArrFrom, Field::B) => i32::from(short(word, Field::C) as u16),
        (Op::CopyProps, Field::C) => i32::from((word >> 8) as u8),
        (Op::GetSuper | Op::SetSuper, _)
        | (Op::IterStep | Op::IterReturn, _)
        | (Op::GetIter, _) => 3,
        (Op::Yield | Op::YieldDelegate | Op::NewClass, _) => 2,
        _ => 1,
    };
    if count == 0 || (first >= 0 && i32::from(first) + count <= i32::from(code.registers)) {
        return Ok(());
    }
    Err(format!("registers {first}..{}", i32::from(first) + count))
}

fn register(code: &CodeTemplate, number: i16, header: bool) -> Result<(), String> {
    let lowest = if header { -4 } else { -1 };
    if number < lowest || i32::from(number) >= i32::from(code.registers) {
        return Err(format!("register {number} of {}", code.registers));
    }
    Ok(())
}
