"""What an audit says about a text."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given, strategies as st

import ct_trafficking_resources as ctr
import rule_cases
from ct_trafficking_resources.audit.engine import kit_for
from ct_trafficking_resources.audit.rules import PRECEDENCE
from ct_trafficking_resources.audit.scene import Scene
from ct_trafficking_resources.checks.findings import Severity
from ct_trafficking_resources.checks.rules import all_rules

RULES = all_rules("CTR4")


def rules_of(text, **options):
    return [finding.rule for finding in ctr.audit_text(text, **options)]


def test_a_finding_names_the_rule_the_place_what_is_right_and_what_gives_it(directory):
    (finding,) = ctr.audit_text("Help:\n  1-800-373-7888", directory, name="page.txt")
    assert finding.rule == "CTR410"
    assert finding.severity == Severity.ERROR
    assert str(finding.place) == "page.txt:2:3"
    assert (finding.place.end_line, finding.place.end_column) == (2, 17)
    assert finding.found == "1-800-373-7888"
    assert finding.record == "national-human-trafficking-hotline"
    assert finding.replacement == "1-888-373-7888"
    assert finding.expression == "ctr.load().hotline.voice.display"


def test_another_grouping_is_the_same_number():
    assert ctr.audit_text("1-888-3737-888") == ()


def test_what_is_typed_by_hand_is_named_only_when_asked_for():
    text = (
        "1-888-373-7888, 1-888-3737-888, tel:+18883737888, text 233733, www.love146.org/,"
        " 212-555-0100"
    )
    assert rules_of(text) == []
    assert rules_of(text, hand_typed=True) == ["CTR401", "CTR402", "CTR401", "CTR401", "CTR401"]


def test_of_several_rules_about_one_text_the_most_telling_speaks():
    text = '<a href="tel:1-800-373-7888">1-888-373-7888</a>'
    assert rules_of(text) == ["CTR440"]


def test_every_rule_has_its_rank():
    assert sorted(rule.id for rule in PRECEDENCE) == [rule.id for rule in RULES]


@pytest.mark.parametrize(
    "case",
    [case for case in rule_cases.all_cases() if case.door == "text" and case.verdict == "wrong"],
    ids=str,
)
def test_the_check_of_a_rule_is_the_judge_that_finds_it(case, sample):
    (rule,) = all_rules(case.rule)
    kit = kit_for(sample)
    scene = Scene(text=case.read()["text"], known=kit.known, names=kit.names)
    assert rule in {draft.rule for draft in rule.check(scene)}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_what_it_is_about_in_whole_sentences(rule):
    for text in (rule.title, rule.reason, rule.message, rule.hint):
        assert text.endswith((".", "{right}", "{why}"))
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        assert names <= {"found", "name", "right", "other", "why", "slip"}


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("If you are a victim of trafficking, get help: 1-866-347-2423", ["CTR433"]),
        ("Report a tip to 1-866-347-2423", []),
        ("Get help, or report to 1-866-347-2423", []),
        ("Get help from the Bridgeport tip line, 203-576-TIPS", []),
        ("Are you being forced to work? Get help! 203-576-8477", []),
        ("Get help at 203-576-8477", ["CTR433"]),
    ],
)
def test_a_tip_line_is_no_help(text, rules):
    assert rules_of(text) == rules


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("RAINN: 1-888-373-7888", ["CTR430"]),
        ("1-888-373-7888 (RAINN)", ["CTR430"]),
        ("RAINN can refer you.\n\n\n\n1-888-373-7888", []),
        ("Love146 says: call 1-888-373-7888", []),
        ("Hartford Police Department: 1-888-373-7888", []),
        ("Childhelp 203-576-7671", ["CTR430"]),
        ("Hartford Police Department 203-576-7671", ["CTR430"]),
        ("National Human Trafficking Hotline: text 88788", ["CTR430"]),
        ("U.S. Department of Labor, wage line 1-866-487-9243", []),
        ("Polaris, 1-888-373-7888", ["CTR423"]),
        ("National Human Trafficking Hotline (Polaris), 1-888-373-7888", []),
        ("RAINN: 1-800-055-1234", []),
        ("RAINN: 1-800-221-4567", ["CTR431"]),
        ("RAINN fax: 1-800-221-4567", []),
        ("RAINN:\n1-800-221-4567", []),
        ("Hartford Police Department: 1-800-221-4567", []),
        ("Compass Connections: 1-800-221-4567", []),
        ("Compass Connections: 1-888-373-7888", []),
    ],
)
def test_a_number_stands_under_its_own_name(text, rules):
    assert rules_of(text) == rules


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("[Call](tel:+18003737888)", ["CTR410"]),
        ("[1-888-373-7888](tel:+18883737888)", []),
        ("see ](tel:+18883737888)", []),
        ("[call us](tel:+12125550100)", []),
        ("[212-555-0100](tel:+12125550199)", []),
        ('<a href="tel:+12125550100">1-888-373-7888</a>', ["CTR440"]),
        ('<a href="tel:+18883737888">212-555-0100</a>', ["CTR440"]),
        ('<a href="tel:+18007997233">1-888-373-7888</a>', ["CTR440"]),
        ("<a href='tel:+18883737888'>Call</a> 1-888-373-7889", ["CTR413"]),
        ('<a href="tel:988">1-888-373-7888</a>', []),
        ('dial("212-555-0100", Uri.parse("tel:+18883737888"))', ["CTR440"]),
        ('dial("212-555-0100"); open(Uri.parse("tel:+18883737888"))', []),
        ("tel:988 tel:911 sms:988 sms:911 sms:233733", []),
        ("sms:211", ["CTR444"]),
        ("tel:+1-888-373-7888;ext=5", []),
        ("tel:+1%20888%20373%207888", []),
        ('"tel:1 888 373 7888"', ["CTR442"]),
        ("`tel:+18883737888\n`", []),
        ("tel:8883737888?call", ["CTR442"]),
        ("sms:+18004224453", []),
        ("sms:+18004224453&body=x", ["CTR443"]),
        ("tel:+12125550100 sms:12345", []),
        ("hotel:8883737888", []),
    ],
)
def test_links_dial_what_is_shown(text, rules):
    assert [rule for rule in rules_of(text) if rule != "CTR410" or "8003" in text] == rules


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("text START or HELP to 233733", ["CTR432"]),
        ("text HELP or INFO to 233733", []),
        ("text START to 88788", []),
        ("text the word 'NORWALKPD' to 233733", ["CTR432"]),
        ("text SAFE to 233733", []),
    ],
)
def test_a_keyword_goes_to_its_own_code(text, rules):
    assert rules_of(text) == rules


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("humantraffickinghotline.org. And more.", []),
        ("www.humantraffickinghotline.org/en", []),
        ("sub.humantraffickinghotline.org", []),
        ("https://portal.ct.gov/anything", []),
        ("dms.gov, dol.gov, ct.gov, cl.gov", []),
        ("someone@love146.org", []),
        ("report@traffickingresourcecenter.org", ["CTR420"]),
        ("https://user@humantraffickinghotline.org/", []),
        ("https://humantraffickinghotline.org@evil.net/", ["CTR450"]),
        ("https://unknown.org@evil.net/", []),
        ("..org, .com, @example.org", []),
        ("xn--\u00e9.org xn--zz-.org", []),
        ("self.info.org, os.path.com_x", []),
    ],
)
def test_hosts_are_known_or_somebody_elses(text, rules):
    assert rules_of(text) == rules


@given(st.text(max_size=400))
@example("StrongHeart\u017f 1-888-373-7888")
@example("Nat\u0131onal Runaway \u017fafel\u0130ne 1-888-373-7888")
@example("EIGHT \u017fEVEN SEVEN three seven three seven eight eight eight")
def test_any_text_can_be_audited(text):
    assert ctr.audit_text(text) == ctr.audit_text(text)


PIECES = st.sampled_from(
    [
        "1-888-373-7888", "1-800-373-7888", "233733", "233722", "text ", "to ", "START ", "tel:+1",
        "sms:", "//", "\n", " ", '"', "<a href=", ">", "</a>", "[", "](", ")", "RAINN", ": ",
        "National Human Trafficking Hotline", "Polaris ", "operates ", "BEFREE", "Connecticut",
        "humantraffickinghotline.org", "@", "https://", ".com", "get help ", "1-866-347-2423",
        "&#8209;", "eight ", "911", "call ", "?body=x", "police", "50 Jennings Road", "\u2011", "8",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
def test_findings_are_in_order_and_do_not_overlap(text):
    findings = ctr.audit_text(text)
    ends = [(0, 0)]
    for one in findings:
        place = one.place
        assert (place.line, place.column) >= ends[-1]
        ends.append((place.end_line, place.end_column))


@given(st.lists(PIECES, max_size=25).map("".join))
def test_an_audit_of_a_text_twice_over_says_everything_twice(text):
    apart = "\n\n" + "x" * 700 + "\n\n"
    once = [(one.rule, one.found) for one in ctr.audit_text(text)]
    twice = [(one.rule, one.found) for one in ctr.audit_text(text + apart + text)]
    assert twice == once + once
