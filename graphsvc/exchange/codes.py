"""Every code that an import may say: the delivery layers have a sentence for each, a test holds the lists.

Where a remedy has no code of its own it bears the code of the rule.
"""

from graphsvc.domain.records import RecordKind

FILE_RULES = frozenset(
    {
        "archive_too_large",
        "empty_file",
        "encoding_unreadable",
        "field_too_long",
        "file_not_found",
        "file_too_large",
        "file_unreadable",
        "forbidden_character",
        "missing_columns",
        "duplicate_header",
        "no_table_found",
        "quotes_unbalanced",
        "too_many_files",
        "unknown_table",
        "workbook_not_read",
        "zip_encrypted",
        "zip_link",
        "zip_path_outside",
        "zip_ratio",
        "zip_unreadable",
    }
)
ROW_RULES = frozenset(
    {
        "adopts_itself",
        "ambiguous_municipality",
        "attendance_twice",
        "blank_in_list",
        "country_code",
        "cyclic_hierarchy",
        "date_form",
        "date_impossible",
        "depends_on_rejected",
        "duplicate_key",
        "end_before_start",
        "holds_email",
        "holds_phone",
        "id_of_another",
        "key_form",
        "key_of_another",
        "latitude_range",
        "level_of_school_only",
        "link_to_itself",
        "longitude_range",
        "negative",
        "number_form",
        "owner_required_unless_recorded",
        "participation_twice",
        "party_twice",
        "point_incomplete",
        "refers_to_itself",
        "required",
        "rna_form",
        "row_too_long",
        "row_too_short",
        "siren_form",
        "unknown_code",
        "unknown_country",
        "unknown_municipality",
        "website_scheme",
        "whole_number_form",
    }
)
NAMED_KINDS = frozenset(
    {
        RecordKind.ACTOR,
        RecordKind.AGREEMENT,
        RecordKind.EVENT,
        RecordKind.PLACE,
        RecordKind.PROJECT,
        RecordKind.SKILL,
        RecordKind.THEME,
    }
)
NAME_RULES = frozenset(f"{how}_{kind.value}" for how in ("unknown", "ambiguous") for kind in NAMED_KINDS)
WORKBOOK_RULES = frozenset({"cell_too_long", "sheet_too_long"})  # of an export
RULES = FILE_RULES | ROW_RULES | NAME_RULES | WORKBOOK_RULES

OWN_REMEDIES = frozenset(
    {
        "accepted_codes",
        "cells_expected",
        "check_path",
        "choose_key",
        "choose_other_id",
        "correct_first",
        "country_code_or_name",
        "cut_circle",
        "date_forms",
        "expected_columns",
        "fill_cell",
        "give_id",
        "give_insee_code",
        "headers_expected",
        "name_of_table",
        "names_of_tables",
        "nearest_entries",
        "one_column_each",
        "one_row_each",
        "period_forms",
        "same_actor_or_other_number",
        "save_as_csv_or_zip",
        "save_as_utf8",
        "zip_again",
        "zip_without_password",
    }
)
REMEDIES = OWN_REMEDIES | RULES

NOTICES = frozenset(
    {
        "commune_understood",
        "confirmed_in_future",
        "encoding_recognised",
        "file_ignored",
        "link_within_merged_left_out",
        "merged_record_left_out",
        "separator_recognised",
    }
)
