// The X11 socket as a source of GLib's main context, so that the context is the one place that blocks.
#pragma once

typedef struct _GSource GSource;

namespace perspective::platform {

GSource* attach_x11();  // GLFW's connection, to the default context; the caller destroys and unrefs it

}  // namespace perspective::platform
