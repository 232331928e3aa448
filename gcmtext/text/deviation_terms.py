"""Words by which one text says nearly what another says, and which have a name in negotiations.

Each family holds terms of which one may stand for another, or may be added or dropped, by language. A term
is matched by whole words without regard to case; where several match the longest counts. Data, to be
completed by whoever knows more.
"""

from enum import StrEnum


class Family(StrEnum):
    """What a deviation is about."""

    OBLIGATION = "obligation"
    OPERATIVE = "operative verb"
    QUALIFICATION = "qualification"
    LAW = "reference to law"
    SCOPE = "scope"
    NEGATION = "negation"


_ENGLISH_VERBS = (
    "accept acknowledge adopt affirm appeal/to appreciate approve authorize call/for call/on call/upon "
    "commend commit/to condemn confirm congratulate decide declare demand deplore designate emphasize "
    "encourage endorse expect express/concern express/appreciation highlight insist instruct invite note "
    "note/with/appreciation note/with/concern note/with/satisfaction proclaim reaffirm recall recognize "
    "recommend regret reiterate reject remind request resolve strongly/encourage strongly/urge stress "
    "support take/note take/note/of take/note/with/appreciation/of underline underscore urge welcome"
)


def _verbs(listed: str) -> tuple[str, ...]:
    """Return English verbs as "we" and as "the Assembly" has them: urge, urges; take note, takes note."""
    plain = [words.replace("/", " ") for words in listed.split()]
    return (*plain, *(_third_person(words) for words in plain))


def _third_person(words: str) -> str:
    adverb, _, rest = words.rpartition("strongly ")
    verb, blank, tail = rest.partition(" ")
    ending = "es" if verb.endswith(("ss", "sh", "ch")) else "s"
    verb = f"{verb[:-1]}ies" if verb.endswith("ry") else verb + ending
    return ("strongly " if adverb or words.startswith("strongly ") else "") + verb + blank + tail


