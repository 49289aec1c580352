#include "corpus/read/charset/syllable.h"

#include <glib.h>
#include <string.h>
#include <uchar.h>

/* Each vowel with its six tones: level, huyền, hỏi, ngã, sắc, nặng. The first of a row stands for the vowel.
 */
static const char16_t vowels[12][7] = {
    u"aàảãáạ", u"ăằẳẵắặ", u"âầẩẫấậ", u"eèẻẽéẹ", u"êềểễếệ", u"iìỉĩíị",
    u"oòỏõóọ", u"ôồổỗốộ", u"ơờởỡớợ", u"uùủũúụ", u"ưừửữứự", u"yỳỷỹýỵ",
};
enum { TONE_LEVEL, TONE_HUYEN, TONE_HOI, TONE_NGA, TONE_SAC, TONE_NANG };

/* Longest first where one begins another. */
static const char *const initials[] = {"ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu",
                                       "th",  "tr", "b",  "c",  "d",  "đ",  "g",  "h",  "k",
                                       "l",   "m",  "n",  "p",  "r",  "s",  "t",  "v",  "x"};

static const char *const rimes =
    " a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây"
    " e ec em en eng eo ep et ê êch êm ên ênh êp êt êu"
    " i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu"
    " o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on "
    "ong ooc oong op"
    " ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt"
    " u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uơ uôc uôi uôm uôn uông uôt uy uya uych "
    "uyên uyêt"
    " uynh uyn uyt uyu uyp ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu"
    " y yêm yên yêng yêt yêu ynh yt ych ";

struct letter {
    char16_t base; /* without its tone, lower case; 0 for what is no letter of the alphabet */
    uint8_t tone;
};

static struct letter analyse(uint32_t c)
{
    c = g_unichar_tolower(c);
    if (c < 0x80)
        return (struct letter){g_ascii_isalpha((char)c) ? (char16_t)c : 0, TONE_LEVEL};
    if (c == 0x111 || c == 0xf0) /* the Icelandic eth is often written for đ */
        return (struct letter){0x111, TONE_LEVEL};
    static struct letter table[0x1f00];
    static gsize made;
    if (g_once_init_enter(&made)) {
        for (unsigned v = 0; v < G_N_ELEMENTS(vowels); v++)
            for (uint8_t tone = 0; tone < 6; tone++)
                table[vowels[v][tone]] = (struct letter){vowels[v][0], tone};
        g_once_init_leave(&made, 1);
    }
    return c < G_N_ELEMENTS(table) ? table[c] : (struct letter){0, TONE_LEVEL};
}

bool nd_letter_is_vietnamese(uint32_t c)
{
    return c >= 0x80 && analyse(c).base != 0;
}

uint32_t nd_letter_with_mark(uint32_t c, uint32_t combining)
{
    gunichar composed, base, mark;
    if (g_unichar_compose(c, combining, &composed))
        return composed;
    /* Unicode composes ộ of ọ and the circumflex, but the circumflex may have come first */
    if (g_unichar_decompose(c, &base, &mark) && mark != 0 && g_unichar_compose(base, combining, &composed) &&
        g_unichar_compose(composed, mark, &composed))
        return composed;
    return 0;
}

static bool is_rime(const char *rime, size_t n)
{
    for (const char *p = rimes; (p = strstr(p, rime)); p++)
        if (p[-1] == ' ' && p[n] == ' ')
            return true;
    return false;
}

static bool bears_tone(const char *rime, size_t n, unsigned tone)
{
    bool stopped = strchr("cpt", rime[n - 1]) || (n >= 2 && rime[n - 1] == 'h' && rime[n - 2] == 'c');
    return !stopped || tone == TONE_SAC || tone == TONE_NANG;
}

/* k, gh and ngh stand before e, ê, i and y, where c, g and ng do not. */
static bool agree(const char *initial, const char *rime)
{
    bool front = strchr("eiy", rime[0]) || g_str_has_prefix(rime, "ê");
    if (strcmp(initial, "k") == 0 || strcmp(initial, "gh") == 0 || strcmp(initial, "ngh") == 0)
        return front;
    if (strcmp(initial, "c") == 0 || strcmp(initial, "ng") == 0)
        return !front;
    if (strcmp(initial, "g") == 0) /* but "gì" */
        return !front || rime[0] == 'i';
    return true;
}

bool nd_syllable_is_valid(const uint32_t *letters, size_t n)
{
    char text[64];
    size_t size = 0;
    unsigned tone = TONE_LEVEL;
    if (n == 0 || n > 7) /* nghiêng */
        return false;
    for (size_t i = 0; i < n; i++) {
        struct letter letter = analyse(letters[i]);
        if (letter.base == 0 || (letter.tone != TONE_LEVEL && tone != TONE_LEVEL))
            return false;
        tone = MAX(tone, letter.tone);
        size += (size_t)g_unichar_to_utf8(letter.base, text + size);
    }
    text[size] = '\0';
    for (unsigned i = 0; i <= G_N_ELEMENTS(initials); i++) {
        const char *initial = i < G_N_ELEMENTS(initials) ? initials[i] : "";
        size_t skip = strlen(initial);
        if (strncmp(text, initial, skip) != 0)
            continue;
        if (size > skip && is_rime(text + skip, size - skip) && agree(initial, text + skip))
            return bears_tone(text + skip, size - skip, tone);
    }
    return false;
}
