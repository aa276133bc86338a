# Builds the page of the HTML export: cmake -DSOURCE=viewer -DBUILD=dir -DOUTPUT=viewer.html -DNODE=node -DNPM=npm -P BuildViewer.cmake
# Where npm cannot fetch the packages (no network, no cache) the output is empty: the build goes on, and the html writer
# says that this build has no viewer.
file(MAKE_DIRECTORY "${BUILD}")
file(COPY "${SOURCE}/" DESTINATION "${BUILD}")
set(stamp "${BUILD}/node_modules/.package-lock.json")
if(NOT EXISTS "${stamp}" OR "${SOURCE}/package-lock.json" IS_NEWER_THAN "${stamp}")
  execute_process(COMMAND "${NPM}" ci --ignore-scripts --no-audit --no-fund --prefer-offline
                  WORKING_DIRECTORY "${BUILD}" RESULT_VARIABLE failed OUTPUT_VARIABLE said ERROR_VARIABLE said)
endif()
if(NOT failed)
  execute_process(COMMAND "${NODE}" build.mjs "${OUTPUT}" WORKING_DIRECTORY "${BUILD}" RESULT_VARIABLE failed
                  OUTPUT_VARIABLE said ERROR_VARIABLE said)
endif()
if(failed)
  message(WARNING "The HTML viewer was not built: ${said}")
  file(WRITE "${OUTPUT}" "")
endif()
