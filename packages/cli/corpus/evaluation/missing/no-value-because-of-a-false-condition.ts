import { defineModule, mkEnableOption, mkIf, option, types } from "firn";

const nginx = defineModule({
  options: {
    ssl: mkEnableOption("TLS"),
    certificate: option({ type: types.path }),
    text: option({ type: types.lines, default: "" }),
  },
});

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    define({ certificate: mkIf(config.ssl, "/etc/ssl/web.pem") });
    define({ text: `ssl_certificate ${config.certificate}` }); // blame
  },
});
