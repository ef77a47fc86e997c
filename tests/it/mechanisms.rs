//! The seventy mechanisms that the notice sets up: the README says how each is served, and here stands the story that shows it.

use std::fs;
use std::path::{Path, PathBuf};

/// Which rows of the README's table a test shows.
const STORIES: &[(&str, &[u8])] = &[
    ("on_monday_the_office_gets_the_agenda_of_its_meeting_and_nobody_else_does", &[1]),
    ("on_the_last_monday_of_a_quarter_every_round_asks_in_the_right_chat", &[2, 7, 8, 10]),
    ("row_03_the_report_of_a_quarter_is_put_together_from_its_months_and_filed_with_one_tap", &[3]),
    ("the_window_shows_what_is_ripe_and_what_lacks", &[4]),
    ("the_lead_is_told_in_private_what_came_of_a_round_and_what_did_not", &[5]),
    ("the_papers_of_months_that_were_played", &[6, 11, 24, 46, 50, 58]),
    ("row_25_a_need_is_closed_only_when_the_enterprise_is_content", &[9, 25]),
    ("whoever_lacks_topics_is_told_so_in_private_three_times_a_year", &[12]),
    ("what_the_notice_leaves_open_gets_its_term_from_the_office_and_is_then_chased", &[13, 14, 21, 22]),
    ("what_the_office_has_not_settled_is_asked_of_nobody", &[15]),
    ("one_duty_of_an_item_is_reported_by_its_own_number", &[16]),
    ("a_silent_unit_is_nudged_by_the_ladder_and_each_step_is_said_once", &[17]),
    ("a_campaign_gets_a_start_and_counts_down_on_every_agenda", &[18, 19]),
    ("progress_quantity_and_difficulty_are_read_back_in_one_line", &[20, 28]),
    ("an_acknowledgement_stops_the_ladder_until_the_promised_day", &[23]),
    ("row_26_visits_are_counted_against_the_register", &[26]),
    ("row_27_and_32_a_unit_owns_up_to_problems_and_each_is_put_right_by_an_item", &[27, 32, 66]),
    ("a_unit_asks_for_an_exemption_and_the_office_approves_with_one_tap", &[29]),
    ("a_notice_sent_to_the_chat_becomes_a_plan_that_is_chased_once_confirmed", &[31]),
    ("a_file_with_a_report_is_kept_and_the_office_can_see_it", &[33]),
    ("row_34_a_project_without_a_leader_or_a_crew_is_listed", &[34]),
    ("row_35_numbers_lie_sealed_and_leave_only_on_the_list_to_be_published", &[35]),
    ("a_liaisons_claim_counts_once_the_leader_has_agreed", &[36]),
    ("row_37_the_four_systems_of_an_item_are_shown_and_their_gaps_listed", &[37]),
    ("row_38_and_42_groups_and_remits_are_shown_and_set_by_command", &[38]),
    ("only_the_administrator_gives_roles_in_the_office", &[39]),
    ("row_40_a_successor_takes_the_post_over_from_its_day_and_old_records_keep_the_old_holder", &[40]),
    ("row_41_54_and_69_everything_is_counted_by_its_source", &[41, 54, 69]),
    ("row_42_a_county_leader_reads_once_a_week_and_is_never_asked", &[42, 57]),
    ("traps_become_findings", &[43]),
    ("sums_add_up_and_a_score_is_the_sum_of_what_it_rests_on", &[44]),
    ("a_board_is_first_shown_to_each_unit_alone_then_signed_then_published", &[45]),
    ("row_47_investment_is_ranked_by_what_the_office_has_entered_and_nobody_is_named_last", &[47]),
    ("stars_need_voters_and_a_newer_number_takes_the_place_of_the_older", &[48]),
    (
        "row_49_and_51_what_follows_from_a_board_is_proposed_to_the_head_and_told_to_each_unit_alone",
        &[49, 51],
    ),
    ("row_53_an_instruction_becomes_an_item_and_its_end_goes_back_to_whoever_gave_it", &[53]),
    ("row_55_votes_on_conduct_are_totals_and_who_has_too_few_of_them_is_not_ranked", &[55]),
    ("row_61_what_an_inspection_finds_is_looked_at_again", &[56, 61]),
    ("row_63_a_suggestion_is_adopted_into_an_item_or_declined_with_the_reason", &[63]),
    ("a_claim_goes_to_the_office_and_is_closed_by_a_button", &[64]),
    ("row_65_decisions_of_a_meeting_become_items_and_the_next_meeting_asks_for_them_first", &[65]),
    ("the_bot_keeps_a_ledger_of_its_own_disturbance", &[70]),
];

/// The rows that may be recorded or refused instead of run; the README gives the reason.
const NOT_RUN: [u8; 7] = [30, 52, 59, 60, 62, 67, 68];

/// The numbers of the README's table, in its order.
fn rows(readme: &str) -> Vec<u8> {
    let table = readme.split("## How the seventy mechanisms are served").nth(1).expect("the section");
    let table = table.split("\n## ").next().unwrap_or_default();
    table.lines().filter_map(|line| line.strip_prefix("| ")?.split(' ').next()?.parse().ok()).collect()
}

fn rust_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, into);
        } else if path.extension().is_some_and(|end| end == "rs") {
            into.push(path);
        }
    }
}

#[test]
fn every_mechanism_of_the_notice_has_its_story_or_its_reason() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("the README");
    assert_eq!(rows(&readme), (1..=70).collect::<Vec<u8>>());

    let mut shown: Vec<u8> =
        STORIES.iter().flat_map(|(_, rows)| rows.iter().copied()).chain(NOT_RUN).collect();
    shown.sort_unstable();
    assert_eq!(shown, (1..=70).collect::<Vec<u8>>(), "each row once");

    let mut files = Vec::new();
    rust_files(&root.join("tests/it"), &mut files);
    rust_files(&root.join("src"), &mut files);
    let code: String = files.iter().map(|file| fs::read_to_string(file).expect("a file")).collect();
    for (story, rows) in STORIES {
        assert!(code.contains(&format!("fn {story}(")), "rows {rows:?}: no test is called {story}");
    }
}
