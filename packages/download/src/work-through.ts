/** How much is done at once, and what stops all of it. */
export interface Workers {
  readonly count: number;
  readonly stop: AbortController;
}

/** Does work for each item, several at once. When one throws, the others are stopped, and waited for. */
export async function workThrough<Item>(
  items: readonly Item[],
  { count, stop }: Workers,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const workers = Array.from({ length: Math.min(Math.max(count, 1), items.length) }, async () => {
    for (const item of left) {
      await work(item);
      if (stop.signal.aborted) return;
    }
  });
  try {
    await Promise.all(workers);
  } catch (thrown) {
    stop.abort();
    await Promise.allSettled(workers);
    throw thrown;
  }
}
