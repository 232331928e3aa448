import pytest

from gcmtext.text.deviation_terms import TERMS, Family
from gcmtext.text.deviations import deviations
from gcmtext.text.diff import diff

CASES = [
    (
        "en",
        "States shall keep all lights.",
        "States should keep lights, as appropriate.",
        "shall>should >as appropriate all>",
    ),
    (
        "en",
        "Calls upon States to act",
        "Encourages States to act",
        "Calls upon>Encourages",
    ),
    (
        "en",
        "Strongly urges States to act",
        "Urges States to act",
        "Strongly urges>Urges",
    ),
    (
        "en",
        "Keep lights on every coast.",
        "Keep lights on every coast, in accordance with national law.",
        ">in accordance with national law",
    ),
    (
        "en",
        "They may not be sold.",
        "They may be sold.",
        "not>",
    ),
    (
        "en",
        "Keep the lights of the coast.",
        "Keep the lamps of the coast.",
        "",
    ),
    (
        "fr",
        "Les États doivent agir",
        "Les États devraient, s’il y a lieu, agir",
        "doivent>devraient >s’il y a lieu",
    ),
    (
        "es",
        "Exhorta a todos los Estados a actuar",
        "Alienta a los Estados a actuar",
        "Exhorta>Alienta todos los>",
    ),
    (
        "ru",
        "Призывает все государства",
        "Побуждает государства",
        "Призывает>Побуждает все>",
    ),
    (
        "ar",
        "تحث جميع الدول على العمل",
        "تشجع الدول على العمل حسب الاقتضاء",
        "تحث>تشجع جميع> >حسب الاقتضاء",
    ),
    (
        "zh",
        "促请所有会员国采取行动",
        "鼓励会员国酌情采取行动",
        "促请>鼓励 所有> >酌情",
    ),
    (
        "en",
        "Keep the lights.",
        "Keep the lights, bearing in mind every vessel that sails along the coast at night.",
        "",
    ),
    (
        "de",
        "Staaten sollen",
        "Staaten müssen",
        "",
    ),
]


@pytest.mark.parametrize(("language", "agreed", "here", "named"), CASES)
def test_what_has_a_name_is_named(language: str, agreed: str, here: str, named: str) -> None:
    found = deviations(diff(agreed, here), language)
    assert " ".join(f"{d.agreed}>{d.here}" for d in found) == named


def test_the_six_languages_have_terms_of_every_family() -> None:
    assert set(TERMS) == {"ar", "en", "es", "fr", "ru", "zh"}
    for terms in TERMS.values():
        assert set(terms) == set(Family)


def test_verbs_are_known_as_we_and_as_the_assembly_have_them() -> None:
    verbs = TERMS["en"][Family.OPERATIVE]
    assert {"take note", "takes note", "stresses", "strongly urges", "calls upon", "decides"} <= set(verbs)
    assert {"recognizes", "reaffirms", "notes with concern"} <= set(verbs)
