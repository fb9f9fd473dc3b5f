//! Modules: what they request, import and export, and their two pieces of code.

use std::sync::Arc;

use oxc_ast::ast::{
    Declaration, ExportDeclaration, ExportDefaultDeclaration, ExportDefaultDeclarationKind,
    Function, ImportAttributeKey, ImportDeclarationSpecifier, ModuleExportName, Statement,
    StringLiteral, VariableDeclaration, WithClause,
};
use oxc_span::GetSpan;
use rustc_hash::FxHashMap;

use super::emitter::{text_of, text_of_lone};
use super::function::{Body, Gen, Meta, Res, Unit, compile};
use super::hoist::{VarNames, function_declaration, lexical_names};
use super::scope::{NONE, Place, SymbolKind, get_symbol};
use crate::vm::bytecode::{CodeTemplate, FunctionKind, Op, ScopeInfo, Text};

/// Which phase of a module an import asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ImportPhase {
    /// The evaluated module.
    #[default]
    Evaluation,
    /// `import source`.
    Source,
    /// `import defer`.
    Defer,
}

/// A module that a module asks for, once for each different specifier, attributes and phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleRequest {
    /// The specifier.
    pub specifier: Text,
    /// Import attributes, in the order of the source.
    pub attributes: Vec<(Text, Text)>,
    /// The phase.
    pub phase: ImportPhase,
    /// Where it is asked for first: byte offset into the source.
    pub offset: u32,
}

/// What an import binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportName {
    /// An export by name; `default` too.
    Name(Text),
    /// The namespace object.
    Namespace,
    /// The module source object of `import source`.
    Source,
}

/// An imported binding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportEntry {
    /// Index of the request.
    pub request: u32,
    /// What is imported.
    pub name: ImportName,
    /// The environment slot that refers to it.
    pub slot: u16,
    /// Byte offset of the import, for errors.
    pub offset: u32,
}

/// An export of a binding of the module itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportEntry {
    /// The exported name.
    pub name: Text,
    /// The environment slot of the binding.
    pub slot: u16,
}

/// An export of another module's binding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndirectExport {
    /// The exported name.
    pub name: Text,
    /// Index of the request.
    pub request: u32,
    /// What of that module.
    pub import: ImportName,
    /// Byte offset of the export, for errors.
    pub offset: u32,
}

/// `export * from`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StarExport {
    /// Index of the request.
    pub request: u32,
}

/// A compiled module.
#[derive(Clone, Debug)]
pub struct ModuleTemplate {
    /// Puts the module's function declarations into its environment; runs when the module is linked.
    pub init: Arc<CodeTemplate>,
    /// The module's code; an async function if `has_tla`. Its callee's environment is the module's.
    pub body: Arc<CodeTemplate>,
    /// What it asks for.
    pub requests: Vec<ModuleRequest>,
    /// What it imports.
    pub imports: Vec<ImportEntry>,
    /// What it exports of its own.
    pub exports: Vec<ExportEntry>,
    /// What it exports of others.
    pub indirect_exports: Vec<IndirectExport>,
    /// Which modules it exports wholly.
    pub star_exports: Vec<StarExport>,
    /// Slots of its environment.
    pub env_size: u16,
    /// The slots that start as `undefined` (`var`); all others start as holes.
    pub var_slots: Vec<u16>,
    /// Names of the slots.
    pub scope_info: Arc<ScopeInfo>,
    /// Has it a top-level await?
    pub has_tla: bool,
    /// Does it use `import.meta`?
    pub uses_import_meta: bool,
}

impl ModuleTemplate {
    /// The phase that the request asks for.
    #[must_use]
    pub fn phase_of(&self, request: u32) -> ImportPhase {
        let request = self.requests.get(request as usize);
        request.map_or(ImportPhase::Evaluation, |request| request.phase)
    }
}

#[derive(Default)]
struct Lists {
    requests: Vec<ModuleRequest>,
    imports: Vec<ImportEntry>,
    exports: Vec<ExportEntry>,
    indirect: Vec<IndirectExport>,
    stars: Vec<StarExport>,
}

/// Compiles a module whose scopes are known.
pub(super) fn compile_unit<'a>(unit: &Unit<'a>, list: &[Statement<'a>]) -> Res<ModuleTemplate> {
    let span = (0, unit.source.text.len() as u32);
    let meta = Meta {
        kind: FunctionKind::Toplevel,
        is_async: unit.analysis.has_tla,
        span,
        ..Meta::default()
    };
    let mut init = Gen::new(
        unit,
        0,
        Meta {
            is_async: false,
            ..meta.clone()
        },
        true,
    );
    init.module_init(list)?;
    init.code.resolve();
    let init = Arc::new(init.finish(0));
    let body = compile(unit, 0, None, Body::Program(list), meta)?;
    let mut lists = Lists::default();
    collect(unit, list, &mut lists)?;
    let describer = Gen::new(unit, 0, Meta::default(), false);
    let var_slots = unit
        .analysis
        .symbols_of(0)
        .filter_map(|symbol| {
            let entry = &unit.analysis.symbols[symbol as usize];
            match entry.place.get() {
                Place::Slot(slot) if entry.kind == SymbolKind::Var => Some(slot),
                _ => None,
            }
        })
        .collect();
    Ok(ModuleTemplate {
        init,
        body,
        requests: lists.requests,
        imports: lists.imports,
        exports: lists.exports,
        indirect_exports: lists.indirect,
        star_exports: lists.stars,
        env_size: u16::try_from(unit.analysis.scopes[0].slots).unwrap_or(u16::MAX),
        var_slots,
        scope_info: Arc::new(describer.describe(0)),
        has_tla: unit.analysis.has_tla,
        uses_import_meta: unit.analysis.uses_import_meta,
    })
}

