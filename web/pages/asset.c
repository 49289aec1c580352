#include "web/pages/page.h"
#include "web/assets.h"

/* An asset's address holds the hash of its content: it never changes, so browsers need not ask again. */
static bool answer(struct nd_visit *visit, const char *type, const unsigned char *bytes, size_t size)
{
    visit->response->type = type;
    visit->response->caching = "public, max-age=31536000, immutable";
    g_string_append_len(visit->response->body, (const char *)bytes, (gssize)size);
    return true;
}

bool nd_page_style(struct nd_visit *visit, G_GNUC_UNUSED GError **error)
{
    return answer(visit, "text/css; charset=utf-8", nd_asset_style_css, sizeof nd_asset_style_css);
}

bool nd_page_script(struct nd_visit *visit, G_GNUC_UNUSED GError **error)
{
    return answer(visit, "text/javascript; charset=utf-8", nd_asset_ndsearch_js, sizeof nd_asset_ndsearch_js);
}

bool nd_page_icon(struct nd_visit *visit, G_GNUC_UNUSED GError **error)
{
    return answer(visit, "image/svg+xml", nd_asset_icon_svg, sizeof nd_asset_icon_svg);
}
