/*
 * Compiled in under the address sanitizer only. Xapian 1.4.22's Database::check deletes its handle through a
 * smaller type, which is harmless with every allocator in use; one check too many would end each program that
 * calls xc_check.
 */
const char *__asan_default_options(void);

__attribute__((visibility("default"), used)) const char *__asan_default_options(void)
{
    return "new_delete_type_mismatch=0";
}
