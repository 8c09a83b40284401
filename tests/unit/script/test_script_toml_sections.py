from __future__ import annotations

from generique.script.toml_sections import read_toml, written

TEXT = '''\
# top
a = 1

# about b
[[b]] # head
x = """
[[b]]
# not a comment
y = 2
""" # after
"quoted key" = [
  "]", # ] "
  {z = '#'},
]
w = \'\'\'it\'s " """ fine\'\'\'\'
# about w

# about the inner
[b.c]
d = 1
# straight above
[[b]]
x = ""
[[b.list]]
k = "\\""
[[b.list]]
k = 2

# footer
'''


def test_sections_lines_and_comments() -> None:
    file = read_toml(TEXT, where="f.toml")
    assert [section.place for section in file.sections] == [
        (),
        ("b", 0),
        ("b", 0, "c"),
        ("b", 1),
        ("b", 1, "list", 0),
        ("b", 1, "list", 1),
    ]
    lines = TEXT.split("\n")

    def at(*place: str | int) -> str:
        return lines[file.line_of(place) - 1]

    assert at("a") == "a = 1"
    assert at("b", 0) == "[[b]] # head"
    assert at("b", 0, "quoted key") == '"quoted key" = ['
    assert at("b", 0, "w").startswith("w = ")
    assert at("b", 0, "c", "d") == "d = 1"
    assert file.line_of(("b", 1, "list", 1, "k")) == lines.index("k = 2") + 1
    assert file.line_of(("b", 0, "unknown")) == lines.index("[[b]] # head") + 1
    assert file.line_of(("nowhere",)) == 1
    leads = [section.lead.strip() for section in file.sections]
    assert leads == ["", "# about b", "# about the inner", "# straight above", "", ""]
    assert file.sections[1].body.endswith("# about w")
    assert file.footer.strip() == "# footer"


def test_writing_changes_no_meaning_and_settles() -> None:
    file = read_toml(TEXT, where="f.toml")
    once = written(file.sections, file.footer)
    again = read_toml(once, where="f.toml")
    assert again.values == file.values
    assert written(again.sections, again.footer) == once
    assert sorted(filter(None, once.split("\n"))) == sorted(filter(None, TEXT.split("\n")))


def test_updates_keep_comments() -> None:
    section = read_toml("a = 1 # why\n# mine\nb = 2\n", where="f").sections[0]
    assert section.updated({"a": 3, "c": {"d": 1}}, only=True).body.startswith("a = 3 # why\n")
    changed = section.updated({"a": 3, "c": {"d": 1}}, only=True)
    assert "# mine" in changed.body
    assert "b = 2" not in changed.body
    assert "c = {d = 1}" in changed.body


def test_a_statement_may_end_the_file_without_a_line_feed() -> None:
    file = read_toml('a = """\nx"""', where="f")
    assert written(file.sections) == 'a = """\nx"""\n'
