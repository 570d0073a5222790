/** Says what systemd would not take of a setting; undefined when it takes it. */
export function checkSetting(_section: string, _key: string, _value: string): string | undefined {
  return undefined;
}
