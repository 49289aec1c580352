#include "corpus/read/extract/ole.h"

#include "base/caps.h"
#include "base/error.h"

#include <gsf/gsf.h>

struct nd_ole {
    GsfInput *input;
    GsfInfile *file;
};

struct nd_ole *nd_ole_open(struct nd_bytes file, GError **error)
{
    g_autoptr(GError) problem = NULL;
    GsfInput *input = gsf_input_memory_new(file.p, (gsf_off_t)file.n, FALSE);
    GsfInfile *infile = input ? gsf_infile_msole_new(input, &problem) : NULL;
    if (!infile) {
        g_set_error(error, ND_ERROR, ND_ERROR_INPUT, "%s", problem ? problem->message : "no OLE2 file");
        g_clear_object(&input);
        return NULL;
    }
    struct nd_ole *ole = g_new0(struct nd_ole, 1);
    ole->input = input;
    ole->file = infile;
    return ole;
}

void nd_ole_close(struct nd_ole *ole)
{
    if (!ole)
        return;
    g_object_unref(ole->file);
    g_object_unref(ole->input);
    g_free(ole);
}

uint8_t *nd_ole_read(struct nd_ole *ole, const char *name, size_t *size_out)
{
    int n = gsf_infile_num_children(ole->file);
    for (int i = 0; i < n; i++) {
        const char *child_name = gsf_infile_name_by_index(ole->file, i);
        if (!child_name || g_ascii_strcasecmp(child_name, name) != 0)
            continue;
        GsfInput *child = gsf_infile_child_by_index(ole->file, i);
        gsf_off_t size = child ? gsf_input_size(child) : -1;
        bool good = size > 0 && (uintmax_t)size <= ND_CAP_FILE_BYTES;
        uint8_t *bytes = good ? g_try_malloc((gsize)size) : NULL;
        good = bytes && gsf_input_read(child, (size_t)size, bytes);
        if (child)
            g_object_unref(child);
        if (!good) {
            g_free(bytes);
            return NULL;
        }
        *size_out = (size_t)size;
        return bytes;
    }
    return NULL;
}

static bool has_child(struct nd_ole *ole, const char *name)
{
    int n = gsf_infile_num_children(ole->file);
    for (int i = 0; i < n; i++) {
        const char *child = gsf_infile_name_by_index(ole->file, i);
        if (child && g_ascii_strcasecmp(child, name) == 0)
            return true;
    }
    return false;
}

enum nd_format nd_ole_format(struct nd_bytes file)
{
    static const struct {
        const char *stream;
        enum nd_format format;
    } signatures[] = {
        {"WordDocument", ND_FORMAT_DOC},
        {"Workbook", ND_FORMAT_XLS},
        {"Book", ND_FORMAT_XLS},
        {"PowerPoint Document", ND_FORMAT_PPT},
        {"EncryptedPackage", ND_FORMAT_ENCRYPTED}, /* OOXML with a password */
    };
    nd_auto(nd_ole) ole = nd_ole_open(file, NULL);
    for (unsigned i = 0; ole && i < G_N_ELEMENTS(signatures); i++)
        if (has_child(ole, signatures[i].stream))
            return signatures[i].format;
    return ole ? ND_FORMAT_UNSUPPORTED : ND_FORMAT_OLE_BROKEN;
}
