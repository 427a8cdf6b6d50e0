# cmake --install build --prefix PREFIX: the program, the headers with the package that finds them, scenarios, documents; the
# Python package is installed by its own folder.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS nonpaper RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

# What a foreign strategy needs: find_package(nonpaper) gives nonpaper::strategy, headers and nothing to link.
add_library(strategy_contract INTERFACE)
set_target_properties(strategy_contract PROPERTIES EXPORT_NAME strategy)
target_include_directories(strategy_contract INTERFACE
    $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
# The same arithmetic as the program's, or the same strategy has another digest elsewhere.
target_compile_options(strategy_contract INTERFACE -ffp-contract=off)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/include/nonpaper DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    FILES_MATCHING PATTERN "*.h")
install(TARGETS strategy_contract EXPORT nonpaper)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/nonpaper)
install(EXPORT nonpaper FILE nonpaperTargets.cmake NAMESPACE nonpaper:: DESTINATION ${package})
configure_package_config_file(${CMAKE_SOURCE_DIR}/cmake/nonpaperConfig.cmake.in
    ${CMAKE_BINARY_DIR}/nonpaperConfig.cmake INSTALL_DESTINATION ${package}
    PATH_VARS CMAKE_INSTALL_BINDIR)
# Until 1.0 a minor version may break what was promised.
write_basic_package_version_file(${CMAKE_BINARY_DIR}/nonpaperConfigVersion.cmake
    COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${CMAKE_BINARY_DIR}/nonpaperConfig.cmake ${CMAKE_BINARY_DIR}/nonpaperConfigVersion.cmake
    DESTINATION ${package})

install(DIRECTORY ${CMAKE_SOURCE_DIR}/configs DESTINATION ${CMAKE_INSTALL_DATADIR}/nonpaper)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/examples DESTINATION ${CMAKE_INSTALL_DATADIR}/nonpaper)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${CMAKE_SOURCE_DIR}/README.md ${CMAKE_SOURCE_DIR}/CHANGELOG.md
    ${CMAKE_SOURCE_DIR}/LICENSE ${CMAKE_SOURCE_DIR}/NOTICE
    DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${CMAKE_SOURCE_DIR}/proto/PROTOCOL.md ${CMAKE_SOURCE_DIR}/proto/nonpaper.proto
    DESTINATION ${CMAKE_INSTALL_DOCDIR}/proto)
