/** The pipeline on one large blob that a server makes up as it sends it; prints what it took. Arguments: server, records. */
import { readFileSync } from 'node:fs'
import { detections } from '../../core/detections/index.ts'
import { makeManagementFeed } from '../../core/feeds/management/feed.ts'
import { silent } from '../../core/log.ts'
import { makeSender } from '../../core/net/send.ts'
import { ingest } from '../../core/pipeline/ingest.ts'
import { learnedDomains } from '../../core/pipeline/tenant-domains.ts'
import { makeState } from '../../core/stores/state.ts'
import { makeChain, makeClock } from '../chain/kit.ts'

const [origin = ''] = process.argv.slice(2)
const clock = makeClock(Math.floor(Date.now() / 1000))
const tenantId = '5b6a1d0e-3c47-4f29-9e58-0d1f2a7b6c83'
const feed = makeManagementFeed({
  origin,
  tenantId,
  publisher: tenantId,
  contentType: 'Audit.Exchange',
  http: makeSender({ now: Date.now, random: Math.random }),
  tokens: { token: async () => 'token', forget() {} },
  state: { change: async next => next() !== undefined },
  now: Date.now,
  log: silent,
})
const chain = makeChain({ clock, feeds: [feed], detections, sinkNames: [] })
const blob = {
  feed: feed.id,
  id: 'large',
  uri: `${origin}/large`,
  created: new Date().toISOString(),
  expires: undefined,
}
const domains = learnedDomains(tenantId, makeState(chain.tables, tenantId))
const began = performance.now()
const report = await ingest(
  { ...chain, domains },
  { feed: feed.id, blobs: [blob] },
  AbortSignal.timeout(300_000),
)
const [entry] = await chain.ledgerOf(feed.id)
console.log(
  JSON.stringify({
    peakMiB: Math.round(peakKiB() / 1024),
    seconds: Math.round((performance.now() - began) / 1000),
    state: entry?.state,
    reason: entry?.reason,
    counts: entry?.counts,
    findings: report.findings.length,
  }),
)

/** Of this process alone: what `resourceUsage` tells begins with the memory of the process that started it. */
function peakKiB(): number {
  const own =
    process.platform === 'linux'
      ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
      : undefined
  return own === undefined ? process.resourceUsage().maxRSS : Number(own)
}
