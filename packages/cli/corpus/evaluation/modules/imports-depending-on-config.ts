import { defineModule, mkEnableOption } from "firn";

const desktop = defineModule({ options: { desktop: { enable: mkEnableOption("the desktop") } } });
const gnome = defineModule({ options: { gnome: { enable: mkEnableOption("GNOME") } } });

interface Given {
  readonly config: { readonly desktop: { readonly enable: boolean } };
}

// By type imports know nothing of config: what depends on it belongs inside the imported module.
export default defineModule({
  // @ts-expect-error The compiler refuses it too.
  imports: ({ config }: Given) => (config.desktop.enable ? [desktop, gnome] : [desktop]), // blame
});
