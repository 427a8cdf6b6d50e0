# How every folder builds: one language, one set of warnings, one arithmetic.
include_guard()
find_package(PkgConfig REQUIRED)

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})

add_library(nonpaper_build INTERFACE)
target_include_directories(nonpaper_build INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/include)
target_compile_definitions(nonpaper_build INTERFACE
    _POSIX_C_SOURCE=200809L _DEFAULT_SOURCE NONPAPER_VERSION="${PROJECT_VERSION}")
# No contraction and no fast-math: equal digests on every machine depend on it (design invariant I1).
target_compile_options(nonpaper_build INTERFACE
    -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wpointer-arith
    -Wwrite-strings -Wundef -ffp-contract=off -fno-fast-math -fstack-protector-strong)

# The release program is optimised as a whole, across its folders; docs/bench.md says what that brings.
# Objects hold plain code too, with which the suites are linked, as they have no need to wait for it.
set(whole_program $<AND:$<CONFIG:Release>,$<C_COMPILER_ID:GNU>>)
target_compile_options(nonpaper_build INTERFACE $<${whole_program}:-flto=auto;-ffat-lto-objects>)

option(NONPAPER_SANITIZE "AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
if(NONPAPER_SANITIZE)
    # gcc loses track of what is initialized in the code that it instruments, and says so wrongly.
    target_compile_options(nonpaper_build INTERFACE
        -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
        $<$<C_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    target_link_options(nonpaper_build INTERFACE -fsanitize=address,undefined)
endif()

option(NONPAPER_FUZZ "build the fuzzers of tests/fuzz (clang only)" OFF)
if(NONPAPER_FUZZ)
    target_compile_options(nonpaper_build INTERFACE
        -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(nonpaper_build INTERFACE -fsanitize=address,undefined)
    add_custom_target(fuzzers)
endif()

# nonpaper_library(NAME SOURCES file… [NEEDS target…] [DOOR pkg-config module…])
# DOOR names the outside libraries to which this folder is the one door.
function(nonpaper_library name)
    cmake_parse_arguments(ARG "" "" "SOURCES;NEEDS;DOOR" ${ARGN})
    add_library(${name} STATIC ${ARG_SOURCES})
    target_link_libraries(${name} PUBLIC nonpaper_build ${ARG_NEEDS})
    foreach(module IN LISTS ARG_DOOR)
        pkg_check_modules(${module} REQUIRED IMPORTED_TARGET ${module})
        target_link_libraries(${name} PRIVATE PkgConfig::${module})
    endforeach()
endfunction()

# nonpaper_test(NAME SOURCES file… NEEDS target… [LABELS word…] [TIMEOUT s]): a cmocka suite.
function(nonpaper_test name)
    cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;NEEDS;LABELS" ${ARGN})
    pkg_check_modules(cmocka REQUIRED IMPORTED_TARGET cmocka)
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE nonpaper_build ${ARG_NEEDS} PkgConfig::cmocka)
    target_compile_definitions(${name} PRIVATE
        NONPAPER_SOURCE_DIR="${CMAKE_SOURCE_DIR}" NONPAPER_BINARY_DIR="${CMAKE_BINARY_DIR}")
    target_link_options(${name} PRIVATE $<${whole_program}:-fno-lto>)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    add_test(NAME ${name} COMMAND ${name})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 300)
    endif()
    set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT})
endfunction()

# nonpaper_fuzzer(NAME SOURCES file… NEEDS target…): a fuzzer, LLVMFuzzerTestOneInput. Seeds, where there
# are any, lie in tests/fuzz/corpus/NAME/. With NONPAPER_FUZZ it is driven by libFuzzer, for ./dev fuzz;
# otherwise briefly by tests/fuzz/driver.c, as a test.
function(nonpaper_fuzzer name)
    cmake_parse_arguments(ARG "" "" "SOURCES;NEEDS" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE nonpaper_build ${ARG_NEEDS})
    target_link_options(${name} PRIVATE $<${whole_program}:-fno-lto>)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzzers)
    if(NONPAPER_FUZZ)
        target_link_options(${name} PRIVATE -fsanitize=fuzzer)
        add_dependencies(fuzzers ${name})
        return()
    endif()
    target_sources(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests/fuzz/driver.c)
    set(seeds ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name})
    if(NOT EXISTS ${seeds})
        set(seeds "")
    endif()
    add_test(NAME ${name} COMMAND ${name} ${seeds})
    set_tests_properties(${name} PROPERTIES LABELS fuzz TIMEOUT 120)
endfunction()
