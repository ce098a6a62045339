# The few words our CMakeLists speak.

# perspective_library(NAME LIBS...): the static library of the folder that calls it, from all of its *.cc
# (main.cc is never part of one). Includes are written from the house down: "survey/routing.h".
function(perspective_library name)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  if(NOT sources)
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE ${ARGN})
    target_include_directories(${name} INTERFACE ${CMAKE_CURRENT_SOURCE_DIR}/..)
    return()
  endif()
  add_library(${name} STATIC ${sources})
  perspective_compile_options(${name})
  target_include_directories(${name} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR}/..)
  target_link_libraries(${name} PUBLIC ${ARGN})
endfunction()

function(perspective_compile_options target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Werror
    # else ccache never sees the same precompiled header twice
    "$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>"
    # The stable_sort() of g++ 12's library calls what that library calls deprecated; g++ itself tells of our own calls
    "$<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>")
endfunction()

# perspective_add_rooms(HOUSE): every folder below HOUSE that has a CMakeLists.txt.
function(perspective_add_rooms house)
  file(GLOB rooms CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${house}/*/CMakeLists.txt)
  foreach(room ${rooms})
    get_filename_component(folder ${room} DIRECTORY)
    add_subdirectory(${folder})
  endforeach()
endfunction()

# perspective_add_program(NAME HOUSE): HOUSE/main.cc with all of HOUSE's libraries. Packages name the folder of its
# configuration file; a program that was built here reads none unless it is told.
set(PERSPECTIVE_CONFIGURATION_FOLDER "" CACHE STRING "Where NAME.conf of each program is read from; empty: nowhere")
function(perspective_add_program name house)
  if(NOT EXISTS ${CMAKE_SOURCE_DIR}/${house}/main.cc)
    return()
  endif()
  set(configuration ${PERSPECTIVE_CONFIGURATION_FOLDER})
  if(configuration)
    string(APPEND configuration /${house}.conf)
  endif()
  add_executable(${name} ${house}/main.cc)
  perspective_compile_options(${name})
  target_compile_definitions(${name} PRIVATE PERSPECTIVE_VERSION="${PROJECT_VERSION}"
    PERSPECTIVE_INSTALLED_ASSETS="${CMAKE_INSTALL_FULL_DATADIR}/${name}/assets"
    PERSPECTIVE_CONFIGURATION="${configuration}"
    PERSPECTIVE_INSTALLED_CONSOLE="${CMAKE_INSTALL_FULL_DATADIR}/perspective-console"
    $<$<BOOL:${PERSPECTIVE_TEST_HOOKS}>:PERSPECTIVE_TEST_HOOKS>)
  file(GLOB rooms ${CMAKE_SOURCE_DIR}/${house}/*/CMakeLists.txt)
  foreach(room ${rooms})
    get_filename_component(folder ${room} DIRECTORY)
    get_filename_component(library ${folder} NAME)
    target_link_libraries(${name} PRIVATE perspective_${library})
  endforeach()
  target_link_libraries(${name} PRIVATE perspective_settings)
  install(TARGETS ${name})
endfunction()

# perspective_install_assets(PROGRAM FOLDERS...): folders of assets/ to where the program looks for them.
function(perspective_install_assets program)
  list(TRANSFORM ARGN PREPEND ${CMAKE_SOURCE_DIR}/assets/)
  install(DIRECTORY ${ARGN} DESTINATION ${CMAKE_INSTALL_DATADIR}/${program}/assets)
endfunction()

# For tests' own sources alone. g++ 12 needs twice as long for a test with checks of undefined behaviour, and what is
# looked for is in what the test calls.
set(PERSPECTIVE_TEST_OPTIONS "" CACHE STRING "Compiler options for tests only")

# What nearly every test includes, compiled once: a fifth less time for the tests (22 files: 38 -> 31 s of one core).
# Libraries would not gain what it costs: their includes are few and differ.
function(perspective_precompile_tests)
  add_library(test_precompiled OBJECT ${CMAKE_SOURCE_DIR}/tests/support/precompiled.cc)
  perspective_compile_options(test_precompiled)
  target_compile_options(test_precompiled PRIVATE -pthread ${PERSPECTIVE_TEST_OPTIONS})  # -pthread as some tests: all must
  target_link_libraries(test_precompiled PRIVATE GTest::gmock GTest::gtest_main)
  target_precompile_headers(test_precompiled PRIVATE <gmock/gmock.h> <gtest/gtest.h> <algorithm> <chrono> <expected>
    <filesystem> <fstream> <functional> <map> <memory> <optional> <set> <sstream> <string> <variant> <vector>)
endfunction()

# perspective_test_program(NAME LIBS...): all *.cc of the calling folder as one GoogleTest program.
function(perspective_test_program name)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  add_executable(test_${name} ${sources})
  perspective_compile_options(test_${name})
  target_include_directories(test_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_link_libraries(test_${name} PRIVATE perspective_source_folder)
  target_link_libraries(test_${name} PRIVATE ${ARGN} GTest::gmock GTest::gtest_main)
  if(PERSPECTIVE_PRECOMPILE)
    target_precompile_headers(test_${name} REUSE_FROM test_precompiled)
  endif()
  # g++ 12 sees overruns in its own std::string (its bug 105651), and more of them through precompiled headers.
  target_compile_options(test_${name} PRIVATE -pthread ${PERSPECTIVE_TEST_OPTIONS}
    $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds -Wno-stringop-overflow>)
endfunction()

set(PERSPECTIVE_TEST_TIMEOUT 120 CACHE STRING "Seconds that a unit test may take; with a sanitizer it takes some times as long")

# perspective_test(NAME LIBS...): such a program, each of its tests for itself.
function(perspective_test name)
  perspective_test_program(${name} ${ARGN})
  gtest_discover_tests(test_${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT ${PERSPECTIVE_TEST_TIMEOUT})
endfunction()
