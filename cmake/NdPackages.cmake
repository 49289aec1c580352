# nd_package(TARGET MODULE DEBIAN [MINIMUM]): finds the pkg-config MODULE and makes the imported target
# PkgConfig::TARGET; when it is missing, configuration stops with one sentence naming the Debian package.
find_package(PkgConfig REQUIRED)

function(nd_package target module debian)
    set(spec "${module}")
    if(ARGC GREATER 3)
        set(spec "${module}>=${ARGV3}")
    endif()
    if(NOT TARGET PkgConfig::${target})
        pkg_check_modules(${target} QUIET IMPORTED_TARGET GLOBAL "${spec}")
        if(NOT ${target}_FOUND)
            message(FATAL_ERROR "ndsearch needs ${spec}, which Debian ships in the package ${debian}: "
                                "run 'apt-get install ${debian}', or ./quickstart, which installs everything in packages.txt.")
        endif()
    endif()
endfunction()


# nd_archive(TARGET NAME...): programs declared QUICK (NdCompiler.cmake) link the archives libNAME.a in place of the
# shared libraries of PkgConfig::TARGET, where the development packages have them: each library that is not mapped and
# relocated saves a tenth of a millisecond of every start.
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT ND_SANITIZE)
    set(nd_release ON)
else()
    set(nd_release OFF)
endif()
option(ND_ARCHIVES "Link the programs that are started once a question with archives" "${nd_release}")

function(nd_archive target)
    set(archives)
    foreach(name ${ARGN})
        find_library(ND_ARCHIVE_${name} NAMES "lib${name}.a" HINTS "${${target}_LIBDIR}")
        mark_as_advanced(ND_ARCHIVE_${name})
        if(NOT ND_ARCHIVES OR NOT ND_ARCHIVE_${name})
            return()
        endif()
        list(APPEND archives "${ND_ARCHIVE_${name}}")
    endforeach()
    get_target_property(shared PkgConfig::${target} INTERFACE_LINK_LIBRARIES)
    set_target_properties(PkgConfig::${target} PROPERTIES INTERFACE_LINK_LIBRARIES
        "$<IF:$<BOOL:$<TARGET_PROPERTY:ND_QUICK>>,${archives},${shared}>")
endfunction()

nd_package(GLIB glib-2.0 libglib2.0-dev 2.74)
nd_archive(GLIB glib-2.0 pcre2-8)
