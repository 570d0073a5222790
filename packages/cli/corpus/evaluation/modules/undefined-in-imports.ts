import { defineModule } from "firn";

const modules: { readonly [name: string]: ReturnType<typeof defineModule> } = {};

export default defineModule({
  imports: [modules["firewall"]], // blame
});
