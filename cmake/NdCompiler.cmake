# The flags every target of the project is compiled with, as one interface library.
add_library(nd_compiler INTERFACE)
target_include_directories(nd_compiler INTERFACE "${CMAKE_SOURCE_DIR}" "${CMAKE_BINARY_DIR}/generated")
target_compile_options(nd_compiler INTERFACE
    -Wall -Wextra -Wconversion -Wshadow -Wundef -Wwrite-strings
    $<$<BOOL:${ND_WERROR}>:-Werror>
    $<$<COMPILE_LANGUAGE:C>:-Wstrict-prototypes -Wmissing-prototypes>
    $<$<CONFIG:Debug>:-Og>)
# GLib's newer functions and newer deprecations are both out of sight: one source for every GLib since then.
target_compile_definitions(nd_compiler INTERFACE
    GLIB_VERSION_MIN_REQUIRED=GLIB_VERSION_2_74 GLIB_VERSION_MAX_ALLOWED=GLIB_VERSION_2_74
    _GNU_SOURCE ND_VERSION="${PROJECT_VERSION}"
    $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2>)
if(ND_SANITIZE)
    set(nd_sanitizers address,undefined)
    target_compile_options(nd_compiler INTERFACE
        -fsanitize=${nd_sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer -U_FORTIFY_SOURCE)
    target_link_options(nd_compiler INTERFACE -fsanitize=${nd_sanitizers})
endif()
if(ND_SANITIZE_THREADS)
    target_compile_options(nd_compiler INTERFACE -fsanitize=thread -fno-omit-frame-pointer -U_FORTIFY_SOURCE
        -include "${CMAKE_SOURCE_DIR}/tests/tsan/glib.h")
    target_link_options(nd_compiler INTERFACE -fsanitize=thread)
endif()
if(ND_FUZZ)
    target_compile_options(nd_compiler INTERFACE -fsanitize=fuzzer-no-link)
    target_link_options(nd_compiler INTERFACE -fsanitize=fuzzer-no-link)
endif()

# nd_library(NAME SOURCES... LINK libraries...): one room's static library.
function(nd_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    target_link_libraries(${name} PUBLIC nd_compiler ${arg_LINK})
endfunction()

# nd_program(NAME [QUICK] SOURCES... LINK libraries...): one installed program, left in build/<preset>/bin. QUICK: it is
# started once a question, so that its start is part of every answer (nd_archive in NdPackages.cmake).
function(nd_program name)
    cmake_parse_arguments(arg "QUICK" "" "SOURCES;LINK" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE nd_compiler ${arg_LINK})
    target_link_options(${name} PRIVATE LINKER:--as-needed)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin" ND_QUICK "${arg_QUICK}")
    install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()
