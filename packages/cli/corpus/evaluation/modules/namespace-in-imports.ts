import { defineModule, option, types } from "firn";

const hardware = { default: defineModule({ options: { cpu: option({ type: types.str, default: "x86" }) } }) };

export default defineModule({
  // @ts-expect-error The compiler refuses it too.
  imports: [hardware], // blame
});
