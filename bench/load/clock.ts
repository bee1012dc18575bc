/** Where the tenant's clock stands: at `tenant` when the machine's is at `real` (both epoch ms), and so many times as fast. */
export interface Anchor {
  readonly real: number
  readonly tenant: number
  readonly rate: number
}

/** The tenant's clock, the same in all processes: each is told of every change of speed. */
export function makeSharedClock(anchor: Anchor) {
  let { real, tenant, rate } = anchor
  return {
    now: () => Math.floor(tenant + (Date.now() - real) * rate),
    rate: () => rate,
    turn(to: Anchor) {
      ;({ real, tenant, rate } = to)
    },
  }
}
