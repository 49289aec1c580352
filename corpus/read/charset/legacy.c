#include "corpus/read/charset/legacy.h"

#include "corpus/read/charset/syllable.h"

#include <uchar.h>

static const struct {
    const char *name;
    const char16_t *high; /* of bytes 0x80 to 0xff */
} encodings[ND_N_LEGACY] = {
    [ND_LEGACY_NONE] = {"utf-8", NULL},
#define ND_LEGACY(id, name_, table_) [ND_LEGACY_##id] = {name_, table_},
#include "corpus/read/charset/legacy.def"
#undef ND_LEGACY
};

static const struct {
    const char *prefix;
    enum nd_legacy encoding;
    const char *capitals_suffix;
} fonts[] = {
#define ND_LEGACY_FONT(prefix_, encoding_, suffix_) {prefix_, ND_LEGACY_##encoding_, suffix_},
#include "corpus/read/charset/fonts.def"
#undef ND_LEGACY_FONT
};

/* VNI writes a letter as its base and a mark behind it: mark byte (small), letters of "aeouy" with the mark.
 * '_' where the pair means nothing. Marks are the same letters in capitals, 0x20 lower. */
static const struct {
    uint8_t mark;
    const char16_t *letters; /* of a A e E o O u U y Y ơ Ơ ư Ư */
} vni_marks[] = {
    {0xf9, u"áÁéÉóÓúÚýÝớỚứỨ"}, {0xf8, u"àÀèÈòÒùÙỳỲờỜừỪ"}, {0xfb, u"ảẢẻẺỏỎủỦỷỶởỞửỬ"},
    {0xf5, u"ãÃẽẼõÕũŨỹỸỡỠữỮ"}, {0xef, u"ạẠẹẸọỌụỤỵỴợỢựỰ"}, {0xe2, u"âÂêÊôÔ________"},
    {0xe1, u"ấẤếẾốỐ________"}, {0xe0, u"ầẦềỀồỒ________"}, {0xe5, u"ẩẨểỂổỔ________"},
    {0xe3, u"ẫẪễỄỗỖ________"}, {0xe4, u"ậẬệỆộỘ________"}, {0xea, u"ăĂ____________"},
    {0xe9, u"ắẮ____________"}, {0xe8, u"ằẰ____________"}, {0xfa, u"ẳẲ____________"},
    {0xfc, u"ẵẴ____________"}, {0xeb, u"ặẶ____________"},
};
static const char16_t vni_bases[] = u"aAeEoOuUyYơƠưƯ";

/* windows-1258 writes tones as combining characters after the vowel. */
static const struct {
    uint8_t byte;
    char16_t combining;
} cp1258_tones[] = {{0xcc, 0x300}, {0xd2, 0x309}, {0xde, 0x303}, {0xec, 0x301}, {0xf2, 0x323}};

/* VISCII and VPS also put letters among the control characters. */
static const struct {
    enum nd_legacy encoding;
    uint8_t byte;
    char16_t letter;
} controls[] = {
    {ND_LEGACY_VISCII, 0x02, u'Ẳ'}, {ND_LEGACY_VISCII, 0x05, u'Ẵ'}, {ND_LEGACY_VISCII, 0x06, u'Ẫ'},
    {ND_LEGACY_VISCII, 0x14, u'Ỷ'}, {ND_LEGACY_VISCII, 0x19, u'Ỹ'}, {ND_LEGACY_VISCII, 0x1e, u'Ỵ'},
    {ND_LEGACY_VPS, 0x02, u'Ạ'},    {ND_LEGACY_VPS, 0x03, u'Ậ'},    {ND_LEGACY_VPS, 0x04, u'Ặ'},
    {ND_LEGACY_VPS, 0x05, u'Ẹ'},    {ND_LEGACY_VPS, 0x06, u'Ệ'},    {ND_LEGACY_VPS, 0x10, u'Ị'},
    {ND_LEGACY_VPS, 0x11, u'Ọ'},    {ND_LEGACY_VPS, 0x12, u'Ộ'},    {ND_LEGACY_VPS, 0x13, u'Ợ'},
    {ND_LEGACY_VPS, 0x14, u'Ụ'},    {ND_LEGACY_VPS, 0x15, u'Ự'},    {ND_LEGACY_VPS, 0x19, u'Ỵ'},
    {ND_LEGACY_VPS, 0x1c, u'Ẫ'},    {ND_LEGACY_VPS, 0x1d, u'Ữ'},
};

const char *nd_legacy_name(enum nd_legacy encoding)
{
    g_assert(encoding < ND_N_LEGACY);
    return encodings[encoding].name;
}

