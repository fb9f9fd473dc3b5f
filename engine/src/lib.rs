//! Ouro engine facade.
