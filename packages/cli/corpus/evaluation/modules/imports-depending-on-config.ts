import { defineModule, mkEnableOption } from "firn";

const desktop = defineModule({ options: { desktop: { enable: mkEnableOption("the desktop") } } });
const gnome = defineModule({ options: { gnome: { enable: mkEnableOption("GNOME") } } });

export default defineModule({
  imports: ({ config }: { config: { desktop: { enable: boolean } } }) =>
    config.desktop.enable ? [desktop, gnome] : [desktop], // blame
});
