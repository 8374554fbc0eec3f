"""What only a person may deal with: a person asked for, a quarrel, a bargain, a deal."""

import re
from collections.abc import Callable

from besedka.assistant.decisions import HandoverReason, ModelHandoverReason
from besedka.assistant.extractive.clauses import Clause
from besedka.assistant.numbers import NumberKind, numbers_in
from besedka.core.words import normalise

_PERSON = re.compile(
    r"(?:позов|соедин|перевед|переключ|да(?:вай)?те|нужен|хочу|можно|свяж)\w*.{0,25}"
    r"\b(?:человек|менеджер|оператор|продав[ец]|специалист|консультант|хозя|владел|директор|живо[йг])|"
    r"\b(?:с|со) (?:жив\w+ )?(?:человеком|менеджером|оператором|продавцом|хозяином|владельцем)\b|"
    r"\b(?:вы|ты|это|тут|здесь|с) (?:не )?(?:бот|робот|автоответчик|нейросет|ии\b)|"
    r"^\W*(?:оператор|менеджер|человек)\W*$|\b(?:бот|робот)\w*\s*\?|"
    r"\bперезвон\w+|\bпозвоните|\bнаберите мне|\bсвяжитесь со мной|живой человек"
)
_COMPLAINT = re.compile(
    r"мошенн|обман|\bразвод\w*|кидал|верните (?:мне )?(?:деньг|предоплат)|вернуть деньги|"
    r"возврат денег|жалоб|жалова|\bв? ?суд(?:е|у|а|ом|иться)?\b|претензи|прокуратур|роспотреб|"
    r"полици|безобрази|ужасн|отвратит|\bхам(?:ство|ите|ло)?\b|"
    r"\b(?:второй|третий|который|целый) (?:день|час|раз)|\bсколько можно ждать|\bигнор|"
    r"\bпривез\w+ .{0,30}(?:царапин|брак|слом|поврежд)|"
    r"\b(?:сломал[аио]?с[ья]|бракованн\w*|прислали не то|пришл\w+ не т\w+|не отвечаете)"
)
_ABUSE = re.compile(
    r"\b(?:бл[яе]\w*|сук[аиу]|ху[йеяё]\w*|пизд\w*|[её]б\w+|за[её]б\w*|на ?хер|нахуй|дебил\w*|"
    r"идиот\w*|урод\w*|твар\w*|мраз\w*|козл\w*|долбо\w*|дур[аы]к\w*|дура)\b"
)
_BARGAIN = re.compile(
    r"\bскинете\b|\bскин(?:ь|ьте|уть|и)\b\W*(?:немног|чуть|пару|тыс|цен|до\b|хоть|\d|$)|"
    r"^\W*(?:ну |а |давайте |могу |предлагаю )*\d[\d ]*(?:тыс\w*|т\.?р\.?|к|руб\w*|р)?\W*"
    r"(?:и (?:прямо |сразу )?(?:сейчас|сегодня|забира|забер|по рукам)\w*|$)|"
    r"\bцена другая|\bесли (?:взять|возьму|беру|купить) (?:дв|три|четыр|пять|\d|сраз|нескольк|об)|"
    r"\bскиде\w+|\bуступ\w+|\bсбав\w+|\bподвин\w+|дешевле|подешевле|"
    r"последн\w+ цен|минимальн\w+ цен|\bцен\w+ (?:окончательн|обсужда|договорн)|"
    r"\bотдадите\b|\bпродадите\b|\bсдадите\b(?=.*\d)|\bза \d+ сдадите|"
    r"\b(?:за|по) \d[\d ]*\W*(?:тыс\w*|т\.?р\.?|к|руб\w*|р)?\W*"
    r"(?:отда|прода|забер|забир|возьм|уступ)|"
    r"\b(?:отда\w+|продад\w+|заберу|возьму|беру|куплю|готов\w*|давайте|предлаг\w+|предлож\w+) "
    r"(?:\w+ )?(?:за|по)? ?\d|\bа за \d"
)
_DEAL = re.compile(
    r"\b(?:беру|забираю|покупаю|куплю|оплачу|возьму)\b(?! ли)|\bготов\w* (?:купить|взять|забрать|"
    r"оплатить|приехать|заехать|въехать|подъехать|встретиться)|"
    r"\bзапишите|\bзаписаться|\bзапись на|\bброн\w+|\bзабронир\w*|"
    r"\bотлож\w+|\bпридерж\w+|\bоформ\w+|\bзаказать|\bкак (?:купить|заказать|оформить)|"
    r"\b(?:приеду|подъеду|буду|заеду|подойду) (?:сегодня|завтра|через|в|к|после)\b|"
    r"\bмо(?:гу|жно|жем) (?:ли )?(?:\w+ )?(?:подъехать|приехать|заехать|посмотреть|осмотреть|"
    r"забрать|встретиться)|\bкогда (?:\w+ )?(?:посмотреть|подъехать|приехать|забрать|встретиться)|"
    r"\bмой (?:номер|телефон)|\bменя зовут|\bхочу (?:купить|взять|забрать|приехать|посмотреть|"
    r"записаться|заказать)"
)

_ERRAND = re.compile(
    r"\b(?:пришлите|вышлите|отправьте|сбросьте|скиньте|посчитайте|рассчитайте|просчитайте|"
    r"оформите|подготовьте|сфотографируйте)\b"
)


def person_needed(
    clause: Clause, *, has_answer: Callable[[Clause], bool]
) -> ModelHandoverReason | None:
    """The reason to call a person, or None. The softer ones yield to a rule in the documents."""
    text = normalise(clause.text)
    if _COMPLAINT.search(text) or _ABUSE.search(text):
        return HandoverReason.COMPLAINT
    if _PERSON.search(text):
        return HandoverReason.ASKED_FOR_PERSON
    if _BARGAIN.search(text):
        return HandoverReason.BARGAINING
    if any(number.kind is NumberKind.PHONE for number in numbers_in(text)):
        return HandoverReason.READY_TO_BUY
    if clause.asks("скидка") and not (clause.is_question and has_answer(clause)):
        return HandoverReason.BARGAINING
    if clause.asks("контакт") and not has_answer(clause):
        return HandoverReason.ASKED_FOR_PERSON
    if _DEAL.search(text) and not (clause.is_question and has_answer(clause)):
        return HandoverReason.READY_TO_BUY
    return HandoverReason.UNKNOWN_FACT if _ERRAND.search(text) else None
