import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TableClient, TableServiceClient } from '@azure/data-tables'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { startAzurite } from '../../cli/azurite.ts'
import { HOUR, MINUTE, type Tenant } from '../../emulator/index.ts'
import { breakIn, publish } from '../cli/break-in.ts'
import { type Ended, makeCommand } from '../cli/command.ts'
import { startFirm } from '../cli/firm.ts'
import { startReceiver } from '../support/receiver.ts'

const command = makeCommand()
const secret = (name: string) => `${name}-${randomBytes(12).toString('hex')}`

/** What nobody but us and whom it is for should ever see. */
const SECRETS = {
  'the path of the Teams workflow': secret('path'),
  'its signature': secret('sig'),
  'the path of the webhook': secret('hook'),
  'the secret of the webhook': randomBytes(32).toString('base64'),
  'the key of a storage account': randomBytes(64).toString('base64'),
  'a subject': secret('subject'),
  'what else stands in a record': secret('body'),
}

/** A receiver that refuses in many ways, and says everything back that it was sent. */
async function mirror() {
  const receiver = await startReceiver((response, { body, headers, url }, number) => {
    const [status = 500, type = 'application/json'] = [
      [500],
      [401, 'text/html'],
      [400],
      [302],
      [429],
      [200, 'text/plain'],
    ][number % 6] as [number, string?]
    const said = `http://${headers.host}${url} ${JSON.stringify(headers)} ${body}`
    response.writeHead(status, {
      'content-type': type,
      location: `http://${headers.host}${url}&again`,
      'x-said': url,
    })
    response.end(status === 400 ? JSON.stringify({ error: { code: said, message: said } }) : said)
  })
  onTestFinished(receiver.close)
  return receiver
}

/** An identity endpoint that is the tenant's, and remembers the tokens it gave. */
async function overheard(tenant: Tenant) {
  const tokens: string[] = []
  const door = await startReceiver(async (response, { headers, url }) => {
    const answer = await fetch(`${tenant.identityEndpoint}${new URL(url, 'http://x').search}`, {
      headers: { 'x-identity-header': String(headers['x-identity-header']) },
    })
    const text = await answer.text()
    const { access_token: token } = JSON.parse(text)
    if (typeof token === 'string') tokens.push(token)
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text)
  })
  onTestFinished(door.close)
  return { endpoint: `${door.origin}/msi/token`, tokens }
}

/** Records of the break-in, with what nobody should repeat in every place that records have for it. */
const subject = SECRETS['a subject']
const told = breakIn(Date.now() - 2 * HOUR).map(
  ([type, records]) =>
    [
      type,
      records.map(one => ({
        ...one,
        ...{ Subject: subject, Item: { Subject: subject }, AffectedItems: [{ Subject: subject }] },
        ...{
          Marker: SECRETS['what else stands in a record'],
          Nested: { Deep: [SECRETS['what else stands in a record']] },
        },
      })),
    ] as const,
)

async function rowsIn(data: string): Promise<string> {
  const storage = await startAzurite({ dir: join(data, 'azurite') })
  try {
    const service = TableServiceClient.fromConnectionString(storage.connectionString, {
      allowInsecureConnection: true,
    })
    let rows = ''
    for await (const { name = '' } of service.listTables()) {
      const table = TableClient.fromConnectionString(storage.connectionString, name, {
        allowInsecureConnection: true,
      })
      for await (const entity of table.listEntities())
        rows += Object.values(entity)
          .map(part => (part instanceof Uint8Array ? Buffer.from(part).toString() : part))
          .join('\n')
    }
    return rows
  } finally {
    await storage.stop()
  }
}

async function filesIn(folder: string): Promise<string> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter(one => one.isFile())
  const texts = await Promise.all(files.map(one => readFile(join(one.parentPath, one.name), 'utf8')))
  return texts.join('\n')
}

