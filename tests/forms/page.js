// The page that shows a form, as ODK's own servers show it: nothing but @getodk/web-forms.
import { createApp, h } from "vue";
import { OdkWebForm, webFormsPlugin } from "@getodk/web-forms";

window.show = (formXml) => {
  const app = createApp({
    render: () => h(OdkWebForm, { formXml, fetchFormAttachment: async () => new Response("", { status: 404 }) }),
  });
  app.use(webFormsPlugin);
  app.mount("#form");
};
