/** Runs all side by side: each waits where it yields until the others do, or have ended. Returns what each returns. */
export async function inStep<T>(all: readonly AsyncGenerator<void, T>[]): Promise<T[]> {
  const ended = new Map<number, T>()
  while (ended.size < all.length)
    await Promise.all(
      all.map(async (one, n) => {
        if (ended.has(n)) return
        const step = await one.next()
        if (step.done) ended.set(n, step.value)
      }),
    )
  return all.map((_, n) => ended.get(n) as T)
}
