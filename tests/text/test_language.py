"""Which language a draft is in; English in all its dialects is never taken for another."""

import pytest

from bot.text.draft import Draft
from bot.text.language import identify
from bot.text.read import read


def code(text: str) -> str:
    return read(Draft(text)).language.code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Das ist wirklich ein sehr schöner Tag und ich freue mich auf euch", "de"),
        ("Je suis très content de vous voir, et c'est la première fois que nous sommes ici", "fr"),
        ("Hola a todos, soy nuevo aquí y me gusta mucho esta comunidad porque hay gente muy amable", "es"),
        ("Olá, eu não sei como fazer isso mas você tem uma ideia muito boa", "pt"),
        ("Ciao a tutti, sono qui per la prima volta e non so come si fa questa cosa", "it"),
        ("Ik weet niet wat dat is maar het is heel mooi en ik kom ook", "nl"),
        ("Jag vet inte vad det är men jag kommer också om du vill", "sv"),
        ("Nie wiem co to jest, ale bardzo się cieszę że jesteś tutaj", "pl"),
        ("Saya tidak tahu apa itu tetapi kami sudah ada di sini dengan mereka", "id"),
        ("Bu çok güzel bir gün ve ben sizinle olmak için buradayım", "tr"),
        ("Всем привет, я новый человек здесь", "ru"),
        ("Привіт усім, я тут уперше і дуже радий", "uk"),
        ("これはとても良い考えだと思います", "ja"),
        ("我觉得这个主意很好", "zh"),
        ("안녕하세요 저는 새로운 회원입니다", "ko"),
        ("مرحبا بكم جميعا في هذا المكان", "ar"),
    ],
)
def test_other_languages_are_named_and_not_read(text: str, expected: str):
    language = read(Draft(text)).language
    assert (language.code, language.read) == (expected, False)


@pytest.mark.parametrize(
    "text",
    [
        "Abeg make una no vex, the light don come back and we go continue small small.",
        "Wah lau the queue so long leh, you all go first lah, I wait for my friend here.",
        "Ah cannae mind where ah pit it, it wis on the table yesterday but naebody kens.",
        "Mi deh yah a wait pan di bus and it nah come, weh yuh deh?",
        "idk wat 2 do m8 u cn cum ovr if u want n we wil c",
        "Finna go to the store, y'all want sumn? he been had that car since way back",
        "We had schnitzel und bier at Das Haus and it was the best day of the trip",
        "My abuela says hola and asks if you want more of the tamales",
        "C'est la vie, the train is late again and I have no umbrella with me",
        "The word for it is мир, which means peace and world",
    ],
)
def test_english_is_never_taken_for_another_language(text: str):
    assert code(text) in {"en", "und"}
    assert read(Draft(text)).language.read


@pytest.mark.parametrize(
    "text", ["", "ok", "danke", "gm chat", "12 34", "https://ana.example", "🙂🙂", "Pho Bar"]
)
def test_short_texts_are_left_open(text: str):
    language = read(Draft(text)).language
    assert (language.code, language.read) == ("und", True)


def test_quotations_and_code_do_not_decide():
    assert (
        code("> das ist wirklich ein sehr schöner Tag und nicht mehr\nWhat does this mean in English?")
        == "en"
    )


def test_no_words_is_undetermined():
    assert identify(()).code == "und"
