// What people do at the console, then every page as that left it.
import "./work.mjs";
import "./jobs.mjs";
import "./releasing.mjs";
import "./crosstab.mjs";
import "./printed.mjs";
import "./programme.mjs";
import "./unsaved.mjs";
import "./unsaved_work.mjs";
import "./unsaved_settings.mjs";
import "./unsaved_more.mjs";
import "./other_language.mjs";
import "./custody.mjs";
import "./concerns.mjs";
import "./locked.mjs";
import "./codes.mjs";
import "./pages.mjs";
import "./many.mjs";
