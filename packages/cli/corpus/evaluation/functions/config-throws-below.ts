import { defineModule, option, types } from "firn";

const nginx = defineModule({
  options: { domain: option({ type: types.str, default: "" }), zone: option({ type: types.str, default: "" }) },
});

function zoneOf(domain: string): string {
  const [, zone] = domain.split(".");
  if (zone === undefined) throw new Error(`"${domain}" has no zone`); // blame
  return zone;
}

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    define({ zone: zoneOf(config.domain) });
  },
});
