import { describePackageManager, MemoryArchives } from "@firn/package-manager/testing";

describePackageManager("MemoryArchives", () => {
  const archives = new MemoryArchives();
  return {
    manager: archives.open(),
    versions: ["1.9", "1.10", "2"],
    publish: (archive, packages) => archives.publish(archive, packages),
    tamper: (archive) => archives.tamper(archive),
    remove: (archive) => archives.remove(archive),
  };
});
