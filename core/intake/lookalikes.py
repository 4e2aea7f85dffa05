"""Letters of other alphabets, and other forms of a letter, as the Latin ones they look like.

For recognising a heading or an identifier alone; what is read and kept stays as the file has it.
The pairs are those of the Unicode confusables (Unicode Technical Standard 39) that are letters A to
Z in Cyrillic, Greek, Armenian and the small capitals; other forms of one letter are decomposed.
"""

import unicodedata

_UNSEEN = frozenset({"Cf", "Mn"})
_FORMS = (
    ("АВЕКМНОРСТУХЅІЈԚԜҮӀаеорсухѕіјԛԝһԁүӏ", "ABEKMHOPCTYXSIJQWYIaeopcyxsijqwhdyl"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγικνορυϲϳ", "ABEZHIKMNOPTYXayikvopucj"),
    ("ՏՍՕԼօոսհցզյ", "SUOLonuhgqj"),
    ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "ABCDEFGHIJKLMNOPRSTUVWYZ"),
    ("ɑɡı", "agi"),
)
_LATIN = {
    ord(sign): letter
    for signs, letters in _FORMS
    for sign, letter in zip(signs, letters, strict=True)
}


def as_latin(text: str) -> str:
    """Return `text` in Latin letters without marks and unseen signs, figures as 0 to 9."""
    if text.isascii():
        return text
    return "".join(map(_sign, unicodedata.normalize("NFKD", text))).translate(_LATIN)


def _sign(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in _UNSEEN:
        return ""
    return str(unicodedata.digit(sign)) if category == "Nd" else sign
