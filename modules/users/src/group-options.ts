import { option, types } from "firn";
import { accountId, accountName } from "./account-types.ts";

/** One group. */
export const group = types.submodule({
  options: {
    gid: option({
      type: types.nullOr(accountId),
      default: null,
      description: "Group id; null takes a free one, which the name then keeps on this host",
    }),
    members: option({
      type: types.listOf(accountName),
      default: [],
      description: "Members beside the users that name it in extraGroups; those that others added stay",
    }),
    isSystem: option({
      type: types.bool,
      default: false,
      description: "Whether its id is from the range of the system",
    }),
  },
});
