/* Runs a libFuzzer target over the files and folders named as arguments, once each: fuzz seeds as plain
 * tests. */

#include <glib.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned run_path(const char *path)
{
    unsigned n = 0;
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    if (dir) {
        for (const char *name; (name = g_dir_read_name(dir));) {
            g_autofree char *child = g_build_filename(path, name, NULL);
            n += run_path(child);
        }
        return n;
    }
    g_autoptr(GError) error = NULL;
    g_autofree char *contents = NULL;
    gsize size;
    if (!g_file_get_contents(path, &contents, &size, &error)) {
        fprintf(stderr, "%s\n", error->message);
        exit(2);
    }
    LLVMFuzzerTestOneInput((const uint8_t *)contents, size);
    return 1;
}

int main(int argc, char **argv)
{
    unsigned n = 0;
    for (int i = 1; i < argc; i++)
        n += run_path(argv[i]);
    printf("%u inputs\n", n);
    return n > 0 ? 0 : 1;
}
