# perspective_manual(PROGRAMS...): their manual pages in man/ of the build folder, from what they say with --help and from
# installer/manual; installed.
include(GNUInstallDirs)
function(perspective_manual)
  set(make ${CMAKE_SOURCE_DIR}/installer/manual/make.py)
  set(folder ${CMAKE_BINARY_DIR}/man)
  foreach(program ${ARGN})
    file(GLOB parts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/installer/manual/${program}*.parts)
    add_custom_command(OUTPUT ${folder}/${program}.1 VERBATIM COMMAND /usr/bin/python3 ${make} $<TARGET_FILE:${program}> ${folder}
                       DEPENDS ${program} ${make} ${parts})
    list(APPEND pages ${folder}/${program}.1)
  endforeach()
  add_custom_target(manual ALL DEPENDS ${pages})
  install(DIRECTORY ${folder}/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 FILES_MATCHING PATTERN "*.1")
endfunction()
