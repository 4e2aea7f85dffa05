"""Letters of other alphabets, and other forms of a letter, as the Latin ones they look like.

For recognising a heading or an identifier alone; what is read and kept stays as the file has it.
The pairs are those of the Unicode confusables (Unicode Technical Standard 39) that are letters A to
Z in Cyrillic, Greek, Coptic, Armenian, Cherokee, Lisu, the small capitals and Latin letters with a
stroke or hook; other forms of one letter are decomposed.
"""

import unicodedata

_UNSEEN = frozenset({"Cf", "Mn", "Mc", "Me"})
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_FORMS = (
    ("АВЕКМНОРСТУХЅІЈԚԜҮӀҒԌԀѴԼ", "ABEKMHOPCTYXSIJQWYIFGDVL"),
    ("аеорсухѕіјԛԝһԁүӏвгкмнптѵԍ", "aeopcyxsijqwhdylbrkmhntvg"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγικνορυϲϳ", "ABEZHIKMNOPTYXayikvopucj"),
    ("τηχωεβσς", "tnxweboc"),
    ("ⲀⲂⲤⲈⲎⲒⲔⲘⲚⲞⲢⲦⲨⲬⲌⲣⲟⲥ", "ABCEHIKMNOPTYXZpoc"),
    ("ՏՍՕԼօոսհցզյ", "SUOLonuhgqj"),
    ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "ABCDEFGHIJKLMNOPRSTUVWYZ"),
    ("ɑɡıɩɦɼɳʋƅǝҽ", "agiihrnubee"),
    ("đħŧłøƀƭƙƒɓɗɠɨɫɱɲɵʂʈʉʐþ", "dhtlobtkfbdgilmnostuzp"),
    ("ĐÐĦŦŁØɃƁƊƎƑƓƗƘƝƤƬƮƲƳƵÞ", "DDHTLOBBDEFGIKNPTTVYZP"),
    ("ᎪᏴᏟᎠᎬᏀᎻᏆᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᏃᏂ", "ABCDEGHIJKLMPRSTVWZh"),
    ("ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ", "ABCDEFGHIJKLMNOPRSTUVWXYZ"),
)
_ALPHABETS = (0x1F150, 0x1F170, 0x1F1E6)
"""Where A to Z begin: in black circles, in black squares, as regional indicators."""
_LATIN = {
    ord(sign): letter
    for signs, letters in _FORMS
    for sign, letter in zip(signs, letters, strict=True)
} | {start + place: chr(ord("A") + place) for start in _ALPHABETS for place in range(26)}


def as_latin(text: str) -> str:
    """Return `text` in Latin letters without marks and unseen signs, figures as 0 to 9."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_sign, unicodedata.normalize("NFKD", text))).translate(_LATIN)


def _sign(sign: str) -> str:
    category = unicodedata.category(sign)
    hidden = category == "Cc" and not sign.isspace()
    if hidden or category in _UNSEEN or sign in _FILLERS:
        return ""
    return str(unicodedata.digit(sign, sign))
