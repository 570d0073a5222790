export * from "@firn/unit";
