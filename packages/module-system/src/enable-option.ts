import { baseTypes, option, type Option } from "@firn/option";

/**
 * Declares a boolean option that is false unless defined.
 *
 * @param what completes "Whether to enable …"
 */
export function mkEnableOption(what: string): Option<boolean> {
  return option({ type: baseTypes.bool, default: false, example: true, description: `Whether to enable ${what}` });
}
