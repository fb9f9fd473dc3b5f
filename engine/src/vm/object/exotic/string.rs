//! String exotic objects. Source: ECMA-262 <https://tc39.es/ecma262/#sec-string-exotic-objects>.

use crate::vm::{
    heap::Obj,
    machine::Vm,
    object::{Own, PropKey, attr},
    value::Value,
};

impl Vm {
    /// `StringGetOwnProperty`, and `length`.
    pub(in crate::vm) fn string_own_property(&mut self, object: Obj, key: PropKey) -> Own {
        let Some(string) = object.internal(0).as_string() else {
            return Own::None;
        };
        if key == self.names.length {
            return Own::Data(Value::from(string.len()), 0);
        }
        match key.as_index() {
            Some(index) if (index as usize) < string.len() => {
                Own::Data(self.char_at(string, index as usize), attr::E)
            }
            _ => Own::None,
        }
    }
}
