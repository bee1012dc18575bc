import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { QueueClient } from '@azure/storage-queue'
import { INGEST_QUEUE } from '../../core/app.ts'
import { DAY } from '../../core/model/time.ts'
import { readMessage } from '../../core/pipeline/messages.ts'
import { makeFindings, type StoredFinding } from '../../core/stores/findings.ts'
import { type LedgerEntry, makeLedger } from '../../core/stores/ledger.ts'
import { makeOutbox, type Outbox } from '../../core/stores/outbox.ts'
import { makeTables } from '../../core/stores/tables/tables.ts'
import { MINUTE, makeRandom, records, startTenant, type Tenant } from '../../emulator/index.ts'

const DOMAIN = 'birchwood.example'
export const SECRET = `whsec_${Buffer.from('thirty-two bytes of no secret at').toString('base64')}`
/** Where the rule sends mail; must not turn up in a log. */
export const DROP = 'ledger.copies@postfast.example'

/** An emulated tenant, its storage, and the environment in which the functions find both. */
export interface World {
  readonly tenant: Tenant
  readonly env: Readonly<Record<string, string>>
  /**
   * A stranger makes a forwarding rule, so many milliseconds ago; its record is in a blob that became available five
   * minutes ago.
   */
  breakIn(how?: { readonly ago?: number; readonly ip?: string }): void
  /** Takes a message about this tenant off the queue, as it is on the wire. Other tests' messages stay. */
  take(): Promise<string>
  ledgerOf(messageText: string): Promise<LedgerEntry[]>
  /** What stands since yesterday, or since so many days ago. */
  findings(days?: number): Promise<StoredFinding[]>
  readonly outbox: Outbox
}

export async function startWorld(connectionString: string): Promise<World> {
  const tenant = await startTenant({ tenantId: randomUUID() })
  const tables = makeTables({ connectionString })
  const ledger = makeLedger(tables, tenant.tenantId)
  const queue = new QueueClient(connectionString, INGEST_QUEUE)
  return {
    tenant,
    env: {
      AzureWebJobsStorage: connectionString,
      AZURE_TENANT_ID: tenant.tenantId,
      MANAGEMENT_API_URL: tenant.managementUrl,
      CONTENT_TYPES: 'Audit.Exchange',
      INTERNAL_DOMAINS: DOMAIN,
      TEAMS_WEBHOOK_URL: tenant.teamsUrl,
      WEBHOOK_URL: tenant.webhookUrl,
      WEBHOOK_SECRET: SECRET,
      IDENTITY_ENDPOINT: tenant.identityEndpoint,
      IDENTITY_HEADER: tenant.identityHeader,
    },
    breakIn: ({ ago = 20 * MINUTE, ip = '198.51.100.23' } = {}) => publishRule(tenant, ago, ip),
    take: () => takeFrom(queue, tenant.tenantId),
    ledgerOf: async messageText => {
      const { blobs } = readMessage(JSON.parse(Buffer.from(messageText, 'base64').toString()))
      return Promise.all(blobs.map(blob => ledger.find(blob, 0)))
    },
    findings: async (days = 1) => {
      const now = Math.floor(tenant.clock.now() / 1000)
      const stored: StoredFinding[] = []
      for await (const one of makeFindings(tables, tenant.tenantId).since(now - days * DAY, now))
        stored.push(one)
      return stored
    },
    outbox: makeOutbox(tables, tenant.tenantId),
  }
}

function publishRule(tenant: Tenant, ago: number, ip: string): void {
  const now = tenant.clock.now()
  const kit = {
    random: makeRandom(randomUUID()),
    organizationId: tenant.tenantId,
    organizationName: 'birchwood.onmicrosoft.example',
  }
  const amara = {
    upn: `amara@${DOMAIN}`,
    name: 'Amara Ashdown',
    mailboxGuid: kit.random.guid(),
    sid: 'S-1-5-21-1-2-3-4',
    puid: '10032003AB12CD34',
  }
  // Without a condition: outside and hidden, and nothing more for other detections to tell.
  const rule = { Name: 'Copies', ForwardTo: DROP, StopProcessingRules: 'True' }
  const record = records.newInboxRule(kit, {
    at: now - ago,
    mailbox: amara,
    ip,
    rule,
  })
  tenant.publish('Audit.Exchange', [record], { at: now - 5 * MINUTE })
}

/** The queue's name is fixed, so what other tests have on it passes through our hands and is put back at once. */
async function takeFrom(queue: QueueClient, tenantId: string): Promise<string> {
  for (let round = 0; round < 100; round++) {
    const { receivedMessageItems } = await queue.receiveMessages({
      numberOfMessages: 32,
      visibilityTimeout: 5,
    })
    let ours: string | undefined
    for (const { messageId, popReceipt, messageText } of receivedMessageItems) {
      if (ours === undefined && Buffer.from(messageText, 'base64').includes(tenantId)) {
        await queue.deleteMessage(messageId, popReceipt)
        ours = messageText
      } else await queue.updateMessage(messageId, popReceipt, messageText, 0)
    }
    if (ours !== undefined) return ours
    await setTimeout(50)
  }
  throw new Error('No message about this tenant came onto the queue.')
}
