import { join } from 'node:path'
import { startAzurite } from '../../cli/azurite.ts'
import type { Finding } from '../../core/model/finding.ts'
import { DAY } from '../../core/model/time.ts'
import { makeFindings } from '../../core/stores/findings.ts'
import { makeTables } from '../../core/stores/tables/tables.ts'

/** What a run with `--data` left behind as found in the last days. */
export async function storedFindings(data: string, tenantId: string): Promise<Finding[]> {
  const storage = await startAzurite({ dir: join(data, 'azurite') })
  try {
    const findings: Finding[] = []
    const now = Math.floor(Date.now() / 1000)
    for await (const { finding } of makeFindings(makeTables(storage), tenantId).since(now - 2 * DAY, now))
      findings.push(finding)
    return findings
  } finally {
    await storage.stop()
  }
}
