#include "corpus/read/charset/pictogram.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>
#include <uchar.h>

enum nd_pictograms nd_pictograms_of(const char *font)
{
    static const struct {
        const char *prefix;
        enum nd_pictograms pictograms;
    } fonts[] = {
        {"Wingdings 2", ND_PICTOGRAMS_WINGDINGS_2}, {"Wingdings2", ND_PICTOGRAMS_WINGDINGS_2},
        {"Wingdings-2", ND_PICTOGRAMS_WINGDINGS_2}, {"Wingdings", ND_PICTOGRAMS_WINGDINGS},
        {"Webdings", ND_PICTOGRAMS_WEBDINGS},       {"Symbol", ND_PICTOGRAMS_SYMBOL},
    };
    if (!font)
        return ND_PICTOGRAMS_NONE;
    if (strspn(font, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 6 && font[6] == '+') /* a part of it, in a PDF */
        font += 7;
    for (unsigned i = 0; i < G_N_ELEMENTS(fonts); i++)
        if (g_ascii_strncasecmp(font, fonts[i].prefix, strlen(fonts[i].prefix)) == 0)
            return fonts[i].pictograms;
    return ND_PICTOGRAMS_NONE;
}

/* Source: the fonts' glyphs as Unicode names them, https://www.unicode.org/L2/L2012/12130-wingdings.pdf;
 * Symbol: https://www.unicode.org/Public/MAPPINGS/VENDORS/ADOBE/symbol.txt (2024-05-01) */
static const struct {
    uint8_t font, byte;
    char16_t shown;
} signs[] = {
    {ND_PICTOGRAMS_WINGDINGS, 0x6f, u'☐'},   {ND_PICTOGRAMS_WINGDINGS, 0x71, u'☐'},
    {ND_PICTOGRAMS_WINGDINGS, 0x72, u'☐'},   {ND_PICTOGRAMS_WINGDINGS, 0x78, u'☒'},
    {ND_PICTOGRAMS_WINGDINGS, 0xa8, u'☐'},   {ND_PICTOGRAMS_WINGDINGS, 0xfb, u'✗'},
    {ND_PICTOGRAMS_WINGDINGS, 0xfc, u'✓'},   {ND_PICTOGRAMS_WINGDINGS, 0xfd, u'☒'},
    {ND_PICTOGRAMS_WINGDINGS, 0xfe, u'☑'},   {ND_PICTOGRAMS_WINGDINGS, 0xe0, u'→'},
    {ND_PICTOGRAMS_WINGDINGS, 0xf0, u'⇒'},   {ND_PICTOGRAMS_WINGDINGS_2, 0x4f, u'✗'},
    {ND_PICTOGRAMS_WINGDINGS_2, 0x50, u'✓'}, {ND_PICTOGRAMS_WINGDINGS_2, 0x51, u'☒'},
    {ND_PICTOGRAMS_WINGDINGS_2, 0x52, u'☑'}, {ND_PICTOGRAMS_WINGDINGS_2, 0x53, u'☒'},
    {ND_PICTOGRAMS_WINGDINGS_2, 0x54, u'☒'}, {ND_PICTOGRAMS_WINGDINGS_2, 0xa3, u'☐'},
    {ND_PICTOGRAMS_WEBDINGS, 0x61, u'✓'},    {ND_PICTOGRAMS_WEBDINGS, 0x63, u'☐'},
    {ND_PICTOGRAMS_WEBDINGS, 0x72, u'✗'},    {ND_PICTOGRAMS_SYMBOL, 0x44, u'Δ'},
    {ND_PICTOGRAMS_SYMBOL, 0x46, u'Φ'},      {ND_PICTOGRAMS_SYMBOL, 0x53, u'Σ'},
    {ND_PICTOGRAMS_SYMBOL, 0x57, u'Ω'},      {ND_PICTOGRAMS_SYMBOL, 0x61, u'α'},
    {ND_PICTOGRAMS_SYMBOL, 0x62, u'β'},      {ND_PICTOGRAMS_SYMBOL, 0x64, u'δ'},
    {ND_PICTOGRAMS_SYMBOL, 0x65, u'ε'},      {ND_PICTOGRAMS_SYMBOL, 0x66, u'φ'},
    {ND_PICTOGRAMS_SYMBOL, 0x67, u'γ'},      {ND_PICTOGRAMS_SYMBOL, 0x68, u'η'},
    {ND_PICTOGRAMS_SYMBOL, 0x6c, u'λ'},      {ND_PICTOGRAMS_SYMBOL, 0x6d, u'μ'},
    {ND_PICTOGRAMS_SYMBOL, 0x70, u'π'},      {ND_PICTOGRAMS_SYMBOL, 0x71, u'θ'},
    {ND_PICTOGRAMS_SYMBOL, 0x72, u'ρ'},      {ND_PICTOGRAMS_SYMBOL, 0x73, u'σ'},
    {ND_PICTOGRAMS_SYMBOL, 0x74, u'τ'},      {ND_PICTOGRAMS_SYMBOL, 0x77, u'ω'},
    {ND_PICTOGRAMS_SYMBOL, 0xa3, u'≤'},      {ND_PICTOGRAMS_SYMBOL, 0xa5, u'∞'},
    {ND_PICTOGRAMS_SYMBOL, 0xae, u'→'},      {ND_PICTOGRAMS_SYMBOL, 0xb0, u'°'},
    {ND_PICTOGRAMS_SYMBOL, 0xb1, u'±'},      {ND_PICTOGRAMS_SYMBOL, 0xb3, u'≥'},
    {ND_PICTOGRAMS_SYMBOL, 0xb4, u'×'},      {ND_PICTOGRAMS_SYMBOL, 0xb8, u'÷'},
    {ND_PICTOGRAMS_SYMBOL, 0xb9, u'≠'},      {ND_PICTOGRAMS_SYMBOL, 0xbb, u'≈'},
    {ND_PICTOGRAMS_SYMBOL, 0xc6, u'∅'},      {ND_PICTOGRAMS_SYMBOL, 0xde, u'⇒'},
    {ND_PICTOGRAMS_SYMBOL, 0xe5, u'∑'},
};

uint32_t nd_pictogram(enum nd_pictograms font, uint32_t c)
{
    const bool moved = c >= 0xf021 && c <= 0xf0ff;
    if (font == ND_PICTOGRAMS_NONE || (!moved && (c <= ' ' || c == 0xa0 || c > 0xff)))
        return c;
    const uint32_t byte = c & 0xff;
    for (unsigned i = 0; i < G_N_ELEMENTS(signs); i++)
        if (signs[i].font == font && signs[i].byte == byte)
            return signs[i].shown;
    if (font == ND_PICTOGRAMS_SYMBOL && byte < 0x7f)
        return byte; /* digits and punctuation are as in other fonts */
    return ND_PICTOGRAM_ANY;
}
