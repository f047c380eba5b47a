"""The forty hostile cases of the house's list, and which tests hold each of them: `python -m tests.hostile_cases` names them.

`test_hostile_cases.py` fails when a case has no test, or a test has another name by now.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

CASES: dict[int, tuple[str, tuple[str, ...]]] = {
    1: (
        "script in texts, titles, authors, file names",
        (
            "web/test_article_page.py::test_hostile_words_are_text_everywhere",
            "web/test_ingest_page.py::test_hostile_file_name_is_text",
            "web/test_headers.py::test_templates_hold_no_inline_script_or_style_and_trust_nothing",
            "web/test_headers.py::test_only_the_renderer_and_format_html_make_html",
        ),
    ),
    2: (
        "script in tags, comments, names of people and teams",
        (
            "web_accounts/test_people_and_team_pages.py::test_asvs_1_2_1_names_are_text_on_every_page",
            "web_accounts/test_people_and_team_pages.py::test_asvs_1_2_1_names_are_text_in_messages_refusals_and_invitations",
            "web_accounts/test_record.py::test_page_escapes_whatever_an_entry_holds",
            "web/test_comments.py::test_any_words_are_harmless",
        ),
    ),
    3: ("Markdown that would act", ("web/test_comments.py::test_nothing_acts_in_a_comment",)),
    4: ("links of a PDF", ("test_hostile_cases.py::test_a_link_of_a_file_is_one_only_if_it_leads_to_the_web",)),
    5: (
        "other files named .pdf",
        (
            "ingest_guard/test_sandbox.py::test_the_kind_goes_by_content_first",
            "ingest_guard/test_sandbox.py::test_what_is_wrong_at_a_glance_starts_no_child",
            "jobs/test_handing_in.py::test_a_file_wrong_at_sight_is_refused_without_a_job",
        ),
    ),
    6: (
        "download of an original",
        ("web/test_issue_page.py::test_original_is_handed_out_under_its_own_name_but_never_shown",),
    ),
    7: (
        "bombs",
        (
            "ingest_guard/test_hostile_files.py::test_a_hostile_file_ends_as_read_or_as_one_sentence",
            "ingest_guard/test_sandbox.py::test_every_death_of_the_child_is_a_sentence",
            "ingest_guard/test_sandbox.py::test_the_child_is_confined",
        ),
    ),
    8: (
        "rings and depths",
        (
            "ingest_guard/test_hostile_files.py::test_a_hostile_file_ends_by_itself_when_it_is_read",
            "ingest_guard/test_hostile_files.py::test_a_hostile_file_ends_as_drawn_or_as_one_sentence",
        ),
    ),
    9: ("encrypted", ("ingest_guard/test_hostile_files.py::test_a_hostile_file_ends_as_read_or_as_one_sentence",)),
    10: ("zero pages, scans", ("ingest_scans/test_hostile_scans.py::test_a_hostile_scan_ends_as_one_line",)),
    11: (
        "zip tricks",
        (
            "ingest_guard/test_archive.py::test_hostile_archives_end_in_one_sentence",
            "ingest_guard/test_archive.py::test_names_are_flat_wherever_they_want_to_go",
            "ingest_guard/test_archive.py::test_the_caps_count_what_comes_out",
            "ingest_guard/test_archive.py::test_all_members_together_have_a_cap",
        ),
    ),
    12: (
        "file names",
        (
            "jobs/test_handing_in.py::test_a_shown_name_has_no_folders_and_no_tricks",
            "ingest_guard/test_archive.py::test_a_flat_name_is_never_a_path",
            "ingest_guard/test_sandbox.py::test_awkward_names_are_read",
        ),
    ),
    13: ("import by URL", ("test_hostile_cases.py::test_the_site_fetches_nothing_from_addresses",)),
    14: (
        "patterns that explode",
        (
            "ingest/test_linear_time.py::test_one_megabyte_of_a_hostile_unit_is_read_in_seconds",
            "ingest/test_linear_time.py::test_reading_time_grows_no_faster_than_the_text",
        ),
    ),
    15: ("hostile queries", ("web/test_search_page.py::test_any_text_is_answered_soon",)),
    16: (
        "injection, fields that are none",
        (
            "web/test_search_page.py::test_an_address_that_means_nothing_is_answered_and_said",
            "api/test_order_of_checks.py::test_addresses_say_what_they_mean_or_are_refused",
        ),
    ),
    17: ("page_size, page", ("api/test_order_of_checks.py::test_addresses_say_what_they_mean_or_are_refused",)),
    18: (
        "another's private annotation by id",
        (
            "web/test_mark_access.py::test_each_person_gets_what_the_table_says",
            "annotations/test_visibility.py::test_annotations_are_visible_as_the_table_says",
            "api/test_who_may.py::test_what_people_make_is_open_to_whom_it_should_be",
        ),
    ),
    19: (
        "foreign teams and unseen articles",
        ("annotations/test_actions.py::test_foreign_and_unknown_teams_are_refused_alike",),
    ),
    20: ("read-only keys in JSON", ("api/test_order_of_checks.py::test_hostile_bodies_are_refused_with_a_reason",)),
    21: (
        "granting oneself a role",
        (
            "web_accounts/test_who_may.py::test_asvs_8_2_3_nobody_changes_their_own_role_or_access",
            "accounts/test_actions.py::test_asvs_8_2_3_only_an_administrator_changes_roles",
        ),
    ),
    22: (
        "private text in lists and counts",
        (
            "web/test_canaries.py::test_words_are_in_no_answer_of_any_address",
            "web/test_search_page.py::test_nobody_s_private_annotation_changes_anything_for_others",
            "web/test_notebook.py::test_a_page_is_the_same_whether_others_have_private_annotations_or_none",
        ),
    ),
    23: (
        "private text in feeds, exports, mails, history",
        (
            "web/test_canaries.py::test_words_are_in_no_answer_of_any_address",
            "api/test_who_may.py::test_words_of_others_are_in_no_list",
            "annotations/test_audited.py::test_nothing_of_a_private_annotation_is_kept",
        ),
    ),
    24: (
        "caches and Back",
        (
            "web/test_headers.py::test_pages_are_kept_by_nobody_but_their_reader",
            "web/test_unchanged.py::test_kept_page_of_another_person_is_no_answer",
            "web/test_unchanged.py::test_a_kept_page_is_one_persons",
        ),
    ),
    25: (
        "what there is, told by an error",
        (
            "web/test_access.py::test_hidden_looks_exactly_like_unknown",
            "web/test_mark_access.py::test_unknown_addresses_of_all_kinds_answer_alike",
            "api/test_who_may.py::test_hidden_things_are_told_like_those_that_never_were",
            "web/test_tags.py::test_a_name_that_another_took_for_themselves_behaves_as_new",
        ),
    ),
    26: ("cells of CSV", ("interchange/test_csv.py::test_guarded_never_starts_a_formula_and_is_taken_back",)),
    27: (
        "hostile text in exports",
        (
            "interchange/test_bibtex.py::test_to_bibtex_keeps_hostile_text_inside_its_field",
            "interchange/test_ris.py::test_to_ris_holds_hostile_text_on_one_line",
            "interchange/test_stix.py::test_hostile_words_do_no_harm",
        ),
    ),
    28: (
        "forged requests",
        (
            "web_accounts/test_who_may.py::test_asvs_3_5_1_every_change_needs_the_token_of_its_page",
            "api/test_signing_in_by_token.py::test_cookie_needs_its_token_for_what_changes_something",
            "web/test_issue_page.py::test_get_changes_nothing",
        ),
    ),
    29: (
        "sessions that outlive",
        (
            "web_accounts/test_sign_in.py::test_asvs_7_2_4_the_session_gets_a_new_id_at_sign_in",
            "web_accounts/test_own_account.py::test_asvs_7_4_3_a_new_password_ends_all_other_sessions",
            "web_accounts/test_people_and_team_pages.py::test_asvs_7_4_2_a_disabled_person_is_out_with_the_next_click",
            "api/test_signing_in_by_token.py::test_token_ends_with_its_day_its_account_and_its_password",
        ),
    ),
    30: (
        "guessing",
        (
            "web_accounts/test_sign_in_limits.py::test_asvs_6_3_1_ten_failures_stop_an_account_everywhere",
            "web_accounts/test_sign_in_limits.py::test_asvs_6_3_1_thirty_failures_stop_a_network_address",
        ),
    ),
    31: (
        "who has an account",
        (
            "web_accounts/test_sign_in.py::test_every_failure_looks_the_same",
            "web_accounts/test_sign_in.py::test_every_failure_takes_one_hash",
            "web_accounts/test_lost_password.py::test_every_address_gets_one_answer_and_one_mail",
        ),
    ),
    32: ("where next leads", ("web_accounts/test_sign_in.py::test_asvs_3_7_2_next_never_leads_elsewhere",)),
    33: (
        "foreign hosts",
        (
            "web/test_headers.py::test_foreign_host_is_refused",
            "web_accounts/test_lost_password.py::test_mails_name_the_site_and_not_the_host_that_was_asked",
        ),
    ),
    34: (
        "forged forwarding",
        (
            "web_accounts/test_sign_in_limits.py::test_asvs_4_1_3_a_forged_forwarding_header_is_not_believed",
            "web/test_asked.py::test_number_is_a_trusted_proxys_or_our_own",
        ),
    ),
    35: (
        "tokens",
        (
            "api/test_signing_in_by_token.py::test_bytes_that_are_no_text_are_no_token",
            "test_hostile_cases.py::test_a_token_is_kept_as_a_digest_and_taken_from_no_address",
            "test_log_lines.py::test_an_error_is_told_by_its_kind_and_places_alone",
        ),
    ),
    36: (
        "share links",
        ("test_hostile_cases.py::test_no_address_opens_anything_by_a_secret_but_feeds_and_invitations",),
    ),
    37: (
        "characters",
        (
            "test_hostile_cases.py::test_characters_that_no_database_keeps_are_no_error",
            "api/test_order_of_checks.py::test_nul_in_a_header_is_refused",
            "annotations/test_anchoring.py::test_anchor_takes_nul_for_a_character",
        ),
    ),
    38: (
        "insides of the site",
        (
            "test_hostile_cases.py::test_nothing_of_the_inside_is_served",
            "web/test_outages.py::test_other_errors_say_nothing_of_themselves",
            "web/test_access.py::test_no_page_outside_the_known_rooms_is_mounted",
        ),
    ),
    39: (
        "settings that are none",
        (
            "test_settings.py::test_a_short_secret_key_is_refused",
            "test_settings.py::test_a_key_that_django_made_for_an_example_is_refused",
            "test_settings.py::test_answering_to_any_host_is_refused",
            "test_settings.py::test_debugging_where_others_reach_the_site_is_refused",
            "test_settings.py::test_deployment_check_is_clean_with_a_production_environment",
        ),
    ),
    40: (
        "libraries with known holes",
        (
            "test_hostile_cases.py::test_every_library_is_pinned_beyond_known_holes",
            "test_hostile_cases.py::test_every_pinned_library_has_its_digests_written_down",
        ),
    ),
}


def node_ids() -> list[str]:
    """Return the tests of all cases as pytest takes them, each once."""
    return sorted({f"tests/{test}" for _, tests in CASES.values() for test in tests})


def is_there(test: str) -> bool:
    """Tell whether `tests/` has a function of this name in this file."""
    name, _, function = test.partition("::")
    path = ROOT / "tests" / name
    if not path.is_file():
        return False
    return any(isinstance(node, ast.FunctionDef) and node.name == function for node in ast.parse(path.read_text()).body)


if __name__ == "__main__":
    sys.stdout.write(" ".join(node_ids()) + "\n")