/* The font's family in lower case: "ABCDEF+.VnTimeH,Bold" and ".VnTimeH" are both "vntimeh". */
static char *family(const char *name)
{
    size_t tag = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    if (tag == 6 && name[6] == '+')
        name += 7;
    name += strspn(name, ". ");
    char *folded = g_ascii_strdown(name, -1);
    folded[strcspn(folded, ",")] = '\0';
    static const char *const styles[] = {"mt", "bold", "italic", "oblique", "regular", "normal", "-", " "};
    for (bool again = true; again;) {
        again = false;
        for (unsigned i = 0; i < G_N_ELEMENTS(styles); i++) {
            size_t n = strlen(folded), style = strlen(styles[i]);
            if (n > style && g_str_has_suffix(folded, styles[i])) {
                folded[n - style] = '\0';
                again = true;
            }
        }
    }
    return folded;
}

struct nd_legacy_font nd_legacy_font_of(const char *name)
{
    struct nd_legacy_font none = {ND_LEGACY_NONE, false};
    if (!name || !*name)
        return none;
    g_autofree char *folded = family(name);
    for (unsigned i = 0; i < G_N_ELEMENTS(fonts); i++)
        if (g_str_has_prefix(folded, fonts[i].prefix))
            return (struct nd_legacy_font){fonts[i].encoding,
                                           fonts[i].capitals_suffix &&
                                               g_str_has_suffix(folded, fonts[i].capitals_suffix)};
    return none;
}

int nd_legacy_byte(uint32_t c)
{
    static const char16_t cp1252[32] = u"€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";
    if (c < 0x100)
        return (int)c;
    if (c >= 0xf000 && c <= 0xf0ff)
        return (int)(c & 0xff);
    switch (c) { /* what PDF makers name the glyphs of these bytes */
    case 0x2212:
        return 0xad;
    case 0x2219:
        return 0xb7;
    case 0x3bc:
        return 0xb5;
    default:
        break;
    }
    for (int i = 0; i < 32; i++)
        if (cp1252[i] == c)
            return 0x80 + i;
    return -1;
}

static char16_t single(enum nd_legacy encoding, int byte)
{
    if (byte >= 0x80) {
        char16_t c = encodings[encoding].high[byte - 0x80];
        return c == u'_' ? 0 : c;
    }
    for (unsigned i = 0; byte < 0x20 && i < G_N_ELEMENTS(controls); i++)
        if (controls[i].encoding == encoding && controls[i].byte == byte)
            return controls[i].letter;
    return 0;
}

/* The letter that base (already decoded) and a VNI mark make, or 0. */
static char16_t vni_pair(uint32_t base, int mark)
{
    uint8_t small = (uint8_t)(mark >= 0xe0 ? mark : mark + 0x20);
    if (mark < 0xc0)
        return 0;
    for (unsigned i = 0; i < G_N_ELEMENTS(vni_marks); i++) {
        if (vni_marks[i].mark != small)
            continue;
        for (unsigned b = 0; vni_bases[b]; b++)
            if (vni_bases[b] == base)
                return vni_marks[i].letters[b] == u'_' ? 0 : vni_marks[i].letters[b];
    }
    return 0;
}

static char16_t cp1258_pair(uint32_t base, int byte)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(cp1258_tones); i++) {
        if (cp1258_tones[i].byte == byte)
            return (char16_t)nd_letter_with_mark(base, cp1258_tones[i].combining);
    }
    return 0;
}

/* UTF-8 that was taken for windows-1252 and encoded once more. */
static size_t decode_utf8_twice(const uint32_t *in, size_t n, uint32_t *out)
{
    size_t written = 0;
    for (size_t i = 0, used; i < n; i += used) {
        char bytes[4];
        size_t have = 0;
        while (have < 4 && i + have < n && nd_legacy_byte(in[i + have]) >= 0) {
            bytes[have] = (char)nd_legacy_byte(in[i + have]);
            have++;
        }
        gunichar c = have > 0 ? g_utf8_get_char_validated(bytes, (gssize)have) : (gunichar)-1;
        bool good = c < (gunichar)-2 && c >= 0x80;
        used = good ? (size_t)g_unichar_to_utf8(c, NULL) : 1;
        out[written++] = good ? c : in[i];
    }
    return written;
}

size_t nd_legacy_decode(enum nd_legacy encoding, const uint32_t *in, size_t n, uint32_t *out)
{
    if (encoding == ND_LEGACY_UTF8_TWICE)
        return decode_utf8_twice(in, n, out);
    size_t written = 0;
    for (size_t i = 0; i < n; i++) {
        int byte = nd_legacy_byte(in[i]);
        char16_t c = 0;
        if (byte >= 0 && written > 0) {
            if (encoding == ND_LEGACY_VNI)
                c = vni_pair(out[written - 1], byte);
            else if (encoding == ND_LEGACY_CP1258)
                c = cp1258_pair(out[written - 1], byte);
            if (c) {
                out[written - 1] = c;
                continue;
            }
        }
        if (byte >= 0)
            c = single(encoding, byte);
        out[written++] = c ? c : in[i];
    }
    return written;
}
