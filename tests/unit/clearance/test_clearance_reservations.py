from __future__ import annotations

import json
from typing import Any

import pytest

from generique.clearance.reservations.carried import read_assertion, read_packet
from generique.clearance.reservations.robots import read_preference, read_robots
from generique.clearance.reservations.scan import (
    PROTOCOLS,
    Sayings,
    is_reserved,
    merged,
    scan,
    site_path,
)
from generique.clearance.reservations.tdmrep import read_headers, read_page, read_site_file
from generique.clearance.reservations.words import LONGEST, place_matches, short
from generique.marks.credential.claims import mining
from generique.model.answer import Answer
from generique.model.kept_passports import Reservation

YES, NO, UNSURE, UNKNOWN = Answer.YES, Answer.NO, Answer.UNSURE, Answer.UNKNOWN


@pytest.mark.parametrize(
    ("pattern", "path", "holds"),
    [
        ("/", "/a/b", True),
        ("/a", "/a/b", True),
        ("/a", "/b", False),
        ("/a$", "/a", True),
        ("/a$", "/a/b", False),
        ("/*.jpg$", "/x/y.jpg", True),
        ("/*.jpg$", "/x/y.jpg?size=2", False),
        ("*/private/", "/a/private/b", True),
        ("/a*b*c", "/a-b-c-d", True),
        ("/a*b*c", "/a-c-b", False),
        ("/a.c", "/abc", False),
        ("/a**b", "/axxb", True),
        ("/*\n$", "/x\n", True),
    ],
)
def test_patterns_of_paths(pattern: str, path: str, *, holds: bool) -> None:
    assert place_matches(pattern, path) is holds


def test_what_was_found_is_kept_short() -> None:
    assert short(" a \n b ") == "a b"
    assert len(short("x" * 2000)) == LONGEST


def rules(*said: tuple[Any, ...]) -> str:
    return json.dumps(
        [
            {"location": place, "tdm-reservation": value, **(more[0] if more else {})}
            for place, value, *more in said
        ]
    )


@pytest.mark.parametrize(
    ("text", "answer", "found"),
    [
        (rules(("/", 1)), YES, "tdm-reservation: 1 (for /)"),
        (rules(("/", 0)), NO, "tdm-reservation: 0 (for /)"),
        (
            rules(("/art/*", 1, {"tdm-policy": "https://example.org/p.json"})),
            YES,
            "tdm-policy: https://example.org/p.json",
        ),
        (rules(("/text", 1)), UNKNOWN, "no rule for /art/bird.jpg"),
        (rules(("/art/", 0), ("/", 1)), UNSURE, "for /art/"),
        (rules(("/", 2)), UNSURE, "tdm-reservation: 2"),
        (rules(("/", True)), UNSURE, "tdm-reservation: True"),
        ('[{"tdm-reservation": 1}]', UNSURE, "a rule without a location"),
        ("[7]", UNSURE, "a rule without a location"),
        ("{}", UNSURE, "no list of rules"),
        ("no json", UNSURE, "cannot be read"),
        ("[" * 100_000, UNSURE, "cannot be read"),
    ],
)
def test_the_file_of_a_site(text: str, answer: Answer, found: str) -> None:
    said = read_site_file(text, "/art/bird.jpg", where="tdmrep.json")
    assert said.reserved is answer
    assert found in said.found
    assert said.protocol == "tdmrep"


def test_headers_of_an_answer() -> None:
    said = read_headers({"TDM-Reservation": " 1 ", "tdm-policy": "https://p"}, where="header")
    assert said.reserved is YES
    assert "https://p" in said.found
    assert read_headers({"tdm-reservation": "0"}, where="header").reserved is NO
    assert read_headers({"Content-Type": "a"}, where="header").reserved is UNKNOWN


