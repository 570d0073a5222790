import { defineModule } from "firn";

const modules: { readonly [name: string]: ReturnType<typeof defineModule> } = {};

export default defineModule({
  // @ts-expect-error The compiler refuses it too.
  imports: [modules["firewall"]], // blame
});