TERMS: dict[str, dict[Family, tuple[str, ...]]] = {
    "en": {
        Family.OBLIGATION: (
            *(
                "shall",
                "must",
                "will",
                "should",
                "would",
                "may",
                "might",
                "can",
                "could",
                "ought to",
                "need to",
            ),
            *("is to", "are to", "undertake to", "commit to", "aim to", "strive to", "seek to", "intend to"),
            *("endeavour to", "make every effort to", "are encouraged to", "are invited to", "are urged to"),
            *("consider", "will consider", "should consider", "shall endeavour to", "have to"),
        ),
        Family.OPERATIVE: _verbs(_ENGLISH_VERBS),
        Family.QUALIFICATION: (
            *("as appropriate", "where appropriate", "if appropriate", "as and when appropriate"),
            *("as applicable", "where applicable", "if applicable", "as relevant", "where relevant"),
            *("as needed", "as necessary", "where necessary", "if necessary", "where needed"),
            *(
                "where possible",
                "if possible",
                "as far as possible",
                "to the extent possible",
                "where feasible",
            ),
            *("as a rule", "in principle", "in general", "when requested", "upon request", "on request"),
            *("on a voluntary basis", "voluntarily", "voluntary", "on mutually agreed terms"),
            *(
                "within available resources",
                "within existing resources",
                "where they see fit",
                "as they see fit",
            ),
            *("subject to the availability of resources", "progressively", "gradually", "inter alia"),
        ),
        Family.LAW: (
            *("in accordance with national law", "in accordance with national laws"),
            *("in accordance with their national law", "in accordance with their national laws"),
            *("in accordance with domestic law", "in accordance with national legislation"),
            *("in accordance with national priorities", "in accordance with national circumstances"),
            *("in accordance with international law", "in conformity with international law"),
            *("in conformity with national law", "in conformity with national legislation"),
            *("consistent with national law", "consistent with international law", "under international law"),
            *("consistent with their obligations under international law", "subject to national law"),
            *("in accordance with their obligations", "in accordance with their respective obligations"),
            *(
                "in accordance with their international obligations",
                "in conformity with its international obligations",
            ),
            *("taking into account national circumstances", "taking into account national capacities"),
            *("in the light of national circumstances", "in line with national policies"),
            *("with full respect for human rights", "without prejudice to international law"),
        ),
        Family.SCOPE: (
            *("all", "every", "each", "any", "both", "some", "certain", "several", "many", "most", "no"),
            *("relevant", "concerned", "particular", "in particular", "especially", "including", "only"),
            *(
                "full",
                "fully",
                "effective",
                "effectively",
                "immediate",
                "immediately",
                "at all times",
            ),
            *("without exception", "without discrimination", "to the greatest extent", "as soon as possible"),
        ),
        Family.NEGATION: ("not", "never", "neither", "without"),
    },
    "fr": {
        Family.OBLIGATION: (
            *("doit", "doivent", "devra", "devront", "devrait", "devraient", "peut", "peuvent", "pourra"),
            *(
                "pourront",
                "pourrait",
                "pourraient",
                "s'engage à",
                "s'engagent à",
                "s'efforce de",
                "s'efforcent de",
            ),
            *(
                "sont tenus de",
                "est tenu de",
                "envisagent de",
                "envisager de",
                "sont encouragés à",
                "sont invités à",
            ),
        ),
        Family.OPERATIVE: (
            *(
                "demande",
                "demande à",
                "demande instamment",
                "exhorte",
                "engage",
                "invite",
                "encourage",
                "prie",
            ),
            *("exige", "décide", "recommande", "réaffirme", "affirme", "rappelle", "souligne", "insiste sur"),
            *("note", "prend note", "prend acte", "constate", "se félicite", "accueille avec satisfaction"),
            *(
                "condamne",
                "déplore",
                "regrette",
                "reconnaît",
                "considère",
                "réitère",
                "lance un appel",
                "salue",
            ),
        ),
        Family.QUALIFICATION: (
            *("selon qu'il convient", "s'il y a lieu", "le cas échéant", "selon que de besoin", "au besoin"),
            *(
                "si nécessaire",
                "si possible",
                "dans la mesure du possible",
                "autant que possible",
                "selon le cas",
            ),
            *("sur demande", "à titre volontaire", "à titre facultatif", "en principe", "notamment"),
            *(
                "dans la limite des ressources disponibles",
                "progressivement",
                "selon des modalités convenues",
            ),
        ),
        Family.LAW: (
            *(
                "conformément au droit national",
                "conformément au droit interne",
                "conformément à la législation",
            ),
            *("conformément à la législation nationale", "conformément au droit international"),
            *("dans le respect du droit international", "conformément à leurs obligations"),
            *("compte tenu des circonstances nationales", "conformément aux priorités nationales"),
        ),
        Family.SCOPE: (
            *("tout", "toute", "tous", "toutes", "tous les", "toutes les", "chaque", "certains", "certaines"),
            *(
                "concerné",
                "concernés",
                "concernées",
                "compétents",
                "pleinement",
                "pleine",
                "effectif",
                "effective",
            ),
            *("en particulier", "y compris", "seulement", "uniquement", "immédiatement", "sans délai"),
        ),
        Family.NEGATION: ("ne", "pas", "jamais", "sans"),
    },
    "es": {
        Family.OBLIGATION: (
            *(
                "debe",
                "deben",
                "deberá",
                "deberán",
                "debería",
                "deberían",
                "puede",
                "pueden",
                "podrá",
                "podrán",
            ),
            *("podría", "podrían", "ha de", "han de", "se compromete a", "se comprometen a", "procurará"),
            *("procurarán", "procurar", "se esforzarán por", "considerar", "considerarán la posibilidad de"),
        ),
        Family.OPERATIVE: (
            *("exhorta", "insta", "insta a", "alienta", "invita", "pide", "solicita", "exige", "decide"),
            *(
                "recomienda",
                "reafirma",
                "afirma",
                "recuerda",
                "subraya",
                "destaca",
                "pone de relieve",
                "recalca",
            ),
            *(
                "observa",
                "toma nota",
                "acoge con beneplácito",
                "acoge con satisfacción",
                "condena",
                "deplora",
            ),
            *("lamenta", "reconoce", "reitera", "hace un llamamiento", "encomia", "aprueba", "hace suyo"),
        ),
        Family.QUALIFICATION: (
            *("según proceda", "según corresponda", "cuando proceda", "si procede", "en su caso"),
            *("cuando corresponda", "según sea necesario", "en caso necesario", "de ser necesario"),
            *(
                "en la medida de lo posible",
                "siempre que sea posible",
                "previa solicitud",
                "a título voluntario",
            ),
            *(
                "de forma voluntaria",
                "en principio",
                "entre otras cosas",
                "dentro de los recursos disponibles",
            ),
            *("progresivamente", "en condiciones mutuamente convenidas"),
        ),
        Family.LAW: (
            *("de conformidad con el derecho nacional", "de conformidad con la legislación nacional"),
            *("de conformidad con el derecho interno", "de conformidad con el derecho internacional"),
            *("con arreglo a la legislación nacional", "de conformidad con sus obligaciones"),
            *("teniendo en cuenta las circunstancias nacionales", "con arreglo al derecho internacional"),
        ),
        Family.SCOPE: (
            *("todo", "toda", "todos", "todas", "todos los", "todas las", "cada", "algunos", "algunas"),
            *(
                "pertinente",
                "pertinentes",
                "plenamente",
                "pleno",
                "plena",
                "efectivo",
                "efectiva",
                "inmediatamente",
            ),
            *("en particular", "incluidos", "incluidas", "solo", "únicamente", "especialmente"),
        ),
        Family.NEGATION: ("no", "nunca", "sin", "ni"),
    },
    "ru": {
        Family.OBLIGATION: (
            *(
                "должен",
                "должна",
                "должно",
                "должны",
                "обязан",
                "обязаны",
                "обязуется",
                "обязуются",
                "следует",
            ),
            *("может", "могут", "мог бы", "могли бы", "необходимо", "надлежит", "стремится", "стремятся"),
            *("должен был бы", "должны были бы", "рассмотреть возможность"),
        ),
        Family.OPERATIVE: (
            *(
                "призывает",
                "настоятельно призывает",
                "побуждает",
                "рекомендует",
                "предлагает",
                "просит",
                "требует",
            ),
            *("постановляет", "подтверждает", "вновь подтверждает", "напоминает", "ссылаясь", "подчеркивает"),
            *(
                "особо отмечает",
                "отмечает",
                "принимает к сведению",
                "приветствует",
                "осуждает",
                "выражает сожаление",
            ),
            *("признает", "одобряет", "выражает обеспокоенность", "заявляет", "поощряет"),
        ),
        Family.QUALIFICATION: (
            *(
                "в соответствующих случаях",
                "при необходимости",
                "по мере необходимости",
                "в случае необходимости",
            ),
            *(
                "где это уместно",
                "когда это уместно",
                "по мере целесообразности",
                "сообразно обстоятельствам",
            ),
            *(
                "по возможности",
                "насколько это возможно",
                "по просьбе",
                "на добровольной основе",
                "в принципе",
            ),
            *(
                "в пределах имеющихся ресурсов",
                "постепенно",
                "на взаимосогласованных условиях",
                "в частности",
            ),
        ),
        Family.LAW: (
            *(
                "в соответствии с национальным законодательством",
                "в соответствии с внутренним законодательством",
            ),
            *("в соответствии с национальным правом", "в соответствии с международным правом"),
            *("согласно международному праву", "в соответствии со своими обязательствами"),
            *("с учетом национальных условий", "с учетом национальных обстоятельств"),
        ),
        Family.SCOPE: (
            *("все", "всех", "всем", "всеми", "каждый", "каждого", "каждому", "любой", "любого", "некоторые"),
            *(
                "соответствующие",
                "соответствующих",
                "полностью",
                "полное",
                "полного",
                "эффективное",
                "эффективно",
            ),
            *("особенно", "включая", "только", "незамедлительно", "безотлагательно"),
        ),
        Family.NEGATION: ("не", "никогда", "без", "ни"),
    },
    "ar": {
        Family.OBLIGATION: (
            *("يجب", "ويجب", "يتعين", "ويتعين", "ينبغي", "وينبغي", "يجوز", "ويجوز", "يمكن", "ويمكن", "نلتزم"),
            *("تلتزم", "يلتزم", "نتعهد", "تتعهد", "يتعهد", "تسعى", "نسعى", "لا بد"),
        ),
        Family.OPERATIVE: (
            *(
                "تهيب",
                "وتهيب",
                "تحث",
                "وتحث",
                "تشجع",
                "وتشجع",
                "تدعو",
                "وتدعو",
                "تطلب",
                "وتطلب",
                "تطالب",
                "تقرر",
            ),
            *(
                "وتقرر",
                "توصي",
                "وتوصي",
                "تؤكد",
                "وتؤكد",
                "تؤكد من جديد",
                "تعيد تأكيد",
                "تشير إلى",
                "إذ تشير إلى",
            ),
            *(
                "تشدد",
                "تشدد على",
                "تلاحظ",
                "تحيط علما",
                "ترحب",
                "تدين",
                "تشجب",
                "تعرب عن القلق",
                "تسلم",
                "تقر",
            ),
        ),
        Family.QUALIFICATION: (
            *(
                "حسب الاقتضاء",
                "عند الاقتضاء",
                "حيثما كان ذلك مناسبا",
                "حسب الضرورة",
                "عند الضرورة",
                "عند اللزوم",
            ),
            *("قدر الإمكان", "حيثما أمكن", "بناء على الطلب", "عند الطلب", "على أساس طوعي", "من حيث المبدأ"),
            *("في حدود الموارد المتاحة", "تدريجيا", "بشروط متفق عليها"),
        ),
        Family.LAW: (
            *(
                "وفقا للقانون الوطني",
                "وفقا للقوانين الوطنية",
                "وفقا للتشريعات الوطنية",
                "وفقا للقانون الداخلي",
            ),
            *(
                "وفقا للقانون الدولي",
                "بما يتفق مع القانون الدولي",
                "وفقا لالتزاماتها",
                "مع مراعاة الظروف الوطنية",
            ),
        ),
        Family.SCOPE: (
            *("جميع", "وجميع", "كل", "وكل", "كافة", "كامل", "بالكامل", "بعض", "أي", "المعنية", "المعنيين"),
            *("ذات الصلة", "على وجه الخصوص", "لا سيما", "بما في ذلك", "بما فيها", "فقط", "فورا", "على الفور"),
        ),
        Family.NEGATION: ("لا", "ولا", "لم", "لن", "دون", "بدون", "ليس"),
    },
    "zh": {
        Family.OBLIGATION: (
            *(
                "应",
                "应当",
                "应该",
                "须",
                "必须",
                "将",
                "可",
                "可以",
                "得",
                "有义务",
                "承诺",
                "力求",
                "争取",
                "努力",
            ),
            *("考虑", "愿"),
        ),
        Family.OPERATIVE: (
            *("促请", "敦促", "呼吁", "鼓励", "邀请", "请", "要求", "决定", "建议", "重申", "申明", "回顾"),
            *(
                "强调",
                "着重指出",
                "注意到",
                "表示注意到",
                "欢迎",
                "谴责",
                "痛惜",
                "遗憾",
                "确认",
                "认识到",
                "赞扬",
            ),
            *("核可", "强烈敦促", "强烈谴责", "赞赏地注意到"),
        ),
        Family.QUALIFICATION: (
            *(
                "酌情",
                "视情况",
                "视情",
                "适当时",
                "适当情况下",
                "在适当情况下",
                "必要时",
                "根据需要",
                "视需要",
            ),
            *("如有可能", "尽可能", "在可能的情况下", "应请求", "在自愿基础上", "自愿", "原则上", "除其他外"),
            *("在现有资源范围内", "逐步", "按照共同商定的条件"),
        ),
        Family.LAW: (
            *("根据国内法", "依照国内法", "根据国家法律", "按照国家法律", "依照国家法律", "根据本国法律"),
            *(
                "根据国际法",
                "依照国际法",
                "按照国际法",
                "符合国际法",
                "依据国际法",
                "根据其义务",
                "根据本国国情",
            ),
        ),
        Family.SCOPE: (
            *(
                "所有",
                "全部",
                "一切",
                "各",
                "每一",
                "每个",
                "任何",
                "某些",
                "一些",
                "有关",
                "相关",
                "充分",
                "全面",
            ),
            *("有效", "立即", "特别是", "尤其是", "包括", "仅", "只"),
        ),
        Family.NEGATION: ("不", "不得", "未", "没有", "无"),
    },
}
