import { ContainerClient } from '@azure/storage-blob'
import { type Clock, HOUR, MINUTE } from '../clock.ts'
import type { Random } from '../random.ts'
import type { ActivityEntry } from './entry.ts'

export interface ArchiveOptions {
  readonly connectionString: string
  readonly container: string
  readonly tenantId: string
  readonly clock: Clock
  readonly random: Random
}

/** The diagnostic setting that archives Graph's activity log, as it has been seen to work. */
export interface ActivityArchive {
  /** Takes entries in. Each is there minutes later, one in thirty up to two hours later; one in forty comes up to four times. */
  log(entries: readonly ActivityEntry[]): void
  /** Appends what is due by the clock. An hour grows by blocks of lines, for a while after it is over too. */
  settle(): Promise<void>
}

interface Delivery {
  readonly due: number
  readonly path: string
  readonly line: string
}

export function makeActivityArchive(options: ArchiveOptions): ActivityArchive {
  const { connectionString, container, tenantId, clock, random } = options
  const client = new ContainerClient(connectionString, container)
  const waiting: Delivery[] = []
  let settling = Promise.resolve()

  async function append(): Promise<void> {
    const due = waiting.filter(one => one.due <= clock.now()).sort((a, b) => a.due - b.due)
    if (due.length === 0) return
    waiting.splice(0, waiting.length, ...waiting.filter(one => !due.includes(one)))
    await client.createIfNotExists()
    for (const block of Map.groupBy(due, one => one.path + Math.floor(one.due / MINUTE)).values()) {
      const blob = client.getAppendBlobClient(block[0]?.path ?? '')
      await blob.createIfNotExists()
      const bytes = Buffer.from(block.map(({ line }) => `${line}\r\n`).join(''))
      await blob.appendBlock(bytes, bytes.length)
    }
  }

  return {
    log(entries) {
      for (const entry of entries) {
        const at = Date.parse(entry.time)
        const path = `tenantId=${tenantId}/${hourPath(at)}`
        const line = JSON.stringify(entry)
        const after = () => (random.chance(1 / 30) ? random.int(10, 120) : random.int(4, 5)) * MINUTE
        const times = random.chance(1 / 40) ? random.int(2, 4) : 1
        for (let n = 0; n < times; n++) waiting.push({ due: at + after(), path, line })
      }
    },
    settle() {
      settling = settling.then(append)
      return settling
    },
  }
}

function hourPath(at: number): string {
  const [day = '', hour = ''] = new Date(Math.floor(at / HOUR) * HOUR).toISOString().split(/[T:]/)
  const [year, month, date] = day.split('-')
  return `y=${year}/m=${month}/d=${date}/h=${hour}/m=00/PT1H.json`
}
