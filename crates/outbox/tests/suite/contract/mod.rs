//! What every database promises: the same cases for all of them.

mod begin;
mod campaigns;
mod differential;
mod finish;
pub(crate) mod fixture;
mod import;
mod pauses;
mod progress;
mod report;
mod settle;

/// Makes each case a test of each database.
macro_rules! contract {
    ($($module:ident: $($case:ident)+;)+) => {
        mod memory {
            $($(
                #[tokio::test]
                async fn $case() {
                    super::$module::$case(super::fixture::Fixture::memory().await).await;
                }
            )+)+
        }

        mod sqlite {
            $($(
                #[tokio::test]
                async fn $case() {
                    super::$module::$case(super::fixture::Fixture::sqlite().await).await;
                }
            )+)+
        }

        mod postgres {
            $($(
                #[tokio::test]
                async fn $case() {
                    if let Some(fixture) = super::fixture::Fixture::postgres().await {
                        super::$module::$case(fixture).await;
                    }
                }
            )+)+
        }
    };
}

contract! {
    begin:
        a_message_begins_once
        concurrent_workers_get_different_messages
        the_highest_priority_begins_first
        nothing_begins_before_it_is_due
        nothing_begins_outside_the_hours_of_the_recipient
        what_has_expired_is_skipped_at_any_hour
        who_opted_out_after_the_import_is_skipped
        a_recipient_gets_one_message_at_a_time
        the_rate_holds_for_all_workers
        a_clock_that_is_put_back_does_not_stop_the_account;
    finish:
        an_answer_is_recorded_once
        a_result_of_another_attempt_has_no_effect
        an_overdue_message_becomes_unknown_and_a_late_answer_decides_it
        what_was_not_sent_returns_with_growing_pauses_and_is_given_up_after_five
        what_was_late_returns_at_once_and_as_often_as_needed
        a_late_answer_to_an_earlier_attempt_is_an_event
        an_answer_that_comes_after_a_person_has_sent_the_message_again_stops_the_second_copy
        a_look_right_after_the_answer_settles_a_message_and_ends_a_row_of_unknown_outcomes
        a_late_look_settles_what_is_unknown_and_overrides_nobody
        a_look_proves_nothing_if_an_earlier_request_may_have_arrived_meanwhile;
    pauses:
        a_refused_account_is_paused_with_its_reason_and_its_message_returned
        three_unknown_outcomes_in_a_row_pause_the_account_until_one_is_answered
        a_check_that_succeeds_starts_a_trial
        trials_become_rare_and_end
        a_person_overrides_the_automatic_trial
        a_check_that_takes_too_long_is_void
        overdue_messages_pause_the_account_as_unknown_outcomes_do
        a_message_that_cannot_be_sent_says_nothing_about_the_provider
        a_provider_that_asks_to_wait_holds_the_whole_account
        nothing_begins_after_a_pause_of_the_account
        an_hour_without_a_worker_pauses_a_campaign;
    campaigns:
        a_campaign_runs_from_draft_to_finished
        a_campaign_starts_only_when_it_is_whole_and_has_the_expected_count
        a_cancelled_campaign_sends_nothing_more
        a_name_belongs_to_one_plan
        what_does_not_exist_is_named;
    import:
        a_recipient_is_imported_once_in_any_spelling
        a_repeated_import_continues
        a_list_that_is_extended_is_whole_only_when_the_import_ends
        a_mistake_is_named_with_its_line_and_nothing_is_added
        a_list_with_a_mistake_never_becomes_whole
        a_started_campaign_takes_no_more_messages
        a_key_enqueues_one_message;
    settle:
        a_person_cannot_decide_while_a_request_may_be_on_its_way
        an_unknown_message_is_sent_again_only_by_a_person
        sending_again_reopens_a_finished_campaign
        unknown_messages_are_listed_in_pages;
    report:
        a_report_says_of_each_message_what_happened
        a_report_has_the_messages_of_its_campaign_in_many_pages
        a_report_that_cannot_be_written_is_an_error
        a_report_can_be_read_as_a_list
        what_is_not_done_is_sent_again_on_command
        opt_outs_are_listed_in_pages;
    progress:
        progress_says_how_far_a_campaign_is_and_when_it_ends
        progress_says_what_stops_a_campaign
        campaigns_that_go_first_delay_the_forecast;
}
