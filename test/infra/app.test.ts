import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ManagedIdentityCredential } from '@azure/identity'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { makeCredential } from '../../core/credentials.ts'
import { declarations, readSettings } from '../../core/settings.ts'
import { FUNCTIONS } from '../functions/expected.ts'
import { startHost } from '../functions/host.ts'
import { GET, TICK } from '../functions/triggers.ts'
import { startWorld } from '../functions/world.ts'
import { PLACE } from './arm/functions.ts'
import { CASES, deployed, NAMES, only, settingsOf, template } from './template.ts'

/** Declared settings that the template leaves out, and why. Say it here or add it there. */
const NOT_SET: Readonly<Record<string, string>> = {
  AzureWebJobsStorage: 'is a key; the identity and three addresses take its place',
  MANAGEMENT_API_URL: 'is for test servers; the cloud decides',
  GRAPH_API_URL: 'is for test servers; the cloud decides',
  GRAPH_ACTIVITY_CONNECTION_STRING: 'holds a key; the identity and GRAPH_ACTIVITY_URL take its place',
  DIGEST: 'is weekly; whoever wants none sets it to off in the app’s settings',
  GRAPH_FEEDS: 'is for switching feeds off; all that are permitted are read',
  CLIENT_SECRET_EXPIRES: 'is the end of a secret, and an identity has none',
  WAXSEAL_CONFIG: 'names another file; the archive brings waxseal.config.json along',
}

/** Settings of the template that the code does not declare, and who reads them. */
const NOT_DECLARED: Readonly<Record<string, string>> = {
  AZURE_CLIENT_ID: 'core/credentials.ts: which identity asks for the audit feed',
  AzureWebJobsStorage__credential: 'the host',
  AzureWebJobsStorage__blobServiceUri: 'the host',
  APPLICATIONINSIGHTS_CONNECTION_STRING: 'the host',
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'the host',
}

describe('the settings of the app', () => {
  test.for(NAMES)('are those that the code declares, by name: %s', name => {
    const ours = Object.keys(declarations).filter(one => !(one in NOT_SET))
    expect(Object.keys(settingsOf(deployed(name))).sort()).toEqual(
      [...ours, ...Object.keys(NOT_DECLARED)].sort(),
    )
    for (const one of Object.keys(NOT_SET)) expect(declarations).toHaveProperty(one)
    for (const one of Object.keys(NOT_DECLARED)) expect(declarations).not.toHaveProperty(one)
  })

  test('change no default when only a mail address is given', () => {
    const settings = settingsOf(deployed('bare'))
    const read = readSettings(settings)
    const storage = Object.entries(settings).filter(([name]) => name.startsWith('AzureWebJobsStorage__'))
    expect(read).toEqual(readSettings({ ...Object.fromEntries(storage), AZURE_TENANT_ID: PLACE.tenantId }))
  })

  test('arrive in the code as they were given', () => {
    const { full } = CASES
    expect(readSettings(settingsOf(deployed('full')))).toMatchObject({
      AZURE_TENANT_ID: PLACE.tenantId,
      M365_CLOUD: full.cloud,
      CONTENT_TYPES: [full.contentTypes],
      INTERNAL_DOMAINS: full.internalDomains.split(','),
      POLL_SCHEDULE: full.pollSchedule,
      PUBLISHER_ID: full.publisherId,
      GRAPH_ACTIVITY_URL: full.graphActivityUrl,
      TENANT_NAME: full.tenantName,
      TEAMS_WEBHOOK_URL: full.teamsWebhookUrl,
      WEBHOOK_URL: full.webhookUrl,
      WEBHOOK_SECRET: full.webhookSecret,
    })
  })

  test('give a secret by reference, and an unanswered reference is told as a bad setting', () => {
    const { properties } = only(deployed('full'), 'Microsoft.Web/sites/config')
    const raw = properties as Record<string, string>
    for (const name of ['TEAMS_WEBHOOK_URL', 'WEBHOOK_URL', 'WEBHOOK_SECRET'])
      expect(raw[name]).toMatch(
        /^@Microsoft\.KeyVault\(SecretUri=https:\/\/[\w-]+\.vault\.azure\.net\/secrets\/[\w-]+\)$/,
      )
    expect(() => readSettings(raw)).toThrow(/TEAMS_WEBHOOK_URL.*WEBHOOK_URL.*WEBHOOK_SECRET/s)
  })

  test('lead to the one identity, for the feed and for storage', () => {
    const settings: Record<string, string> = {
      ...settingsOf(deployed('bare')),
      IDENTITY_ENDPOINT: 'http://127.0.0.1/token',
    }
    const { AzureWebJobsStorage__clientId } = readSettings(settings)
    expect(settings.AZURE_CLIENT_ID).toBe(deployed('bare').outputs.identityClientId)
    expect(AzureWebJobsStorage__clientId).toBe(settings.AZURE_CLIENT_ID)
    for (const id of [undefined, AzureWebJobsStorage__clientId])
      expect(makeCredential(settings, id)).toBeInstanceOf(ManagedIdentityCredential)
  })
})

