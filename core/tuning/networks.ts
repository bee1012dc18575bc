import { type Network, parseNetwork } from '../feeds/normalise/network.ts'

/** Does any of the networks hold the address? Texts that are no network hold nothing; the file's were checked. */
export function holdsAny(networks: readonly string[]): (address: string) => boolean {
  const all = networks.flatMap(text => {
    const network = parseNetwork(text)
    return typeof network === 'string' ? [] : [network]
  })
  return all.length === 0 ? () => false : remember(all)
}

/** Distinct addresses remembered before the memory starts over: they repeat from record to record. */
const REMEMBERED = 20_000

function remember(networks: readonly Network[]): (address: string) => boolean {
  const known = new Map<string, boolean>()
  return address => {
    const found = known.get(address)
    if (found !== undefined) return found
    if (known.size >= REMEMBERED) known.clear()
    const held = networks.some(network => network.holds(address))
    known.set(address, held)
    return held
  }
}
