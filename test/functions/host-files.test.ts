import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ConfigError } from '../../core/model/errors.ts'
import { declarations, readSettings } from '../../core/settings.ts'
import { ASTRAY } from '../../core/stores/ledger.ts'

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

/** `00:02:00` in seconds. */
function span(written: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = written.split(':').map(Number)
  return (hours * 60 + minutes) * 60 + seconds
}

describe('host.json', () => {
  const { functionTimeout, extensionBundle, extensions } = JSON.parse(text('host.json'))
  const { queues } = extensions

  test('lets every run end by its own signal, before the host ends it', () => {
    const runs = readdirSync(new URL('../../functions', import.meta.url))
      .flatMap(file => [...text(`functions/${file}`).matchAll(/minutes\((\d+)\)/g)])
      .map(([, minutes]) => Number(minutes) * 60)
    expect(runs).toHaveLength(5)
    expect(span(functionTimeout)).toBeGreaterThan(Math.max(...runs))
  })

  test('stays within the ten minutes a Consumption plan allows', () => {
    expect(span(functionTimeout)).toBeLessThanOrEqual(600)
  })

  test('gives a message five tries, all before its blobs count as gone astray', () => {
    expect(queues.maxDequeueCount).toBe(5)
    expect((queues.maxDequeueCount - 1) * span(queues.visibilityTimeout)).toBeLessThan(ASTRAY)
  })

  test('waits between tries, so that a fault of seconds does not use them up', () => {
    expect(span(queues.visibilityTimeout)).toBeGreaterThanOrEqual(60)
  })

  test('takes few messages at once, as each may hold thousands of records in memory', () => {
    expect(queues.batchSize).toBeLessThanOrEqual(8)
    expect(queues.newBatchThreshold).toBeLessThan(queues.batchSize)
  })

  test('takes base64 off messages, with an extension bundle that knows the setting', () => {
    expect(queues.messageEncoding).toBe('base64')
    expect(extensionBundle.version).toBe('[4.*, 5.0.0)')
  })
})

describe('local.settings.sample.json', () => {
  const values: Record<string, string> = JSON.parse(text('local.settings.sample.json')).Values
  const TENANT = { AZURE_TENANT_ID: '5b6a1d0e-3c47-4f29-9e58-0d1f2a7b6c83' }

  test('names nothing but declared settings and the platform’s own', () => {
    const { FUNCTIONS_WORKER_RUNTIME, ...ours } = values
    expect(FUNCTIONS_WORKER_RUNTIME).toBe('node')
    expect(Object.keys(declarations)).toEqual(expect.arrayContaining(Object.keys(ours)))
  })

  test('sets what the host itself has to find: the storage and the schedule of poll', () => {
    expect(values).toMatchObject({
      AzureWebJobsStorage: 'UseDevelopmentStorage=true',
      POLL_SCHEDULE: expect.any(String),
    })
  })

  test('changes no default once the tenant is filled in', () => {
    const { AzureWebJobsStorage } = values
    expect(readSettings({ ...values, ...TENANT })).toEqual(readSettings({ AzureWebJobsStorage, ...TENANT }))
  })

  test('is refused as it is, because the tenant is missing', () => {
    expect(() => readSettings(values)).toThrow(ConfigError)
    expect(() => readSettings(values)).toThrow(/^AZURE_TENANT_ID is missing;[^\n]*$/)
  })
})
