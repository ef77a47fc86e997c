//! Every act on every paper in every state by everybody, written out; and what no sequence of acts can do.

use proptest::prelude::*;

use super::*;

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 7, number).expect("a day of July")
}

const HEAD: Hand = Hand { is_head: true, has_drafted: false };
const DRAFTER: Hand = Hand { is_head: true, has_drafted: true };
const STAFF: Hand = Hand { is_head: false, has_drafted: true };

fn paper(kind: PaperKind, state: PaperState) -> PaperStanding {
    let objections_until = (kind == PaperKind::Board && state != PaperState::Draft).then(|| day(5));
    PaperStanding { kind, state, objections_until, unanswered: 0, upheld: 0 }
}

/// What comes of an act in the five states, one letter each: `d r s w x`, or `-` where it is refused.
fn row(kind: PaperKind, act: PaperAct, by: Hand, today: NaiveDate) -> String {
    let letter = |state: &PaperState| match decide(&paper(kind, *state), act, by, today) {
        Ok(PaperState::Draft) => 'd',
        Ok(PaperState::Released) => 'r',
        Ok(PaperState::Signed) => 's',
        Ok(PaperState::Withdrawn) => 'w',
        Ok(PaperState::Replaced) => 'x',
        Err(_) => '-',
    };
    PaperState::ALL.iter().map(letter).collect()
}

#[test]
fn every_act_on_every_paper_does_what_it_is_meant_to() {
    // In the states draft, released, signed, withdrawn, replaced; on the day after objections.
    let table = [
        (PaperAct::Release, "-----", "r----"),
        (PaperAct::Object, "-----", "-----"),
        (PaperAct::Sign, "ss---", "-s---"),
        (PaperAct::Publish, "--s--", "--s--"),
        (PaperAct::Withdraw, "-ww--", "-ww--"),
        (PaperAct::Replace, "xx---", "xx---"),
    ];
    for (act, bulletin, board) in table {
        assert_eq!(row(PaperKind::Bulletin, act, HEAD, day(6)), bulletin, "{act:?}");
        assert_eq!(row(PaperKind::Slip, act, HEAD, day(6)), bulletin, "{act:?}");
        assert_eq!(row(PaperKind::Board, act, HEAD, day(6)), board, "{act:?}");
    }
    assert_eq!(row(PaperKind::Ledger, PaperAct::Sign, HEAD, day(6)), "-----");
    // While the units may object.
    assert_eq!(row(PaperKind::Board, PaperAct::Object, STAFF, day(5)), "-r---");
    assert_eq!(row(PaperKind::Board, PaperAct::Sign, HEAD, day(5)), "-----");
}

#[test]
fn whoever_drew_it_up_neither_releases_nor_signs_it_and_nobody_but_the_head_does() {
    for act in [PaperAct::Release, PaperAct::Sign] {
        for kind in PaperKind::ALL {
            assert_eq!(row(*kind, act, DRAFTER, day(6)), "-----", "{act:?} {kind:?}");
            assert_eq!(row(*kind, act, STAFF, day(6)), "-----", "{act:?} {kind:?}");
        }
    }
    assert_eq!(row(PaperKind::Board, PaperAct::Publish, STAFF, day(6)), "-----");
    assert_eq!(row(PaperKind::Bulletin, PaperAct::Publish, STAFF, day(6)), "--s--");
    assert_eq!(row(PaperKind::Bulletin, PaperAct::Withdraw, STAFF, day(6)), "-----");
}

#[test]
fn a_board_waits_for_its_objections() {
    let board = paper(PaperKind::Board, PaperState::Released);
    let sign = |board: PaperStanding| decide(&board, PaperAct::Sign, HEAD, day(6));
    let open = PaperStanding { unanswered: 2, ..board };
    assert_eq!(sign(open), Err(PaperRefusal::Unanswered(2)));
    assert_eq!(sign(PaperStanding { upheld: 1, ..open }), Err(PaperRefusal::Upheld));
    assert_eq!(decide(&board, PaperAct::Sign, HEAD, day(4)), Err(PaperRefusal::TooEarly(day(5))));
}

proptest! {
    /// However acts follow one another, nothing is signed but by a head who did not draw it up, no board without its days of
    /// objection, and what is over stays so.
    #[test]
    fn no_way_leads_round_the_rules(
        kind in proptest::sample::select(PaperKind::ALL),
        acts in proptest::collection::vec(
            (proptest::sample::select(PaperAct::ALL), any::<bool>(), any::<bool>(), 1..10u32), 0..20),
    ) {
        let mut paper = PaperStanding {
            kind, state: PaperState::Draft, objections_until: None, unanswered: 0, upheld: 0,
        };
        for (act, is_head, has_drafted, on) in acts {
            let before = paper;
            let Ok(after) = decide(&paper, act, Hand { is_head, has_drafted }, day(on)) else { continue };
            prop_assert!(!matches!(before.state, PaperState::Withdrawn | PaperState::Replaced));
            if after == PaperState::Signed && before.state != PaperState::Signed {
                prop_assert!(is_head && !has_drafted && kind != PaperKind::Ledger);
                let waited = before.objections_until.is_some_and(|until| day(on) > until);
                prop_assert!(kind != PaperKind::Board || (before.state == PaperState::Released && waited));
            }
            if act == PaperAct::Release {
                paper.objections_until = Some(day(on));
            }
            paper.state = after;
        }
    }
}
