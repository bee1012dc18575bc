import { describe, expect, it } from 'vitest'
import { ConfigError } from './model/errors.ts'
import { readSettings } from './settings.ts'

const good = {
  AZURE_TENANT_ID: '5B6A1D0E-3C47-4F29-9E58-0D1F2A7B6C83',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
}

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readSettings(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

describe('settings', () => {
  it('are complete with a tenant and a storage account', () => {
    const settings = readSettings(good)
    expect(settings.AZURE_TENANT_ID).toBe('5b6a1d0e-3c47-4f29-9e58-0d1f2a7b6c83')
    expect(settings.M365_CLOUD).toBe('worldwide')
    expect(settings.CONTENT_TYPES).toEqual(['Audit.AzureActiveDirectory', 'Audit.Exchange', 'Audit.General'])
    expect(settings.POLL_SCHEDULE).toBe('0 */5 * * * *')
  })

  it('treat an empty value as absent', () => {
    expect(readSettings({ ...good, TEAMS_WEBHOOK_URL: ' ' }).TEAMS_WEBHOOK_URL).toBeUndefined()
  })

  it('report every problem at once, each by name', () => {
    const problems = problemsOf({
      AZURE_TENANT_ID: 'contoso',
      M365_CLOUD: 'mars',
      MANAGEMENT_API_URL: 'http://192.0.2.7',
      CONTENT_TYPES: 'Audit.Everything',
      TEAMS_WEBHOOK_URL: 'https://contoso.webhook.office.com/secret-part',
      WEBHOOK_SECRET: 'short',
      INTERNAL_DOMAINS: 'someone@birchwood.example',
    })
    for (const name of [
      'AZURE_TENANT_ID',
      'M365_CLOUD',
      'MANAGEMENT_API_URL',
      'CONTENT_TYPES',
      'TEAMS_WEBHOOK_URL',
    ])
      expect(problems.filter(problem => problem.startsWith(`${name} `))).toHaveLength(1)
    for (const name of ['WEBHOOK_SECRET', 'INTERNAL_DOMAINS', 'AzureWebJobsStorage'])
      expect(problems.filter(problem => problem.startsWith(`${name} `))).toHaveLength(1)
  })

  it('never quote a value that may be secret', () => {
    const problems = problemsOf({
      ...good,
      TEAMS_WEBHOOK_URL: 'https://contoso.webhook.office.com/secret-part',
      WEBHOOK_SECRET: 'hush-hush',
    })
    expect(problems.join(' ')).not.toMatch(/secret-part|hush-hush/)
  })

  it.each([
    ['TEAMS_WEBHOK_URL', 'TEAMS_WEBHOOK_URL'],
    ['internal_domains', 'INTERNAL_DOMAINS'],
    ['POLL-SCHEDULE', 'POLL_SCHEDULE'],
  ])('say that %s is spelt %s', (wrong, right) => {
    expect(problemsOf({ ...good, [wrong]: 'x' })).toEqual([
      `${wrong} is not a setting; it is spelt ${right}.`,
    ])
  })

  it('leave settings of other programs alone', () => {
    expect(
      problemsOf({
        ...good,
        PATH: '/usr/bin',
        AZURE_CLIENT_ID: 'x',
        WEBHOOK_URL: 'https://a.example',
        WEBHOOK_URI: 'x',
      }),
    ).toEqual([])
  })

  it('need both service addresses where storage is reached with an identity', () => {
    const { AzureWebJobsStorage: _, ...rest } = good
    const table = { AzureWebJobsStorage__tableServiceUri: 'https://a.table.core.windows.net' }
    expect(problemsOf({ ...rest, ...table })).toEqual([
      'AzureWebJobsStorage__queueServiceUri is missing; an identity needs both service addresses.',
    ])
  })
})