@pytest.mark.parametrize(
    ("page", "answer"),
    [
        ('<head><meta name="tdm-reservation" content="1"></head>', YES),
        ("<META NAME='TDM-Reservation' CONTENT='0'>", NO),
        ('<meta name="tdm-reservation"><p>', UNSURE),
        ('<meta name="author" content="1"><meta charset="utf-8">', UNKNOWN),
        ("<!-- <meta name='tdm-reservation' content='1'> -->", UNKNOWN),
        ('<meta name="tdm-reservation" content="1"><meta name="tdm-reservation" content="0">', YES),
    ],
)
def test_the_head_of_a_page(page: str, answer: Answer) -> None:
    assert read_page(page, where="page").reserved is answer


@pytest.mark.parametrize(
    ("text", "answer", "found"),
    [
        ("User-agent: GPTBot\nDisallow: /", YES, "gptbot"),
        ("user-agent: gptbot # a robot\n disallow:/art/", YES, "gptbot"),
        ("User-agent: *\nDisallow: /", YES, "*"),
        ("User-agent: CCBot\nUser-agent: GPTBot\nDisallow: /art", YES, "ccbot, gptbot"),
        ("User-agent: GPTBot\nDisallow:", UNKNOWN, "no robot is kept out"),
        ("User-agent: GPTBot\nDisallow: /\nAllow: /art/", UNKNOWN, ""),
        ("User-agent: GPTBot\nAllow: /art/\nDisallow: /art/", UNKNOWN, ""),
        ("User-agent: GPTBot\nDisallow: /a\nUser-agent: GPTBot\nDisallow: /art/b", YES, ""),
        ("User-agent: Searcher\nDisallow: /", UNKNOWN, ""),
        ("User-agent: CCBot\nDisallow: /\n\nUser-agent: GPTBot\nAllow: /", YES, "for ccbot"),
        ("Disallow: /", UNKNOWN, ""),
        ("", UNKNOWN, "no robot is kept out"),
        ("nonsense\n:::\n", UNKNOWN, ""),
        ("\ufeffUser-agent: GPTBot\nDisallow: /", YES, ""),
        ("User-agent: *\nContent-Usage: train-ai=n\nAllow: /", YES, "train-ai=n"),
        ("User-agent: *\nContent-Usage: /text train-ai=n", UNKNOWN, ""),
        ("User-agent: *\nContent-Usage: /art/ train-ai=y", NO, "train-ai=y"),
        ("User-agent: *\nContent-Signal: search=yes, ai-train=no", YES, "ai-train=no"),
        ("User-agent: *\nContent-Signal: search=yes", UNKNOWN, ""),
        ("User-agent: *\nContent-Signal: ai-train=perhaps", UNSURE, "perhaps"),
        ("User-agent: *\nContent-Signal: ai-train=yes\nDisallow: /art", YES, "Disallow"),
    ],
)
def test_robots(text: str, answer: Answer, found: str) -> None:
    said = read_robots(text, "/art/bird.jpg", where="robots.txt")
    assert said.reserved is answer, said
    assert found in said.found


def test_the_header_of_a_preference() -> None:
    assert read_preference("train-ai=n", where="header").reserved is YES
    assert read_preference("bots=y", where="header").reserved is UNKNOWN


@pytest.mark.parametrize(
    ("use", "answer"),
    [
        ({"use": "allowed"}, NO),
        ({"use": "notAllowed"}, YES),
        ({"use": "constrained"}, YES),
        ({"use": "constrained", "constraint_info": " "}, YES),
        ({"use": "constrained", "constraint_info": "ask us"}, UNSURE),
        ({"use": "sometimes"}, UNSURE),
        ({}, UNSURE),
        ("allowed", UNSURE),
    ],
)
def test_an_assertion_of_a_credential(use: Any, answer: Answer) -> None:
    data = {"entries": {"cawg.ai_training": use, "cawg.data_mining": {"use": "allowed"}}}
    said = read_assertion(data, where="bird.jpg")
    assert said.reserved is answer
    assert said.protocol == "c2pa-cawg"


def test_uses_that_are_not_about_training_are_passed_over() -> None:
    data = {"entries": {"cawg.ai_inference": {"use": "notAllowed"}}}
    assert read_assertion(data, where="x").reserved is UNKNOWN
    assert read_assertion({"entries": []}, where="x").reserved is UNSURE
    assert read_assertion("no", where="x").reserved is UNSURE


