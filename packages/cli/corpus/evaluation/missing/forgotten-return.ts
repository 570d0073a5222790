import { defineModule, option, types } from "firn";

const nginx = defineModule({ options: { domain: option({ type: types.str, default: "a.example" }) } });

// @ts-expect-error The compiler refuses it too.
function domainOf(name: string): string {
  name.concat(".example");
}

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ domain: domainOf("b") }); // blame
  },
});
