//! Lines that labels open, and those that say by when: they belong to the problem, the work group or the table, not to the
//! last item.

use super::Builder;
use crate::notice::container::Place;
use crate::notice::groups::is_task_label;
use crate::notice::ledger::{self, Line};
use crate::notice::marker::{Form, marker_at};
use crate::notice::outline::{Kind, Node};
use crate::notice::terms;
use crate::notice::twin::Twin;

impl Builder {
    /// A line under the title or right behind a table may say by when what stands there is due.
    pub(super) fn gives_terms(&mut self, line: &Twin) -> bool {
        let table = self.current().roots.is_empty()
            || matches!(self.out.nodes.last(), Some(Node { kind: Kind::Table, .. }));
        let Some(terms) = table.then(|| terms::line(line)).flatten() else { return false };
        match self.out.nodes.last_mut().filter(|last| last.kind == Kind::Table) {
            Some(table) => table.terms = Some(terms),
            None => self.current().terms = Some(terms),
        }
        true
    }

    /// A line that a label opens: 整改措施 and what stands around them belongs to the problem, who answers for a work group
    /// to the group.
    pub(super) fn labelled(&mut self, bare: &Twin, place: &Place) -> bool {
        let on_stack = |at: &usize| self.stack.contains(at);
        let people = self.stack.last().filter(|at| {
            let node = &self.out.nodes[**at];
            node.kind == Kind::Label && !is_task_label(&node.label)
        });
        let group = people.and_then(|at| self.out.nodes[*at].parent);
        match (ledger::line(bare), self.problem.filter(on_stack).or(group)) {
            (Some(Line::Measures(rest)), _) => self.measures(&rest, place),
            (Some(Line::Says(said) | Line::Bracketed(said)), Some(owner)) => {
                self.out.nodes[owner].texts.push((said, place.clone()));
                true
            }
            (Some(Line::Bracketed(said)), None) => {
                self.text(said, place);
                true
            }
            _ => false,
        }
    }

    /// The measures against the problem that is open, as far as they stand in the line of their label.
    fn measures(&mut self, rest: &Twin, place: &Place) -> bool {
        let open = self.problem.filter(|at| self.stack.contains(at)).or(self.stack.last().copied());
        let Some(problem) = open.filter(|at| matches!(self.out.nodes[*at].kind, Kind::Item(..))) else {
            return false;
        };
        self.problem = Some(problem);
        if marker_at(rest.norm()).is_some() {
            self.items(rest, rest, place);
        } else if !rest.is_blank() {
            self.item(Form::Bullet, 0, rest.clone(), place);
        }
        true
    }
}