describe('the functions', () => {
  const settings = settingsOf(deployed('bare'))
  const { queueUri, blobUri } = {
    queueUri: settings.AzureWebJobsStorage__queueServiceUri,
    blobUri: settings.AzureWebJobsStorage__blobServiceUri,
  }

  test.for(FUNCTIONS)('$name has what starts it', ({ name, trigger }) => {
    const { type, connection, schedule } = trigger as Record<string, string>
    for (const [, setting = ''] of (schedule ?? '').matchAll(/%(\w+)%/g))
      expect(settings[setting], `${name} needs ${setting}`).toMatch(/\S/)
    if (type === 'queueTrigger') {
      expect(connection).toBe('AzureWebJobsStorage')
      expect(queueUri).toMatch(/^https:\/\/\w+\.queue\./)
    } else if (type === 'timerTrigger') expect(blobUri).toMatch(/^https:\/\/\w+\.blob\./)
    else {
      // The template answers for these three kinds; another one needs a look at roles and addresses.
      expect(type).toBe('httpTrigger')
      const { extensions } = JSON.parse(readFileSync(new URL('../../host.json', import.meta.url), 'utf8'))
      expect(extensions.http).toBeUndefined()
      expect(deployed('bare').outputs.healthUrl).toMatch(new RegExp(`/api/${name}$`))
    }
  })
})

interface Rule {
  readonly scopes: readonly string[]
  readonly evaluationFrequency: string
  readonly windowSize: string
  readonly criteria: { readonly allOf: readonly { readonly query: string }[] }
  readonly actions: { readonly actionGroups: readonly string[] }
}

describe('the alert when the app stops', () => {
  const rule = (name: keyof typeof CASES) =>
    only(deployed(name), 'Microsoft.Insights/scheduledQueryRules').properties as unknown as Rule
  const query = rule('bare').criteria.allOf[0]?.query ?? ''
  const [, start = '', end = ''] =
    /^traces \| where message startswith '([^']+)' and message endswith '([^']+)'$/.exec(query) ?? []
  const counts = (message: string) => message.startsWith(start) && message.endsWith(end)

  test('mails the operator when the count of polls falls below one, looking at the logs of this app', () => {
    const deployment = deployed('full')
    const group = only(deployment, 'Microsoft.Insights/actionGroups')
    expect(group.properties).toMatchObject({
      enabled: true,
      emailReceivers: [{ emailAddress: CASES.full.alertEmail }],
    })
    expect(rule('full')).toMatchObject({
      enabled: true,
      scopes: [only(deployment, 'Microsoft.Insights/components').id],
      criteria: { allOf: [{ timeAggregation: 'Count', operator: 'LessThan', threshold: 1 }] },
      actions: { actionGroups: [group.id] },
      windowSize: 'PT2H',
    })
  })

  test('waits long enough for several polls', () => {
    const minutes = Number(
      /^0 \*\/(\d+) \* \* \* \*$/.exec(String(template.parameters.pollSchedule?.defaultValue))?.[1],
    )
    expect(minutes).toBe(5)
    expect(rule('bare').windowSize).toBe('PT1H')
    expect(template.parameters.silentFor?.allowedValues).not.toContain('PT5M')
  })

  test.runIf(inject('storage'))(
    'counts the line that poll logs for each feed, and nothing that deliver or health log',
    async () => {
      expect([start, end].every(part => part.length > 3)).toBe(true)
      const world = await startWorld(inject('storage') ?? '')
      onTestFinished(world.tenant.stop)
      const entry = fileURLToPath(new URL('../../functions/index.ts', import.meta.url))
      const host = await startHost(entry, world.env)
      onTestFinished(host.stop)
      const logs = async (name: string) => {
        const { logs } = await host.run(name, name === 'health' ? GET : TICK)
        return logs.map(({ message }) => message)
      }
      expect((await logs('poll')).filter(counts)).toHaveLength(2)
      // Not sweep, which would drop old tables of other tests.
      for (const name of ['deliver', 'health', 'observe'])
        expect((await logs(name)).filter(counts)).toEqual([])
    },
  )

  test('is not blinded by host.json, which lets information of functions through', () => {
    const { logging } = JSON.parse(readFileSync(new URL('../../host.json', import.meta.url), 'utf8'))
    expect(logging.logLevel.default).toBe('Information')
    const closed = Object.keys(logging.logLevel).filter(category => /^Function(?:\.|$)/.test(category))
    expect(closed).toEqual([])
    expect(readFileSync(new URL('../../functions/poll.ts', import.meta.url), 'utf8')).toContain(
      'context.info(',
    )
  })
})
