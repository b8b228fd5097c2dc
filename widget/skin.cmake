# The skin: Dear ImGui's ImDrawList painting the panel's surfaces.
include(ImguiSource)
if(NOT TARGET askus_imgui)
  return()
endif()

askus_library(askus_skin_paint skin/look.cpp skin/painter.cpp skin/shape.cpp LINK askus_imgui)

if(EMSCRIPTEN)
  askus_wasm_module(askus_skin skin/exports.cpp FROM askus_skin_paint askus_imgui
    EXPORTS skin_surfaces skin_theme skin_paint)
  target_include_directories(askus_skin SYSTEM PRIVATE "${ASKUS_IMGUI_DIR}")
  target_compile_definitions(askus_skin PRIVATE
    IMGUI_USER_CONFIG="widget/skin/imgui_config.h")
endif()
