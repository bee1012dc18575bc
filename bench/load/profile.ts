import { type Profiler, Session } from 'node:inspector/promises'

/** Parts of a process's time, in seconds of its one thread. */
export const PARTS = ['parsing', 'detection', 'storage', 'tenant', 'garbage', 'other', 'waiting'] as const
export type Part = (typeof PARTS)[number]
export type Shares = Readonly<Record<Part, number>>

const SAMPLE_US = 10_000
/** A profile is held until it is read, and reading one costs a tenth of a second and more. */
const WINDOW_MS = 60_000

/** By the file of the function at work or, where that says nothing, of whoever called it. First match counts. */
const FILES: readonly (readonly [RegExp, Part])[] = [
  [/\/core\/(feeds\/normalise|json)\/|\/core\/pipeline\/read-blob\.ts/, 'parsing'],
  [/\/core\/(stores|model\/(history|rhythm))\/?|\/@azure\/|@typespec|fast-xml-parser/, 'storage'],
  [/\/core\/(engine|detections)\/|\/core\/pipeline\/(count|matters|judge|touched|rhythms)/, 'detection'],
  [/\/core\/(feeds|net)\/|undici|\/core\/sinks\//, 'tenant'],
]

const ROOTS: Readonly<Record<string, Part>> = { '(idle)': 'waiting', '(garbage collector)': 'garbage' }

/** Where the thread's time goes, by sampling it: what a port takes can only be told by who is at work. */
export async function startProfile(): Promise<{ stop(): Promise<Shares> }> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_US })
  await session.post('Profiler.start')
  const seconds = Object.fromEntries(PARTS.map(part => [part, 0])) as Record<Part, number>
  const read = async () => {
    const { profile } = await session.post('Profiler.stop')
    add(seconds, profile)
  }
  let turn = Promise.resolve()
  const timer = setInterval(() => {
    turn = turn.then(read).then(() => session.post('Profiler.start'))
  }, WINDOW_MS)
  return {
    async stop() {
      clearInterval(timer)
      await turn
      await read()
      session.disconnect()
      return seconds
    },
  }
}

function add(
  seconds: Record<Part, number>,
  { nodes, samples = [], timeDeltas = [] }: Profiler.Profile,
): void {
  const parts = new Map<number, Part>()
  const byId = new Map(nodes.map(node => [node.id, node]))
  const walk = (id: number, above: Part | undefined): void => {
    const node = byId.get(id)
    if (node === undefined) return
    const { functionName, url } = node.callFrame
    const own = ROOTS[functionName] ?? FILES.find(([file]) => file.test(url))?.[1] ?? above
    parts.set(id, own ?? 'other')
    for (const child of node.children ?? []) walk(child, own)
  }
  const [root] = nodes
  if (root !== undefined) walk(root.id, undefined)
  for (const [n, id] of samples.entries())
    seconds[parts.get(id) ?? 'other'] += Math.max(0, timeDeltas[n + 1] ?? 0) / 1e6
}