def test_what_this_program_writes_is_read_back() -> None:
    assert read_assertion(mining("notAllowed")["data"], where="x").reserved is YES
    assert read_assertion(mining("allowed")["data"], where="x").reserved is NO


def packet(body: str, attributes: str = "") -> str:
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" '
        f"{attributes}>{body}</rdf:Description></rdf:RDF></x:xmpmeta>"
    )


VOCABULARY = "http://ns.useplus.org/ldf/vocab/"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (packet(f"<plus:DataMining>{VOCABULARY}DMI-ALLOWED</plus:DataMining>"), NO),
        (packet("", f'plus:DataMining="{VOCABULARY}DMI-PROHIBITED"'), YES),
        (
            packet(f'<plus:DataMining rdf:resource="{VOCABULARY}DMI-PROHIBITED-AIMLTRAINING"/>'),
            YES,
        ),
        (packet("<plus:DataMining>DMI-UNSPECIFIED</plus:DataMining>"), UNKNOWN),
        (packet("<plus:DataMining/>"), UNSURE),
        (packet(""), UNKNOWN),
        ("<x:xmpmeta", UNSURE),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', UNSURE),
    ],
)
def test_a_packet_of_metadata(text: str, answer: Answer) -> None:
    said = read_packet(text, where="bird.jpg")
    assert said.reserved is answer, said
    assert said.protocol == "iptc"


def test_a_scan_answers_for_every_protocol() -> None:
    silent = scan(Sayings(), "a camera", where="bird.jpg")
    assert tuple(one.protocol for one in silent) == PROTOCOLS
    assert {one.reserved for one in silent} == {UNKNOWN}
    assert is_reserved(silent) is UNKNOWN
    loud = scan(
        Sayings(
            site_file=rules(("/art/", 1)),
            robots="User-agent: GPTBot\nDisallow: /art/",
            page='<meta name="tdm-reservation" content="0">',
            assertions=({"entries": {"cawg.ai_training": {"use": "notAllowed"}}},),
            packets=(packet(""), packet("", 'plus:DataMining="DMI-PROHIBITED"')),
        ),
        "https://example.org/art/bird.jpg?size=2",
        where="bird.jpg",
    )
    assert [one.reserved for one in loud] == [YES, YES, YES, YES]


def test_a_credential_that_cannot_be_read_is_for_a_person() -> None:
    found = scan(Sayings(unread="it is damaged"), "", where="bird.jpg")
    assert [one.reserved for one in found] == [UNKNOWN, UNKNOWN, UNSURE, UNKNOWN]
    assert found[2].found == "it is damaged"


def test_silence_of_one_work_is_no_permission_for_all() -> None:
    allowed = scan(Sayings(site_file=rules(("/a", 0))), "", where="a")
    silent = scan(Sayings(site_file=rules(("/a", 0))), "", where="b")
    assert [one.reserved for one in merged([allowed])] == [NO, UNKNOWN, UNKNOWN, UNKNOWN]
    assert merged([allowed, silent])[0].reserved is UNKNOWN
    assert merged([]) == ()


@pytest.mark.parametrize(
    ("answers", "whole"),
    [
        ([NO, YES], YES),
        ([NO, UNSURE], UNSURE),
        ([NO, UNKNOWN], NO),
        ([UNKNOWN], UNKNOWN),
        ([], UNKNOWN),
    ],
)
def test_what_several_places_come_to(answers: list[Answer], whole: Answer) -> None:
    assert is_reserved(Reservation(protocol="iptc", reserved=one) for one in answers) is whole


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("https://example.org/a%20b/c.jpg?x#y", "/a b/c.jpg"),
        ("https://example.org", "/bird.jpg"),
        ("a museum", "/bird.jpg"),
        ("https://[broken", "/bird.jpg"),
    ],
)
def test_the_path_of_a_work(source: str, path: str) -> None:
    assert site_path(source, "bird.jpg") == path
