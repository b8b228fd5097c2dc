// Dear ImGui's compile-time options (IMGUI_USER_CONFIG): only ImDrawList is used.
#pragma once

// 16-bit indices would end at 65,536 vertices, some 300 surfaces.
#define ImDrawIdx unsigned int

#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_METRICS_WINDOW
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_FILE_FUNCTIONS
