"""Writes the table of all rules of the policy packs into ``docs/clearance-rules.md``.

With ``--check`` nothing is written, and the exit code says whether the file is up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from generique.clearance.packs import ALWAYS, Confidence, Pack, Rule, known_packs
from generique.clearance.verdict import Effect

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "docs" / "clearance-rules.md"

HEAD = """\
# Rules of the policy packs

A production names its packs in `production.toml` (`policy_packs`); the pack `always` applies to
every production. This page is written by `tools/clearance_rules.py` from the data under
`src/generique/clearance/packs/rules/`: do not edit it by hand.

**Sure** says how sure it is that the source says so: **text** – the text itself was read, or the
behaviour was seen; **report** – known through somebody who reports the text; **unconfirmed** –
nobody could confirm it, and such a rule only warns; **own** – a rule of this program, drawn from
others. **Effect**: a rule that *stops* lets the act go on only when it passed; a rule that *warns*
stays open in the audit until a person closes it. Many rules that stop only warn in some cases,
where a film is plainly fiction, for example; the outcome says which it is. **Judged**: by a
function of the program, or only by people. What the program does not judge comes out open, never
passed. Notes under a table say where only a part is judged.

Obligations are told in words of this program, and nothing here is legal advice. Sources are as they
were known on 22 November 2026.
"""

SURE = {
    Confidence.PRIMARY: "text",
    Confidence.SECONDARY: "report",
    Confidence.UNCONFIRMED: "unconfirmed",
    Confidence.DESIGN: "own",
}


def page() -> str:
    """The whole page."""
    packs = known_packs()
    ordered = [packs[name] for name in packs if name != ALWAYS] + [packs[ALWAYS]]
    rules = [rule for pack in ordered for rule in pack.rules]
    judged = sum(rule.implemented for rule in rules)
    count = f"\n{len(rules)} rules in {len(packs)} packs; the program judges {judged} of them.\n"
    return HEAD + count + "".join(section for pack in ordered for section in _sections(pack))


def _sections(pack: Pack) -> Iterator[str]:
    """Heading, table and notes of one pack."""
    yield f"\n## `{pack.name}`: {pack.title}\n\n{pack.about}\n\n"
    yield "| Rule | Obligation | Applies to | Source | Date | Sure | Effect | Judged |\n"
    yield "|---|---|---|---|---|---|---|---|\n"
    for rule in pack.rules:
        yield f"| {' | '.join(_cells(rule))} |\n"
    notes = [note for rule in pack.rules for note in _notes(rule)]
    if notes:
        yield "\n" + "".join(f"- {note}\n" for note in notes)


def _cells(rule: Rule) -> tuple[str, ...]:
    source = f"[{rule.source}]({rule.address})" if rule.address else rule.source
    stops = rule.effect is Effect.BLOCK and rule.blocks
    return (
        rule.id,
        rule.title,
        rule.applies,
        source,
        rule.date,
        SURE[rule.confidence] + (" \\*" if rule.unconfirmed else ""),
        f"stops at {', '.join(gate.value for gate in rule.gates)}" if stops else "warns",
        "by the program" if rule.implemented else "by people only",
    )


def _notes(rule: Rule) -> Iterator[str]:
    if rule.unconfirmed:
        yield f"{rule.id} \\*: unconfirmed is {rule.unconfirmed}"
    if rule.why_not:
        yield f"{rule.id} is judged by people only. {rule.why_not}"
    if rule.limits:
        yield f"{rule.id} is judged in part. {rule.limits}"


def main(arguments: list[str]) -> int:
    """Write the page, or check it; 0 when it is up to date."""
    text = page()
    current = FILE.is_file() and FILE.read_text("utf-8") == text
    if "--check" in arguments:
        if not current:
            print(f"out of date: {FILE.name}; run `make fix`", file=sys.stderr)
        return 0 if current else 1
    if not current:
        FILE.write_text(text, "utf-8")
        print(FILE.name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
