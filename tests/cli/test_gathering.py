"""Which files are compiled, and whose they are."""

from pathlib import Path

import pytest

from gcmtext.cli.gathering import gather, read_names
from gcmtext.errors import InvalidText, NotFound


def test_delegations_are_named_by_the_mapping_by_the_command_or_by_the_file(tmp_path: Path) -> None:
    for name in ("base.docx", "costa_rica.docx", "group-of-77.docx", "EU.docx", "notes.jpg", "~$mexico.docx"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "names.yaml").write_text(
        "files: {EU.docx: European Union}\nshort: {European Union: EU}\n", encoding="utf-8"
    )
    names = read_names(tmp_path / "names.yaml")
    assert names.short == {"European Union": "EU"}
    found = gather([str(tmp_path), "Côte  d’Ivoire=ci.docx"], names, tmp_path / "base.docx").sent
    assert [(sent.path.name, sent.delegation) for sent in found] == [
        ("EU.docx", "European Union"),
        ("costa_rica.docx", "Costa Rica"),
        ("group-of-77.docx", "Group of 77"),
        ("ci.docx", "Côte d’Ivoire"),
    ]


def test_a_mapping_may_be_lines_only_and_must_be_one(tmp_path: Path) -> None:
    (tmp_path / "names.yaml").write_text("eu.docx: European Union\n", encoding="utf-8")
    assert read_names(tmp_path / "names.yaml").files == {"eu.docx": "European Union"}
    (tmp_path / "list.yaml").write_text("- eu.docx\n", encoding="utf-8")
    with pytest.raises(InvalidText, match=r"list\.yaml is no mapping"):
        read_names(tmp_path / "list.yaml")
    with pytest.raises(NotFound, match="There is no file"):
        read_names(tmp_path / "none.yaml")


def test_nothing_in_a_folder_is_passed_over_in_silence(tmp_path: Path) -> None:
    for name in ("base.docx", "japan.doc", "kenya.ODT", "map.xlsx", ".hidden.docx", "~$kenya.docx"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "late").mkdir()
    (tmp_path / "names.yaml").write_text("eu.docx: European Union\njapan.doc: Japan\n", encoding="utf-8")
    found = gather([str(tmp_path)], read_names(tmp_path / "names.yaml"), tmp_path / "base.docx")
    assert [(sent.path.name, sent.delegation) for sent in found.sent] == [
        ("japan.doc", "Japan"),
        ("kenya.ODT", "Kenya"),
    ]
    assert found.passed_over == ("late/", "map.xlsx")
    assert found.missing == ("eu.docx",)


def test_a_folder_without_texts_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file that could hold a text in"):
        gather([str(tmp_path)], read_names(None), tmp_path / "base.docx")
