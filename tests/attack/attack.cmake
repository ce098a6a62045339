# What the attacks' programs share. In each folder: `sources`, `libraries`, and one program of them, named as its test.
include_guard()

function(attack_program name)
  add_executable(${name} ${sources} ${ARGN})
  perspective_compile_options(${name})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_link_libraries(${name} PRIVATE perspective_source_folder)
  target_link_libraries(${name} PRIVATE ${libraries})
endfunction()

function(attack_test name)
  attack_program(${name})
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS attack TIMEOUT 600)
endfunction()

# weakened(OUT SOURCE PATTERN REPLACEMENT...): writes OUT, below this folder's binaries.
function(weakened out source)
  set(weaken ${CMAKE_SOURCE_DIR}/tests/attack/weaken.py)
  add_custom_command(OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${out} VERBATIM
                     COMMAND /usr/bin/python3 ${weaken} ${CMAKE_SOURCE_DIR}/${source} ${CMAKE_CURRENT_BINARY_DIR}/${out} ${ARGN}
                     DEPENDS ${CMAKE_SOURCE_DIR}/${source} ${weaken})
endfunction()

# told_without(NAME DEFENCE ATTACK SOURCE PATTERN REPLACEMENT...): this attack succeeds without this defence.
function(told_without name defence attack source)
  weakened(${defence}.cc ${source} ${ARGN})
  # Before the library, from which the linker then takes no second one.
  attack_program(${name}_without_${defence} ${CMAKE_CURRENT_BINARY_DIR}/${defence}.cc)
  add_test(NAME ${name}_without_${defence} COMMAND ${name}_without_${defence} --told-by ${attack})
  set_tests_properties(${name}_without_${defence} PROPERTIES LABELS attack TIMEOUT 300)
endfunction()