impl<'a> Gen<'a, '_> {
    /// The code that instantiates function declarations.
    fn module_init(&mut self, list: &[Statement<'a>]) -> Res<()> {
        self.prologue()?;
        for statement in list {
            let Some(function) = module_function(statement) else {
                continue;
            };
            let symbol = match &function.id {
                Some(id) => get_symbol(&id.symbol_id),
                None => self.default_symbol(),
            };
            if symbol != NONE {
                self.hoist_function(function, symbol)?;
            }
        }
        self.code.emit(Op::ReturnUndef, 0, 0, 0, 0);
        Ok(())
    }

    /// The symbol of a nameless default export.
    fn default_symbol(&self) -> u32 {
        let analysis = &self.unit.analysis;
        analysis
            .symbols_of(0)
            .find(|&symbol| analysis.symbols[symbol as usize].name == "*default*")
            .unwrap_or(NONE)
    }

    pub(super) fn export_declaration(&mut self, it: &ExportDeclaration<'a>) -> Res<()> {
        self.code.statement(it.span.start);
        match &it.declaration {
            Declaration::VariableDeclaration(declaration) => self.exported_variables(declaration),
            Declaration::ClassDeclaration(class) => self.class_declaration(class),
            _ => Ok(()),
        }
    }

    fn exported_variables(&mut self, it: &VariableDeclaration<'a>) -> Res<()> {
        let mark = self.next;
        self.variable_declaration(it)?;
        self.free(mark);
        Ok(())
    }

    pub(super) fn export_default(&mut self, it: &ExportDefaultDeclaration<'a>) -> Res<()> {
        let mark = self.next;
        self.code.statement(it.span.start);
        match &it.declaration {
            ExportDefaultDeclarationKind::FunctionDeclaration(_) => {}
            ExportDefaultDeclarationKind::ClassDeclaration(class) => {
                let value = self.class(class, Some(text_of("default")))?;
                let symbol = match super::class::declared_symbol(class) {
                    NONE => self.default_symbol(),
                    symbol => symbol,
                };
                self.store_symbol(symbol, value)?;
            }
            declaration => {
                let Some(expression) = declaration.as_expression() else {
                    return self.error("Invalid or unexpected token", it.span.start);
                };
                let value = self.named(expression, Some("default"), None)?;
                let symbol = self.default_symbol();
                self.store_symbol(symbol, value)?;
            }
        }
        self.free(mark);
        Ok(())
    }
}

fn module_function<'n, 'a>(statement: &'n Statement<'a>) -> Option<&'n Function<'a>> {
    match statement {
        Statement::ExportDeclaration(it) => match &it.declaration {
            Declaration::FunctionDeclaration(function) => Some(function),
            _ => None,
        },
        Statement::ExportDefaultDeclaration(it) => match &it.declaration {
            ExportDefaultDeclarationKind::FunctionDeclaration(function) => Some(function),
            _ => None,
        },
        statement => function_declaration(statement),
    }
}

fn literal(it: &StringLiteral<'_>) -> Text {
    if it.lone_surrogates {
        text_of_lone(it.value.as_str())
    } else {
        text_of(it.value.as_str())
    }
}

fn export_name(it: &ModuleExportName<'_>) -> Text {
    match it {
        ModuleExportName::IdentifierName(id) => text_of(id.name.as_str()),
        ModuleExportName::IdentifierReference(id) => text_of(id.name.as_str()),
        ModuleExportName::StringLiteral(it) => literal(it),
    }
}

impl Lists {
    fn request(
        &mut self,
        source: &StringLiteral<'_>,
        clause: Option<&WithClause<'_>>,
        phase: ImportPhase,
    ) -> u32 {
        let attributes = clause
            .iter()
            .flat_map(|clause| &clause.with_entries)
            .map(|entry| {
                let key = match &entry.key {
                    ImportAttributeKey::Identifier(id) => text_of(id.name.as_str()),
                    ImportAttributeKey::StringLiteral(it) => literal(it),
                };
                (key, literal(&entry.value))
            })
            .collect();
        let request = ModuleRequest {
            specifier: literal(source),
            attributes,
            phase,
            offset: source.span.start,
        };
        let known = self.requests.iter().position(|other| {
            other.specifier == request.specifier
                && other.attributes == request.attributes
                && other.phase == request.phase
        });
        match known {
            Some(index) => index as u32,
            None => {
                self.requests.push(request);
                (self.requests.len() - 1) as u32
            }
        }
    }
}

