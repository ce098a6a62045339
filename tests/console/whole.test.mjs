// What people do at the console, then every page as that left it.
import "./work.mjs";
import "./jobs.mjs";
import "./releasing.mjs";
import "./printed.mjs";
import "./programme.mjs";
import "./custody.mjs";
import "./pages.mjs";
import "./many.mjs";
