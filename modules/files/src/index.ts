import { defineModule, option, types } from "firn";

/** Files below /etc. */
export default defineModule({
  name: "files",
  options: {
    environment: {
      etc: option({
        type: types.attrsOf(
          types.submodule({
            options: {
              enable: option({ type: types.bool, default: true, description: "Whether the file is there" }),
              text: option({ type: types.lines, description: "Content of the file" }),
              mode: option({
                type: types.strMatching(/[0-7]{3,4}/),
                default: "0644",
                description: "Permissions, in octal",
              }),
              target: option({ type: types.path, description: "Path of the file on the host" }),
            },
            config({ name }, define) {
              define({ target: `/etc/${name}` });
            },
          }),
          { placeholder: "path" },
        ),
        default: {},
        example: { motd: { text: "Welcome" } },
        description: "Files below /etc, by their path relative to it",
      }),
    },
  },
});
