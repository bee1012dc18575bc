/** Which seeds are played, and what a failure says. */

const FIRST = Number(process.env.SIMULATOR_FIRST ?? 1)

/** As many as are asked for, or as many as the suite plays; every so many share a test. */
export function chunksOf(usual: number, size: number): (readonly [first: number, last: number])[] {
  const seeds = Number(process.env.SIMULATOR_SEEDS ?? usual)
  return Array.from({ length: Math.ceil(seeds / size) }, (_, n) => {
    const first = FIRST + n * size
    return [first, Math.min(first + size, FIRST + seeds) - 1] as const
  })
}

/** A failure tells the one command that plays its seed again. `tests`: words of their title. */
export async function named<T>(seed: number, tests: string, play: () => Promise<T>): Promise<T> {
  try {
    return await play()
  } catch (error) {
    if (error instanceof Error)
      error.message = `SIMULATOR_FIRST=${seed} SIMULATOR_SEEDS=1 npm run soak -- -t '${tests}': ${error.message}`
    throw error
  }
}
