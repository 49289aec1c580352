# cmake -DOUTPUT=assets.h -DINPUTS=a.css;b.js -P embed.cmake: the files as C arrays, each with a hash of its
# content for its address, so that browsers may keep it for ever.
set(text "/* Made by web/embed.cmake. */\n#ifndef ND_GENERATED_ASSETS_H\n#define ND_GENERATED_ASSETS_H\n")
foreach(input IN LISTS INPUTS)
    get_filename_component(name "${input}" NAME)
    string(TOUPPER "${name}" upper)
    string(REGEX REPLACE "[^A-Z0-9]" "_" upper "${upper}")
    string(TOLOWER "nd_asset_${upper}" lower)
    file(SHA256 "${input}" hash)
    string(SUBSTRING "${hash}" 0 12 hash)
    file(READ "${input}" bytes HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    string(APPEND text "#define ND_ASSET_${upper}_HASH \"${hash}\"\n"
                       "static const unsigned char ${lower}[] __attribute__((unused)) = {${bytes}};\n")
endforeach()
file(WRITE "${OUTPUT}" "${text}#endif\n")
