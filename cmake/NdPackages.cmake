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

nd_package(GLIB glib-2.0 libglib2.0-dev 2.66)