describe.runIf(inject('storage'))('all that comes out of full runs', () => {
  test('holds no secret, no subject and nothing of a record that is not needed', {
    timeout: 400_000,
  }, async () => {
    const faults = {
      seed: 3,
      faults: [
        { kind: 'unauthorized', on: ['list'], rate: 0.5 },
        { kind: 'poison', shape: 'cut', contentTypes: ['Audit.General'] },
        { kind: 'server-error', shape: 'html', on: ['blob'], contentTypes: ['Audit.AzureActiveDirectory'] },
      ],
    } as const
    const [teams, hook] = [await mirror(), await mirror()]
    const firm = await startFirm(
      { faults },
      {
        TEAMS_WEBHOOK_URL: `${teams.origin}/workflows/${SECRETS['the path of the Teams workflow']}?sig=${SECRETS['its signature']}`,
        WEBHOOK_URL: `${hook.origin}/${SECRETS['the path of the webhook']}`,
        WEBHOOK_SECRET: `whsec_${SECRETS['the secret of the webhook']}`,
        POLL_SCHEDULE: '*/2 * * * * *',
      },
    )
    onTestFinished(firm.stop)
    const { endpoint, tokens } = await overheard(firm.tenant)
    publish(firm.tenant, told, Date.now() - 10 * MINUTE)
    const data = await command.folder('secrets')
    const { env } = firm.surroundings()
    const run = (...args: string[]) =>
      command.run([...args, '--data', data], { env: { ...env, IDENTITY_ENDPOINT: endpoint } })

    const outputs: Ended[] = []
    for (const args of [
      ['start', '--once', '--json'],
      ['doctor', '--json', '--fix'],
      ['doctor', '--card'],
      ['ledger', '--json'],
      ['quarantine', 'list', '--json'],
      ['drill', '--hours', '0.0001', '--json'],
      ['report', '--out', join(data, 'report'), '--json'],
    ])
      outputs.push(await run(...args))
    const files = await filesIn(join(data, 'report'))
    const running = command.launch(['start', '--port', '0', '--data', data], {
      env: { ...env, IDENTITY_ENDPOINT: endpoint },
    })
    const [page] = await running.until(/http:\/\/127\.0\.0\.1:\d+\//)
    const pages = [await (await fetch(page)).text(), await (await fetch(`${page}state`)).text()]
    running.send('SIGINT')
    outputs.push(await running.ended)

    const posted = [...teams.received, ...hook.received].map(({ body }) => body).join('\n')
    const rows = await rowsIn(data)
    const places = {
      output: outputs.map(({ stdout, stderr }) => stdout + stderr).join('\n'),
      pages: pages.join('\n'),
      posted,
      files,
      rows,
    }
    // All of it was there to be found: findings, refusals, tokens, cards.
    for (const seen of ['inbox-rule-forwarding', 'wait for a receiver', '127.0.0.1'])
      expect(places.output).toContain(seen)
    expect(posted).toContain('AdaptiveCard')
    expect(rows).toContain('inbox-rule-forwarding')
    expect(files).toContain('inbox-rule-forwarding')
    expect(tokens.length).toBeGreaterThan(0)

    const hidden = {
      ...SECRETS,
      'the key to the identity': firm.tenant.identityHeader,
      ...Object.fromEntries(tokens.entries()),
    }
    for (const [where, text] of Object.entries(places))
      for (const [what, value] of Object.entries(hidden))
        expect(text.includes(value), `${what} in ${where}`).toBe(false)
  })

  test('nor where storage is unreachable and settings are wrong', async () => {
    const firm = await startFirm()
    onTestFinished(firm.stop)
    const key = SECRETS['the key of a storage account']
    const { env } = firm.surroundings()
    const storage = `DefaultEndpointsProtocol=http;AccountName=birchwood;AccountKey=${key};TableEndpoint=http://127.0.0.1:9/x;QueueEndpoint=http://127.0.0.1:9/y;BlobEndpoint=http://127.0.0.1:9/z`
    const wrong = {
      TEAMS_WEBHOOK_URL: `http://flows.example/${SECRETS['the path of the Teams workflow']}?sig=${SECRETS['its signature']}`,
      WEBHOOK_URL: `https://us3r:${SECRETS['the path of the webhook']}@hooks.example`,
      WEBHOOK_SECRET: SECRETS['the secret of the webhook'],
      GRAPH_ACTIVITY_CONNECTION_STRING: `AccountName=x;AccountKey=${key}`,
    }
    const runs = [{ AzureWebJobsStorage: storage }, wrong].flatMap(settings =>
      [['start', '--once'], ['doctor', '--json'], ['ledger'], ['quarantine']].map(async args => {
        const { stdout, stderr, code } = await command.run(args, { env: { ...env, ...settings } })
        expect(code, args.join(' ')).toBeGreaterThan(0)
        expect(stdout + stderr).not.toBe('')
        for (const [what, value] of Object.entries(SECRETS))
          expect(stdout + stderr, what).not.toContain(value)
      }),
    )
    await Promise.all(runs)
  })
})
