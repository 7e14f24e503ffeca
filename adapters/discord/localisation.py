"""The members' commands in other languages: what they see in menus, not what the coach answers.

The coach reads and answers English; a menu in somebody's own language still tells what it is for. The
administrators' commands stay English, as do the names one types.
"""

from discord import Locale, app_commands

_LANGUAGES = {
    Locale.german: 0,
    Locale.french: 1,
    Locale.spain_spanish: 2,
    Locale.latin_american_spanish: 2,
    Locale.brazil_portuguese: 3,
}

_WORDS: dict[str, tuple[str, str, str, str]] = {
    "Check this post": (
        "Diesen Beitrag prüfen",
        "Vérifier ce message",
        "Revisar este mensaje",
        "Verificar esta mensagem",
    ),
    "Check my reply": (
        "Meine Antwort prüfen",
        "Vérifier ma réponse",
        "Revisar mi respuesta",
        "Verificar minha resposta",
    ),
    "Check a post before you send it; only you see the answer.": (
        "Prüft einen Beitrag, bevor du ihn sendest; die Antwort siehst nur du.",
        "Vérifie un message avant l'envoi ; toi seul vois la réponse.",
        "Revisa un mensaje antes de enviarlo; solo tú ves la respuesta.",
        "Verifica uma mensagem antes do envio; só você vê a resposta.",
    ),
    "Your promotion against everything else; only you see it.": (
        "Deine Eigenwerbung im Verhältnis zu allem anderen; nur du siehst es.",
        "Ta promotion par rapport au reste ; toi seul la vois.",
        "Tu promoción frente a todo lo demás; solo tú la ves.",
        "Sua divulgação em relação ao resto; só você vê.",
    ),
    "Your settings, what is kept about you, export and erasure.": (
        "Deine Einstellungen, was über dich gespeichert ist, Export und Löschung.",
        "Tes réglages, ce qui est conservé sur toi, export et effacement.",
        "Tus ajustes, lo que se guarda sobre ti, exportación y borrado.",
        "Suas configurações, o que é guardado sobre você, exportação e exclusão.",
    ),
    "The post. Leave it out to write in a larger window.": (
        "Der Beitrag. Ohne ihn öffnet sich ein größeres Fenster.",
        "Le message. Sans lui, une fenêtre plus grande s'ouvre.",
        "El mensaje. Si lo omites, se abre una ventana más grande.",
        "A mensagem. Sem ela, abre-se uma janela maior.",
    ),
    "Where it is meant to go; a post in a channel if you don't say.": (
        "Wohin er soll; ohne Angabe ein Beitrag in einem Kanal.",
        "Sa destination ; sans précision, un message dans un salon.",
        "Adónde va; si no lo dices, un mensaje en un canal.",
        "Para onde vai; se não disser, uma mensagem em um canal.",
    ),
    "a post in a channel": (
        "ein Beitrag in einem Kanal",
        "un message dans un salon",
        "un mensaje en un canal",
        "uma mensagem em um canal",
    ),
    "a reply to somebody": (
        "eine Antwort an jemanden",
        "une réponse à quelqu'un",
        "una respuesta a alguien",
        "uma resposta a alguém",
    ),
    "a direct message": (
        "eine Direktnachricht",
        "un message privé",
        "un mensaje directo",
        "uma mensagem direta",
    ),
}


class Translations(app_commands.Translator):
    """Hands the library our words; what is not among them stays English."""

    async def translate(
        self, string: app_commands.locale_str, locale: Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Return a string in a language; None where there is no translation."""
        del context
        words = _WORDS.get(string.message)
        language = _LANGUAGES.get(locale)
        return None if words is None or language is None else words[language]