fn collect(unit: &Unit<'_>, list: &[Statement<'_>], lists: &mut Lists) -> Res<()> {
    for statement in list {
        match statement {
            Statement::ImportDeclaration(it) => {
                let phase = match it.phase {
                    None => ImportPhase::Evaluation,
                    Some(oxc_ast::ast::ImportPhase::Source) => ImportPhase::Source,
                    Some(oxc_ast::ast::ImportPhase::Defer) => ImportPhase::Defer,
                };
                let request = lists.request(&it.source, it.with_clause.as_deref(), phase);
                for specifier in it.specifiers.iter().flatten() {
                    let name = match specifier {
                        _ if phase == ImportPhase::Source => ImportName::Source,
                        ImportDeclarationSpecifier::ImportSpecifier(it) => {
                            ImportName::Name(export_name(&it.imported))
                        }
                        ImportDeclarationSpecifier::ImportDefaultSpecifier(_) => {
                            ImportName::Name(text_of("default"))
                        }
                        ImportDeclarationSpecifier::ImportNamespaceSpecifier(_) => {
                            ImportName::Namespace
                        }
                    };
                    let symbol = get_symbol(&specifier.local().symbol_id);
                    if let Some(slot) = slot_of(unit, symbol) {
                        lists.imports.push(ImportEntry {
                            request,
                            name,
                            slot,
                            offset: specifier.span().start,
                        });
                    }
                }
            }
            Statement::ExportAllDeclaration(it) => {
                let request = lists.request(
                    &it.source,
                    it.with_clause.as_deref(),
                    ImportPhase::Evaluation,
                );
                match &it.exported {
                    Some(name) => lists.indirect.push(IndirectExport {
                        name: export_name(name),
                        request,
                        import: ImportName::Namespace,
                        offset: it.span.start,
                    }),
                    None => lists.stars.push(StarExport { request }),
                }
            }
            Statement::ExportFromDeclaration(it) => {
                let request = lists.request(
                    &it.source,
                    it.with_clause.as_deref(),
                    ImportPhase::Evaluation,
                );
                for specifier in &it.specifiers {
                    lists.indirect.push(IndirectExport {
                        name: export_name(&specifier.exported),
                        request,
                        import: ImportName::Name(export_name(&specifier.local)),
                        offset: specifier.span.start,
                    });
                }
            }
            _ => {}
        }
    }
    // Local exports come last: an exported import is an indirect export of what was imported.
    let symbols: FxHashMap<&str, u32> = unit
        .analysis
        .symbols_of(0)
        .map(|symbol| (unit.analysis.symbols[symbol as usize].name, symbol))
        .collect();
    let imported: FxHashMap<u16, (u32, ImportName)> = lists
        .imports
        .iter()
        .filter(|import| import.name != ImportName::Source)
        .map(|import| (import.slot, (import.request, import.name.clone())))
        .collect();
    let mut export = |name, symbol, offset| export(unit, lists, &imported, name, symbol, offset);
    for statement in list {
        match statement {
            Statement::ExportNamedDeclaration(it) => {
                for specifier in &it.specifiers {
                    let ModuleExportName::IdentifierReference(id) = &specifier.local else {
                        continue;
                    };
                    let (symbol, _) = super::scope::get_reference(&id.reference_id);
                    export(
                        export_name(&specifier.exported),
                        symbol,
                        specifier.span.start,
                    );
                }
            }
            Statement::ExportDeclaration(_) | Statement::ExportDefaultDeclaration(_) => {
                let one = std::slice::from_ref(statement);
                let vars = VarNames::collect(one, false).names;
                let mut names: Vec<&str> = vars.iter().map(|&(name, _)| name).collect();
                lexical_names(one, true, &mut |name, _, _| names.push(name));
                let default = matches!(statement, Statement::ExportDefaultDeclaration(_));
                for name in names {
                    let symbol = symbols.get(name).copied().unwrap_or(NONE);
                    let exported = if default { "default" } else { name };
                    export(text_of(exported), symbol, statement.span().start);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn slot_of(unit: &Unit<'_>, symbol: u32) -> Option<u16> {
    match unit.analysis.symbols.get(symbol as usize)?.place.get() {
        Place::Slot(slot) => Some(slot),
        _ => None,
    }
}

fn export(
    unit: &Unit<'_>,
    lists: &mut Lists,
    imported: &FxHashMap<u16, (u32, ImportName)>,
    name: Text,
    symbol: u32,
    offset: u32,
) {
    let Some(slot) = slot_of(unit, symbol) else {
        return;
    };
    match imported.get(&slot) {
        Some((request, import)) => lists.indirect.push(IndirectExport {
            name,
            request: *request,
            import: import.clone(),
            offset,
        }),
        None => lists.exports.push(ExportEntry { name, slot }),
    }
}
