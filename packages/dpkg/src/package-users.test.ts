import { dpkgTarget } from "@firn/dpkg";
import { describe, expect, test } from "vitest";

const text = `# units
nginx.service loaded active running A web server
cron.service loaded active running Cron
# lists
==> /dev/null <==

==> /var/lib/dpkg/info/nginx-common.list <==
/lib/systemd/system/nginx.service

==> /var/lib/dpkg/info/libc6:amd64.list <==
/lib/x86_64-linux-gnu/libc.so.6
# groups
==> /proc/7/cgroup <==
0::/system.slice/cron.service

==> /proc/8/cgroup <==
0::/user.slice/user-1000.slice/session-1.scope
# maps
/proc/7/maps
r-xp /usr/lib/x86_64-linux-gnu/libc.so.6 (deleted)
/proc/8/maps
r-xp /usr/lib/x86_64-linux-gnu/libc.so.6
# end
`;

describe("parseUsers", () => {
  test("finds units of packages, and units whose processes have files of packages open", () => {
    expect(dpkgTarget.parseUsers(text)).toEqual([
      { unit: "nginx.service", package: "nginx-common", isOwn: true },
      { unit: "cron.service", package: "libc6", isOwn: false },
    ]);
  });

  test("finds none where no systemd runs", () => {
    expect(dpkgTarget.parseUsers("")).toEqual([]);
  });
});
