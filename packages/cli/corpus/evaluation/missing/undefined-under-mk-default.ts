import { defineModule, mkDefault, option, types } from "firn";

const nginx = defineModule({ options: { domain: option({ type: types.str, default: "a.example" }) } });
const domains: { readonly [name: string]: string } = {};

export default defineModule({
  imports: [nginx],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ domain: mkDefault(domains["web"]) }); // blame
  },
});
