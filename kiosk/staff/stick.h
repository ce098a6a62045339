// The supervisor's screens about a USB stick: what it is for, that it is being written, what became of it.
//
// Promise:   in plain words, without a number.
// Threads:   plain values.
#pragma once

#include "readiness/stick.h"
#include "screen/screen.h"
#include "text/catalogue.h"

namespace perspective::staff {

screen::Screen stick_screen(const text::Catalogue& words);
screen::Screen copying_screen(const text::Catalogue& words);
screen::Screen copied_screen(const readiness::StickNews& news, const text::Catalogue& words);

}  // namespace perspective::staff
